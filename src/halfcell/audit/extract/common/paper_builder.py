"""From paragraphs and tables in reading order to a document: each table gets its caption and its notes."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import FoundCaption, clean, read_caption
from halfcell.core.errors import InputError
from halfcell.core.printed_document import Caption, Paper, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.printed_document import PrintedCell

_NOTE = re.compile(r"^\s*(?:[a-z*†‡§][).]?\s|\*|†|‡|§|\(?[a-z]\)|notes?\b)", re.IGNORECASE)
_LONGEST_NOTE = 600  # characters


class PaperBuilder:
    """Takes the blocks of a document in reading order.

    A caption belongs to the next table. A table without a caption before it takes a table caption that follows
    directly. What begins with a footnote mark below a table is a note of that table.
    """

    def __init__(self) -> None:
        self._tables: list[PrintedTable] = []
        self._captions: list[Caption] = []
        self._paragraphs: list[str] = []
        self._open_caption: FoundCaption | None = None  # of a table that has not come yet
        self._bare: int | None = None  # the table just taken, if it has no caption yet

    @property
    def expects_table(self) -> bool:
        """Whether the caption of a table was taken, but not the table."""
        return self._open_caption is not None

    def paragraph(self, text: str, page: int | None = None) -> None:
        """Take a paragraph: a caption, a note below a table, or running text."""
        line = clean(text)
        found = read_caption(line)
        if found:
            self._caption(found, page)
        elif line and self._is_note(line):
            last = self._tables[-1]
            self._tables[-1] = dataclasses.replace(last, notes=(*last.notes, line))
        elif line:
            self._paragraphs.append(line)
            self._bare = None

    def entry(self, text: str, page: int | None = None) -> None:
        """Take an entry of a list of figures or tables: a caption that no table follows."""
        found = read_caption(clean(text))
        if found:
            self._captions.append(Caption(name=found.name, text=found.text, page=page))

    def footnote(self, text: str) -> None:
        """Take a footnote of the document."""
        self._paragraphs.append(text)

    def _is_note(self, line: str) -> bool:
        return bool(self._tables and not self.expects_table and _NOTE.match(line) and len(line) < _LONGEST_NOTE)

    def _caption(self, found: FoundCaption, page: int | None) -> None:
        self._captions.append(Caption(name=found.name, text=found.text, page=page))
        if not found.is_table:
            return
        if self._bare is not None:
            table = self._tables[self._bare]
            self._tables[self._bare] = dataclasses.replace(table, name=found.name, caption=found.text)
            self._bare = None
        else:
            self._open_caption = found

    def table(self, cells: Sequence[PrintedCell], header_rows: int | None = None, page: int | None = None) -> None:
        """Take a table; one without any text is left out."""
        if not any(cell.text.strip() for cell in cells):
            return
        found, self._open_caption = self._open_caption, None
        self._bare = None if found else len(self._tables)
        self._tables.append(
            PrintedTable(
                name=found.name if found else f"Table {len(self._tables) + 1} (no caption)",
                caption=found.text if found else "",
                cells=tuple(cells),
                head_rows=header_rows,
                page=page,
            )
        )

    def paper(self, path: str, form: str) -> Paper:
        """The document.

        Raises
        ------
        InputError
            If there was nothing to read.
        """
        if not (self._tables or self._captions or self._paragraphs):
            raise InputError("the document has no text", hint="is it a scan? the audit needs text, not a picture of it")
        return Paper(
            path=path,
            format=form,
            tables=_numbered(self._tables),
            captions=tuple(self._captions),
            paragraphs=tuple(self._paragraphs),
        )


def _numbered(tables: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """Number tables that share a name, so that a place means one cell."""
    seen: dict[str, int] = {}
    found = []
    for table in tables:
        seen[table.name] = seen.get(table.name, 0) + 1
        number = seen[table.name]
        found.append(table if number == 1 else dataclasses.replace(table, name=f"{table.name} ({number})"))
    return tuple(found)
