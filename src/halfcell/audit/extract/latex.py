"""LaTeX (.tex): tabular, tabularx, longtable; multirow and multicolumn; captions; mathematics as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.latex_text import argument, plain, strip_comments
from halfcell.audit.extract.common.limits import MAX_TEXT_FILE, check_cell_count
from halfcell.audit.extract.common.marked_text import MarkedText
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".tex", ".latex")
_TABULAR = re.compile(r"\\begin\{(tabular\*?|tabularx|tabulary|longtable|tabu|array|tblr)\}")
_FLOAT = re.compile(r"\\begin\{(table|figure|longtable|sidewaystable)\*?\}")
_CAPTION = re.compile(r"\\caption\*?(?:of\{\w+\})?(?:\[(?:\{[^{}]*\}|[^\]])*\])?(?=\{)")
_FREE_CAPTION = re.compile(r"\\captionof\*?\{(table|figure)\}")  # outside of a float; its tabular follows
_RULES = re.compile(
    r"\\(hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|centering|small|footnotesize)\b"
    r"|\\(cline|cmidrule|addlinespace|vspace)(?:\([^)]*\))?(?:\[[^\]]*\])?(?:\{[^}]*\})?"
)
_REPEATED = re.compile(r"(?<=\\endfirsthead).*?\\endhead", re.DOTALL)  # the head of the following pages
_SPAN = re.compile(r"\\multi(row|column)\*?(?:\[[^\]]*\])?\{")
_WHOLE = re.compile(r"-?\d{1,18}")


def recognises(raw: RawFile) -> bool:
    """Text with a LaTeX command in it."""
    return is_text(raw.head) and b"\\" in raw.head


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read captions and tables; a table has the caption of its float."""
    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(text.count("&"), "")
    text = strip_comments(text)
    builder = PaperBuilder()
    numbers = {"Table": 0, "Fig.": 0}
    cells = 0
    for kind, body in _floats(text):
        if caption := _caption(body):
            numbers[kind] += 1
            prefix = "" if re.match(r"\s*(table|fig)", caption, re.IGNORECASE) else f"{kind} {numbers[kind]} "
            builder.paragraph(prefix + caption)
        for inner in _tabulars(body):
            found = list(_cells(inner))
            cells += len(found)
            check_cell_count(cells, "")
            builder.table(found)
    progress(1, 1, "document")
    return builder.paper(str(raw.path), "latex")


def _floats(text: str) -> Iterator[tuple[str, str]]:
    """Floats, and captions and tabulars outside of floats, in their order."""
    place = 0
    starts = re.compile(f"{_FLOAT.pattern}|{_TABULAR.pattern}|{_FREE_CAPTION.pattern}")
    while match := starts.search(text, place):
        if match.group(3):
            caption = _CAPTION.match(text, match.start())
            place = argument(text, caption.end())[1] if caption else match.end()
            yield ("Fig." if match.group(3) == "figure" else "Table"), text[match.start() : place]
            continue
        name = match.group(1) or match.group(2)
        end = text.find(f"\\end{{{name}", match.end())
        end = len(text) if end < 0 else text.find("}", end) + 1
        yield ("Fig." if name == "figure" else "Table"), text[match.start() : end]
        place = end


def _caption(body: str) -> str:
    match = _CAPTION.search(body)
    return plain(argument(body, match.end())[0]).replace("\n", " ").strip() if match else ""


def _tabulars(body: str) -> Iterator[str]:
    """What is between \\begin{tabular}{...} and its end."""
    for match in _TABULAR.finditer(body):
        place = match.end()
        end = body.find(f"\\end{{{match.group(1)}}}", place)
        while place < len(body) and body[place] in "[{ \n":
            if body[place] == "[":
                place = body.find("]", place) + 1
            elif body[place] == "{":
                place = argument(body, place)[1]
            else:
                place += 1
        yield body[place : end if end > 0 else len(body)]


def _cells(inner: str) -> Iterator[PrintedCell]:
    """The cells of a tabular; empty cells below a multirow belong to it."""
    caption = _CAPTION.search(inner)
    if caption:
        inner = inner[: caption.start()] + inner[argument(inner, caption.end())[1] :]
    inner = _REPEATED.sub("", inner, count=1)
    inner = _RULES.sub(" ", re.sub(r"\\label\{[^}]*\}", "", inner))
    taken: set[tuple[int, int]] = set()
    row, area = -1, 0
    for line in re.split(r"\\\\(?:\s*\[[^\]]*\])?|\\tabularnewline", inner):
        if not line.strip():
            continue
        row += 1
        column = 0
        for piece in re.split(r"(?<!\\)&", line):
            rows, columns, text = _spans(piece)
            area += rows * columns
            check_cell_count(area, "")
            if (row, column) not in taken or text.strip():
                found = MarkedText(plain=plain(text), marked=plain(text, markup=True))
                yield PrintedCell(
                    text=found.plain, markup=found.markup, row=row, column=column, rows=rows, columns=columns
                )
            taken |= {(row + i, column + j) for i in range(1, rows) for j in range(columns)}
            column += columns


def _spans(piece: str) -> tuple[int, int, str]:
    """Rows, columns and text of a cell."""
    rows = columns = 1
    while match := _SPAN.search(piece):
        first, place = argument(piece, match.end() - 1)
        place = piece.find("{", place)
        second, place = argument(piece, place) if place >= 0 else ("", len(piece))
        start = piece.find("{", place)
        text, end = argument(piece, start) if start >= 0 else (second, len(piece))
        size = int(first) if _WHOLE.fullmatch(first.strip()) else 1
        rows, columns = (abs(size), columns) if match.group(1) == "row" else (rows, abs(size))
        piece = piece[: match.start()] + text + piece[end:]
    return max(rows, 1), max(columns, 1), piece
