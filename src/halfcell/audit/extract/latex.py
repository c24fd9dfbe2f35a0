"""LaTeX (.tex): text, tables and captions, with the author's commands, siunitx, and the files that it inputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.latex_rows import rows
from halfcell.audit.extract.common.latex_source import whole_source
from halfcell.audit.extract.common.latex_text import argument, plain
from halfcell.audit.extract.common.marked_text import MarkedText
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.limits import MAX_TEXT, MAX_TEXT_FILE
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".tex", ".latex")
_TABULAR = re.compile(r"\\begin\{(tabular\*?|tabularx|tabulary|longtable|xltabular|supertabular|tabu|tblr|longtblr)\}")
_FLOAT = re.compile(
    r"\\begin\{(table|figure|longtable|xltabular|sidewaystable|sidewaysfigure|wraptable|wrapfigure)\*?\}"
)
_CAPTION = re.compile(r"\\caption\*?(?:of\{\w+\})?(?:\[(?:\{[^{}]*\}|[^\]])*\])?(?=\{)")
_FREE_CAPTION = re.compile(r"\\captionof\*?\{(table|figure)\}")  # outside of a float; its tabular follows
_STARTS = re.compile(f"{_FLOAT.pattern}|{_TABULAR.pattern}|{_FREE_CAPTION.pattern}")
_SPAN = re.compile(r"\\multi(row|column)(?:cell)?\*?(?:\[[^\]]*\])?\{")
_WHOLE = re.compile(r"-?\d{1,18}")
_NOTE_ITEM = re.compile(r"\\item\b\s*(?:\[([^\]]*)\])?")
_NOTES = re.compile(r"\\begin\{(?:table)?notes\}(.*?)\\end\{(?:table)?notes\}", re.DOTALL)
_CHAPTER = re.compile(r"\\(chapter|appendix)\b(\*?)")
_SUPPLEMENT = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\\thetable\}?\s*\{\s*([A-Z]{1,3})[-.]?\\arabic\{table\}\s*\}")
_BREAK = re.compile(
    r"\n\s*\n|\\(?:part|chapter|(?:sub)*section|(?:sub)?paragraph)\*?(?:\[[^\]]*\])?|\\par\b|\\item\b"
    r"|\\(?:begin|end)\{[^{}]*\}|\\maketitle|\\newpage|\\clearpage"
)
_NO_TEXT = re.compile(
    r"\\begin\{(equation|align|gather|eqnarray|multline|displaymath|thebibliography|tikzpicture)\*?\}.*?\\end\{\1\*?\}"
    r"|\\\[.*?\\\]|\$\$.*?\$\$",
    re.DOTALL,
)
_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\([cC]ref|autoref|ref)\{([^{}]*)\}")
_ABSTRACT = re.compile(r"\\begin\{abstract\}|\\abstract(?=\{)")


class _Part(NamedTuple):
    """A float, or a caption or tabular outside of one: ``Table`` or ``Fig.``, where it begins, its source."""

    kind: str
    start: int
    end: int
    body: str


def recognises(raw: RawFile) -> bool:
    """Text with a LaTeX command in it."""
    return is_text(raw.head) and b"\\" in raw.head


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read running text, captions and tables; a table has the caption of its float.

    Raises
    ------
    InputError
        If the source is too large, or has too many cells.
    """
    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(text.count("&"), "")
    supplement = _SUPPLEMENT.search(text)
    text = whole_source(text, raw.path.parent)
    check_cell_count(text.count("&"), "")
    text = text[max(text.find("\\begin{document}"), 0) :]
    builder = PaperBuilder()
    parts = list(_parts(text))
    names = _names(parts, _Chapters(text, supplement[1] if supplement else ""))
    labels = {label: name for part, name in zip(parts, names, strict=True) for label in _LABEL.findall(part.body)}
    place = cells = 0
    for part, name in zip(parts, names, strict=True):
        _running_text(_with_numbers(text[place : part.start], labels), builder)
        place = part.end
        cells += _take(part, name, builder)
        check_cell_count(cells, "")
    _running_text(_with_numbers(text[place:], labels), builder)
    progress(1, 1, "document")
    return builder.paper(str(raw.path), "latex")


class _Chapters:
    """The chapters of a text, in which tables and figures are counted: ``Table 3.2``; without any, a prefix."""

    def __init__(self, text: str, prefix: str) -> None:
        self._prefix = prefix
        self._begin: list[tuple[int, str]] = []
        number, appendix = 0, False
        for match in _CHAPTER.finditer(text):
            if match[1] == "appendix":
                number, appendix = 0, True
            elif not match[2]:
                number += 1
                self._begin.append((match.start(), chr(64 + min(number, 26)) if appendix else str(number)))

    def before(self, place: int) -> str:
        """What stands before the number of a table at this place."""
        chapter = next((name for start, name in reversed(self._begin) if start < place), "")
        return f"{chapter}." if chapter else self._prefix


def _names(parts: Sequence[_Part], chapters: _Chapters) -> list[str]:
    """The name of each part that has a caption: ``Table 3.2``; empty for others."""
    counts: dict[tuple[str, str], int] = {}
    found = []
    for part in parts:
        key = (part.kind, chapters.before(part.start))
        captioned = _CAPTION.search(part.body) is not None
        counts[key] = counts.get(key, 0) + captioned
        found.append(f"{part.kind} {key[1]}{counts[key]}" if captioned else "")
    return found


