"""Plain text (.txt): tables as Word exports them, with tabs, and tables whose columns are set by blanks or bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.extract.common.aligned_text import Block, aligned_blocks
from halfcell.audit.extract.common.captions import FoundCaption, clean, read_caption
from halfcell.audit.extract.common.document_counts import check_cell_count, check_line_count, check_paragraph
from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.extract.common.signatures import is_text, signature
from halfcell.core.limits import MAX_TEXT_FILE
from halfcell.core.printed_document import Caption, Paper, PrintedTable

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

WRAPPED = 50  # characters from which a line without a full stop may continue on the next one
LONGEST_PARAGRAPH = 20_000  # characters that lines are joined to
SUFFIXES = (".txt", ".text")


def recognises(raw: RawFile) -> bool:
    """Any text without markup."""
    return is_text(raw.head) and "HTML" not in signature(raw.head).what


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read captions, tables and paragraphs.

    A table begins after its caption. It ends at the next caption, or at a line that is neither a cell nor the
    continuation of one.
    """
    reader = _LineReader()
    cells = 0
    text = raw.text(largest=MAX_TEXT_FILE)
    check_line_count(text)
    lines = text.splitlines()
    blocks = {block.start: block for block in aligned_blocks(lines)}
    index = 0
    while index < len(lines):
        block = blocks.get(index)
        cells += reader.take_block(block) if block else reader.take(lines[index])
        check_cell_count(cells, "")
        index = block.end if block else index + 1
    progress(1, 1, "text")
    return reader.paper(str(raw.path))


class _LineReader:
    """Takes the lines of a document in their order."""

    def __init__(self) -> None:
        self._tables: list[PrintedTable] = []
        self._captions: list[Caption] = []
        self._paragraphs: list[str] = []
        self._rows: list[list[str]] = []  # of the open table
        self._row: list[str] = []  # the open row of that table
        self._caption: FoundCaption | None = None  # of the open table
        self._wrapped = False  # whether the last line was broken in the middle of a sentence

    def take(self, line: str) -> int:
        """Take one line; returns how many cells it begins."""
        check_paragraph(line)
        found = read_caption(line) if not line.startswith("\t") else None
        if found:
            self._take_caption(found)
        elif not line.strip(" \r"):
            self._close_row()
        elif "\t" in line:
            return self._take_cells(line)
        elif self._row:
            self._row[-1] += "\n" + line.rstrip()
        elif clean(line):
            if self._rows:
                self._close_table()
            self._take_text(clean(line))
        self._wrapped = len(line) >= WRAPPED and not line.rstrip().endswith((".", ":", ";", "!", "?"))
        return 0

    def _take_text(self, line: str) -> None:
        """A line of running text: a paragraph, or the rest of one that was broken into lines."""
        if self._wrapped and self._paragraphs and len(self._paragraphs[-1]) < LONGEST_PARAGRAPH:
            self._paragraphs[-1] += " " + line
        else:
            self._paragraphs.append(line)

    def take_block(self, block: Block) -> int:
        """Take a table whose columns are set by blanks or bars; returns how many cells it has."""
        self._close_row()
        if self._rows:
            self._close_table()
        found = self._caption or FoundCaption(f"Table {len(self._tables) + 1}", "", True)
        self._tables.append(
            PrintedTable(name=found.name, caption=found.text, cells=block.cells, head_rows=block.head_rows)
        )
        self._caption = None
        return len(block.cells)

    def _take_caption(self, found: FoundCaption) -> None:
        self._close_table()
        self._captions.append(Caption(name=found.name, text=found.text))
        if found.is_table:
            self._caption = found

    def _take_cells(self, line: str) -> int:
        """A leading tab and one cell, or a whole row of cells with tabs between them."""
        pieces = line.rstrip("\r\n").split("\t")
        if len(pieces) == 2 and not pieces[0]:
            self._row.append(pieces[1].rstrip())
            return 1
        self._close_row()
        whole = bool(pieces[0]) or (bool(self._rows) and len(pieces) == len(self._rows[0]))
        self._rows.append([piece.strip() for piece in (pieces if whole else pieces[1:])])
        return len(pieces)

    def _close_row(self) -> None:
        if self._row:
            self._rows.append(self._row)
            self._row = []

    def _close_table(self) -> None:
        self._close_row()
        if self._rows:
            widths = [len(row) for row in self._rows[1:]]
            if widths and all(width == len(self._rows[0]) + 1 for width in widths):
                self._rows[0].insert(0, "")  # the tab at its beginning was that of a blank cell
            found = self._caption or FoundCaption(f"Table {len(self._tables) + 1}", "", True)
            self._tables.append(plain_table(found.name, found.text, self._rows))
        self._rows = []
        self._caption = None

    def paper(self, path: str) -> Paper:
        """The document."""
        self._close_table()
        return Paper(
            path=path,
            format="text",
            tables=tuple(self._tables),
            captions=tuple(self._captions),
            paragraphs=tuple(self._paragraphs),
        )
