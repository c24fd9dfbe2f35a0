"""From paragraphs and tables in reading order to a document: each table gets its caption and its notes."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.assigned_captions import Block, assigned_captions
from halfcell.audit.extract.common.captions import FoundCaption, clean, read_caption
from halfcell.audit.extract.common.continued_tables import appended
from halfcell.audit.extract.common.document_counts import check_count, check_paragraph
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_COLUMNS, MAX_DOCUMENT_TEXT, MAX_FOOTNOTES, MAX_PARAGRAPHS, MAX_TABLES
from halfcell.core.printed_document import Caption, Paper, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.printed_document import PrintedCell

_NOTE = re.compile(r"^\s*(?:[a-z][).]?\s|[*†‡§]|\(?[a-z]\)|\[[a-z]\]|[Nn]otes?\b|NOTES?\b|[Aa]bbreviations?\b)")
_LONGEST_NOTE = 600  # characters, chosen: a longer paragraph is running text


class PaperBuilder:
    """Takes the blocks of a document in reading order.

    A caption belongs to the table that follows it, or to the one right before it if that has no caption of its own.
    Where it could be either, the document's other captions decide: they stand above or below their tables. What begins
    with a footnote mark below a table is a note of that table. A caption that is "continued" adds rows to its table.
    """

    def __init__(self) -> None:
        self._tables: list[PrintedTable] = []
        self._captions: list[Caption] = []
        self._paragraphs: list[str] = []
        self._blocks: list[Block] = []
        self._open = False  # whether the caption of a table has come, and no table after it
        self._bare = False  # whether the table just taken has no caption yet
        self._known: set[tuple[str, str]] = set()  # captions
        self._lines = self._letters = 0

    @property
    def expects_table(self) -> bool:
        """Whether the caption of a table was taken, but not the table."""
        return self._open

    @property
    def is_empty(self) -> bool:
        """Whether no table was taken."""
        return not self._tables

    def paragraph(self, text: str, page: int | None = None, *, is_note: bool = False) -> None:
        """Take a paragraph: a caption, a note below a table (it looks so, or `is_note`), or running text."""
        check_paragraph(text)
        line = clean(text)
        self._lines, self._letters = self._lines + bool(line), self._letters + len(line)
        check_count(self._lines, MAX_PARAGRAPHS, "paragraphs")
        check_count(self._letters, MAX_DOCUMENT_TEXT, "characters")
        found = None if is_note else read_caption(line)
        if found:
            self._caption(found, page)
        elif line and self._open and self._blocks[-1].lacks_text:
            self._blocks[-1] = Block(caption=_with_text(self._blocks[-1].caption, line))
            self._known.discard((self._captions[-1].name, self._captions[-1].text))
            self._captions[-1] = dataclasses.replace(self._captions[-1], text=line)
            self._known.add((self._captions[-1].name, line))
        elif line and self._tables and not self._open and (is_note or _is_note(line)):
            last = self._tables[-1]
            check_count(len(last.notes), MAX_FOOTNOTES, "notes below one table")
            self._tables[-1] = dataclasses.replace(last, notes=(*last.notes, line))
        elif line:
            self._paragraphs.append(line)
            self._blocks.append(Block(letters=len(line)))
            self._bare = False

    def entry(self, text: str, page: int | None = None) -> None:
        """Take an entry of a list of figures or tables: a caption that no table follows."""
        found = read_caption(clean(text))
        if found:
            self._keep(found, page)

    def footnote(self, text: str) -> None:
        """Take a footnote of the document."""
        self._paragraphs.append(text)

    def _keep(self, found: FoundCaption, page: int | None) -> None:
        """Keep a caption; one that a page shows twice counts once."""
        caption = Caption(name=found.name, text=found.text, page=page)
        if not found.continues and (found.name, found.text) not in self._known:
            self._known.add((found.name, found.text))
            self._captions.append(caption)

    def _caption(self, found: FoundCaption, page: int | None) -> None:
        self._keep(found, page)
        if found.is_table:
            self._blocks.append(Block(caption=found))
            self._open, self._bare = not self._bare, False

    def table(
        self, cells: Sequence[PrintedCell], header_rows: int | None = None, page: int | None = None, title: str = ""
    ) -> None:
        """Take a table; one without any text is left out. Without a caption, its `title` serves as one."""
        if not any(cell.text.strip() for cell in cells):
            return
        check_count(len(self._tables) + 1, MAX_TABLES, "tables")
        check_count(max(cell.column + cell.columns for cell in cells), MAX_COLUMNS, "columns in one table")
        self._blocks.append(Block(table=len(self._tables)))
        self._tables.append(PrintedTable(name="", caption=title, cells=tuple(cells), head_rows=header_rows, page=page))
        self._bare, self._open = not self._open, False

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
            tables=_numbered(_named(self._tables, assigned_captions(self._blocks))),
            captions=tuple(self._captions),
            paragraphs=tuple(self._paragraphs),
        )


def _is_note(line: str) -> bool:
    """Whether a paragraph below a table is a note of it."""
    return bool(_NOTE.match(line)) and len(line) < _LONGEST_NOTE


def _with_text(found: FoundCaption | None, text: str) -> FoundCaption | None:
    return found and found._replace(text=text)


def _named(tables: Sequence[PrintedTable], captions: dict[int, FoundCaption]) -> list[PrintedTable]:
    """The tables with their captions; what only continues a table is added to it, and a doubled table counts once."""
    made: list[PrintedTable] = []
    for place, table in enumerate(tables):
        found = captions.get(place)
        if found is None:
            title = table.caption.removeprefix("Table ")
            name = f"Table {title}" if title else f"Table {place + 1} (no caption)"
            made.append(dataclasses.replace(table, name=name))
            continue
        named = dataclasses.replace(table, name=found.name, caption=found.text)
        before = next((i for i in reversed(range(len(made))) if made[i].name == found.name), None)
        if before is not None and made[before].cells == named.cells:
            continue
        joined = appended(made[before], named) if before is not None and found.continues else None
        if joined is not None and before is not None:
            made[before] = joined
        else:
            caption = made[before].caption if before is not None and found.continues else found.text
            made.append(dataclasses.replace(named, caption=caption))
    return made


def _numbered(tables: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """Number tables that share a name, so that a place means one cell."""
    seen: dict[str, int] = {}
    found = []
    for table in tables:
        seen[table.name] = seen.get(table.name, 0) + 1
        number = seen[table.name]
        found.append(table if number == 1 else dataclasses.replace(table, name=f"{table.name} ({number})"))
    return tuple(found)