def _with_numbers(text: str, labels: Mapping[str, str]) -> str:
    """The text with the numbers of the tables and figures that it refers to."""

    def number(match: re.Match[str]) -> str:
        name = labels.get(match[2], "")
        return name if match[1] != "ref" else name.rpartition(" ")[2]

    return _REFERENCE.sub(number, text)


def _take(part: _Part, name: str, builder: PaperBuilder) -> int:
    """Give one float to the builder: its caption, its tables, the notes below them; returns the number of cells."""
    caption = _caption(part.body)
    if caption:
        named = re.match(r"\s*(table|fig)", caption, re.IGNORECASE)
        builder.paragraph(caption if named else f"{name}. {caption}")
    count = 0
    end = 0
    for inner, end in _tabulars(part.body):  # noqa: B007  # the end of the last one
        found = list(_cells(inner))
        count += len(found)
        check_cell_count(count, "")
        builder.table(found)
    _notes(part.body[end:], builder)
    return count


def _notes(below: str, builder: PaperBuilder) -> None:
    """The notes below a table: items with a mark, or paragraphs."""
    listed = _NOTES.search(below)
    if listed:
        items = _NOTE_ITEM.split(listed[1])
        for mark, text in zip(items[1::2], items[2::2], strict=True):
            builder.paragraph(plain(f"{mark or ''} {text[:MAX_TEXT]}").strip().replace("\n", " "))
        return
    caption = _CAPTION.search(below)
    if caption:
        below = below[: caption.start()] + below[argument(below, caption.end())[1] :]
    _running_text(below, builder)


def _running_text(text: str, builder: PaperBuilder) -> None:
    """The paragraphs of running text; an abstract is headed so."""
    place = 0
    for match in _ABSTRACT.finditer(text):
        _paragraphs(text[place : match.start()], builder)
        builder.paragraph("Abstract")
        place = match.end()
    _paragraphs(text[place:], builder)


def _paragraphs(text: str, builder: PaperBuilder) -> None:
    for piece in _BREAK.split(_NO_TEXT.sub(" ", text)):
        if piece and len(piece) < MAX_TEXT and any(sign.isalpha() for sign in piece):
            builder.paragraph(plain(piece).replace("\n", " ").strip(" {}"))


def _parts(text: str) -> Iterator[_Part]:
    """Floats, and captions and tabulars outside of floats, in their order."""
    place = 0
    while match := _STARTS.search(text, place):
        if match.group(3):
            caption = _CAPTION.match(text, match.start())
            place = argument(text, caption.end())[1] if caption else match.end()
            yield _Part(_kind(match.group(3)), match.start(), place, text[match.start() : place])
            continue
        name = match.group(1) or match.group(2)
        end = text.find(f"\\end{{{name}", match.end())
        end = len(text) if end < 0 else text.find("}", end) + 1
        yield _Part(_kind(name), match.start(), end, text[match.start() : end])
        place = end


def _kind(name: str) -> str:
    return "Fig." if "fig" in name else "Table"


def _caption(body: str) -> str:
    match = _CAPTION.search(body)
    return plain(argument(body, match.end())[0]).replace("\n", " ").strip() if match else ""


def _tabulars(body: str) -> Iterator[tuple[str, int]]:
    """What is between \\begin{tabular}{...} and its end, and where it ends; a tabular inside a cell stays there."""
    place = 0
    while match := _TABULAR.search(body, place):
        name = match.group(1)
        start = _past_arguments(body, match.end())
        end = _end_of(body, name, start)
        yield body[start:end], end
        place = max(end, match.end())


def _end_of(body: str, name: str, start: int) -> int:
    """Where a tabular ends, behind those of the same name inside it."""
    depth = 1
    for match in re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}").finditer(body, start):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return match.start()
    return len(body)


def _past_arguments(body: str, place: int) -> int:
    while place < len(body) and body[place] in "[{ \n":
        if body[place] == "[":
            place = body.find("]", place) + 1 or len(body)
        elif body[place] == "{":
            place = argument(body, place)[1]
        else:
            place += 1
    return place


def _cells(inner: str) -> Iterator[PrintedCell]:
    """The cells of a tabular; empty cells below a multirow belong to it."""
    caption = _CAPTION.search(inner)
    if caption:
        inner = inner[: caption.start()] + inner[argument(inner, caption.end())[1] :]
    taken: set[tuple[int, int]] = set()
    area = 0
    for row, line in enumerate(rows(inner)):
        column = 0
        for piece in line:
            down, across, text = _spans(piece)
            area += down * across
            check_cell_count(area, "")
            if (row, column) not in taken or text.strip():
                found = MarkedText(plain=plain(text), marked=plain(text, markup=True))
                yield PrintedCell(
                    text=found.plain, markup=found.markup, row=row, column=column, rows=down, columns=across
                )
            taken |= {(row + i, column + j) for i in range(1, down) for j in range(across)}
            column += across


def _spans(piece: str) -> tuple[int, int, str]:
    """Rows, columns and text of a cell."""
    down = across = 1
    while match := _SPAN.search(piece):
        first, place = argument(piece, match.end() - 1)
        place = piece.find("{", place)
        second, place = argument(piece, place) if place >= 0 else ("", len(piece))
        start = piece.find("{", place)
        text, end = argument(piece, start) if start >= 0 else (second, len(piece))
        size = int(first) if _WHOLE.fullmatch(first.strip()) else 1
        down, across = (abs(size), across) if match.group(1) == "row" else (down, abs(size))
        piece = piece[: match.start()] + text + piece[end:]
    return max(down, 1), max(across, 1), piece
