"""Markdown (.md): pipe tables with their captions above or below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count, check_line_count, check_paragraph
from halfcell.audit.extract.common.marked_text import MarkedText
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.plain_table import doubt_of_length
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.limits import MAX_TEXT_FILE
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
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
    builder = PaperBuilder()
    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(text.count("|"), "")
    check_line_count(text)
    lines = text.splitlines()
    index = cells = 0
    while index < len(lines):
        check_paragraph(lines[index])
        end = _table_end(lines, index)
        if end > index:
            cells += sum(line.count("|") for line in lines[index:end])
            check_cell_count(cells, "")
            builder.table(_table(lines[index:end]), header_rows=1)
            index = end
        else:
            builder.paragraph(_text(re.sub(r"^[#>\s]*(:(?=\s))?", "", lines[index])).plain)
            index += 1
    progress(1, 1, "page")
    return builder.paper(str(raw.path), "markdown")


def _table_end(lines: list[str], start: int) -> int:
    """The line after a table that starts here; the start itself if none does."""
    if start + 1 >= len(lines) or "|" not in lines[start] or not _RULE.match(lines[start + 1]):
        return start
    if "|" not in lines[start + 1] and "-" not in lines[start + 1]:
        return start
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _table(lines: list[str]) -> list[PrintedCell]:
    rows = [[_text(cell) for cell in _split(line)] for line in [lines[0], *lines[2:]]]
    width = len(rows[0])
    return [
        PrintedCell(
            text=cell.plain, markup=cell.markup, row=row, column=column, doubt=doubt_of_length(len(cells), width)
        )
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]


def _split(line: str) -> list[str]:
    """The cells of a line; an escaped bar stays."""
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text)]


def _text(text: str) -> MarkedText:
    """The text of a cell or line, without emphasis."""
    for pattern, mark in _PLACES:
        text = pattern.sub(mark + r"{\1\2}", text)
    marked = _EMPHASIS.sub("", _BREAK.sub("\n", text)).strip()
    return MarkedText(plain=re.sub(r"[\^_]\{([^{}]*)\}", r"\1", marked), marked=marked)
