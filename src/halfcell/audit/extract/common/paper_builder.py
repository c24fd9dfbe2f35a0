"""Paragraphs and tables in reading order -> a paper: each table finds its caption above or below it, and its notes."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import Found, caption, clean
from halfcell.core.errors import InputError
from halfcell.core.paper import Caption, Paper, PrintedTable

if TYPE_CHECKING:
    from halfcell.core.paper import PrintedCell
    from halfcell.core.result import Note

_NOTE = re.compile(r"^\s*(?:[a-z*†‡§][).]?\s|\*|†|‡|§|\(?[a-z]\)|notes?\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Blocks:
    """Takes blocks in their order and makes the paper.

    A caption belongs to the next table; a table without one before it takes a table caption that follows directly. What
    begins with a footnote mark right below a table is its note.
    """

    tables: list[PrintedTable] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    waiting: list[Found] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)

    def paragraph(self, text: str, page: int | None = None) -> None:
        """Take a paragraph: a caption, a note below a table, or running text."""
        line = clean(text)
        found = caption(line)
        if found:
            self._caption(found, page)
        elif line:
            if self._is_note(line):
                last = self.tables[-1]
                self.tables[-1] = dataclasses.replace(last, notes=(*last.notes, line))
            else:
                self.paragraphs.append(line)
                self.bare.clear()

    def _is_note(self, line: str) -> bool:
        return bool(self.tables and not self.waiting and _NOTE.match(line) and len(line) < 600)

    def _caption(self, found: Found, page: int | None) -> None:
        self.captions.append(Caption(name=found.name, text=found.text, page=page))
        if not found.is_table:
            return
        if self.bare:
            index = self.bare.pop()
            self.tables[index] = dataclasses.replace(self.tables[index], name=found.name, caption=found.text)
        else:
            self.waiting[:] = [found]

    def table(self, cells: list[PrintedCell], head_rows: int | None = None, page: int | None = None) -> None:
        """Take a table."""
        if not any(cell.text.strip() for cell in cells):
            return
        found = self.waiting.pop() if self.waiting else None
        self.bare.clear()
        if found is None:
            self.bare.append(len(self.tables))
        self.tables.append(
            PrintedTable(
                name=found.name if found else f"Table {len(self.tables) + 1} (no caption)",
                caption=found.text if found else "",
                cells=tuple(cells),
                head_rows=head_rows,
                page=page,
            )
        )

    def paper(self, path: str, form: str, notes: tuple[Note, ...] = ()) -> Paper:
        """The finished paper.

        Raises
        ------
        InputError
            If nothing was there to read.
        """
        if not (self.tables or self.captions or self.paragraphs):
            raise InputError(
                "the document holds no text", hint="is it a scan? the audit needs text, not a picture of it"
            )
        return Paper(
            path=path,
            format=form,
            tables=tuple(_unique(self.tables)),
            captions=tuple(self.captions),
            paragraphs=tuple(self.paragraphs),
            notes=notes,
        )


def _unique(tables: list[PrintedTable]) -> list[PrintedTable]:
    """Tables of one name get a number, so that a place means one cell."""
    seen: dict[str, int] = {}
    found = []
    for table in tables:
        seen[table.name] = seen.get(table.name, 0) + 1
        number = seen[table.name]
        found.append(table if number == 1 else dataclasses.replace(table, name=f"{table.name} ({number})"))
    return found
