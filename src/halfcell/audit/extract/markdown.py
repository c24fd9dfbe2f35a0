"""Markdown (.md): pipe tables with their captions above or below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.limits import MAX_PART, count, is_text
from halfcell.audit.extract.common.paper_builder import Blocks
from halfcell.core.paper import PrintedCell

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.paper import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".md", ".markdown")
_RULE = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*$")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.])[*_](?!\w)|`)")
_PLACES = (
    (re.compile(r"<sup>(.*?)</sup>|\^([^^\s]+)\^"), "^"),
    (re.compile(r"<sub>(.*?)</sub>|(?<!~)~([^~\s]+)~"), "_"),
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Any text."""
    return is_text(raw.head)


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read paragraphs, captions and pipe tables in their order."""
    blocks = Blocks()
    lines = raw.text(largest=MAX_PART).splitlines()
    index = cells = 0
    while index < len(lines):
        end = _table_end(lines, index)
        if end > index:
            cells += sum(line.count("|") for line in lines[index:end])
            count(cells, "")
            found = _table(lines[index:end])
            blocks.table(found, head_rows=1)
            index = end
        else:
            blocks.paragraph(_plain(re.sub(r"^[#>\s]*(:(?=\s))?", "", lines[index])))
            index += 1
    progress(1, 1, "page")
    return blocks.paper(str(raw.path), "markdown")


def _table_end(lines: list[str], start: int) -> int:
    """The line after a table that starts here; the start itself where none does."""
    if start + 1 >= len(lines) or "|" not in lines[start] or not _RULE.match(lines[start + 1]):
        return start
    if "|" not in lines[start + 1] and "-" not in lines[start + 1]:
        return start
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _table(lines: list[str]) -> list[PrintedCell]:
    rows = [_split(line) for line in [lines[0], *lines[2:]]]
    width = len(rows[0])
    return [
        PrintedCell(
            text=_plain(cell),
            markup=marked if (marked := _marked(cell)) != _plain(cell) else "",
            row=row,
            column=column,
            doubt=f"the row has {len(cells)} cells, the head {width}" if len(cells) > width else "",
        )
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]


def _split(line: str) -> list[str]:
    """The cells of a line; an escaped bar stays."""
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text)]


def _marked(text: str) -> str:
    """The text with raised and lowered parts marked."""
    for pattern, mark in _PLACES:
        text = pattern.sub(lambda m, mark=mark: f"{mark}{{{m.group(1) or m.group(2)}}}", text)  # type: ignore[misc]
    return _EMPHASIS.sub("", _BREAK.sub("\n", text)).strip()


def _plain(text: str) -> str:
    """The text without marks."""
    return re.sub(r"[\^_]\{([^{}]*)\}", r"\1", _marked(text))
