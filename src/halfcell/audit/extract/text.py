"""Plain text (.txt) as Word exports it: a cell a line after a tab, a blank line after a row; or tab-separated rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import Found, caption, clean
from halfcell.audit.extract.common.limits import MAX_PART, count, is_text, signature
from halfcell.core.paper import Caption, Paper, PrintedCell, PrintedTable

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".txt", ".text")


def recognises(raw: RawFile) -> bool:
    """Any text that is not marked up."""
    return is_text(raw.head) and "HTML" not in signature(raw.head).what


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read captions, tables and paragraphs.

    A table begins at its caption and ends at the next one, or at a line that is neither a cell nor the rest of one.
    """
    walk = _Walk()
    cells = 0
    for line in raw.text(largest=MAX_PART).splitlines():
        cells += walk.take(line)
        count(cells, "")
    walk.end()
    progress(1, 1, "text")
    return Paper(
        path=str(raw.path),
        format="text",
        tables=tuple(walk.tables),
        captions=tuple(walk.captions),
        paragraphs=tuple(walk.paragraphs),
    )


@dataclass(frozen=True)
class _Walk:
    """The state of a walk over lines: finished things and the table that is open."""

    tables: list[PrintedTable] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    heading: list[Found] = field(default_factory=list)

    def take(self, line: str) -> int:
        """Take one line; returns how many cells it began."""
        found = caption(line) if not line.startswith("\t") else None
        if found:
            self.end()
            self._caption(found)
        elif not line.strip(" \r"):
            self._close_row()
        elif "\t" in line:
            return self._cells(line)
        elif self.row:
            self.row[-1] += "\n" + line.rstrip()
        elif clean(line):
            if self.rows:
                self.end()
            self.paragraphs.append(clean(line))
        return 0

    def _caption(self, found: Found) -> None:
        self.captions.append(Caption(name=found.name, text=found.text))
        if found.is_table:
            self.heading.append(found)

    def _cells(self, line: str) -> int:
        """A leading tab and one cell, or a whole row between tabs."""
        pieces = line.rstrip("\r\n").split("\t")
        if len(pieces) == 2 and not pieces[0]:
            self.row.append(pieces[1].rstrip())
            return 1
        self._close_row()
        self.rows.append([piece.strip() for piece in (pieces if pieces[0] else pieces[1:])])
        return len(pieces)

    def _close_row(self) -> None:
        if self.row:
            self.rows.append(list(self.row))
            self.row.clear()

    def end(self) -> None:
        """Close the open table."""
        self._close_row()
        if self.rows:
            found = self.heading[-1] if self.heading else Found(f"Table {len(self.tables) + 1}", "", True)
            self.tables.append(table(found.name, found.text, self.rows))
        self.rows.clear()
        self.heading.clear()


def table(name: str, text: str, rows: list[list[str]]) -> PrintedTable:
    """A table of rows of strings; a row longer than the first one has doubtful cells."""
    width = len(rows[0])
    cells = tuple(
        PrintedCell(
            text=cell,
            row=r,
            column=c,
            doubt=f"the row has {len(row)} cells, the head {width}" if len(row) > width > 1 else "",
        )
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    )
    return PrintedTable(name=name, caption=text, cells=cells)
