"""Tables as HTML and JATS mark them up: spans, header rows, footers, raised and lowered text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.markup_text import element_text, one_line
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_ATTRIBUTES, MAX_CELLS, MAX_HTML_TAGS, MAX_NESTED, MAX_PARAGRAPH
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.extract.common.markup_tree import Element
    from halfcell.audit.extract.common.paper_builder import PaperBuilder

CELLS = frozenset({"td", "th"})
_LONG_TEXT = re.compile(rf"<(/?\w+)[^<>]*>[^<]{{{MAX_PARAGRAPH + 1}}}")
_LONG_TAG = re.compile(r"<\w[^<>]{50000,}")  # an embedded picture, or a flood of attributes
_NO_TEXT = {"script", "style"}  # they may be as long as they like
_MOST_IN_TAG = 10_000  # attributes of one element
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)


def take_table(table: Element, builder: PaperBuilder) -> int:
    """Give one table to the builder, its caption element first; returns the number of its cells."""
    title = table.first_of({"caption"})
    if title:
        builder.paragraph(one_line(title))
    rows = [row for row in table.all_of({"tr"}) if row.within({"table"}) is table]
    feet = {id(row): row for row in rows if row.within({"tfoot"}) and len(row.own(CELLS)) == 1}
    rows = [row for row in rows if id(row) not in feet]
    headers = sum(1 for row in rows if row.within({"thead"}) or _is_header(row))
    cells = list(_cells(rows))
    builder.table(cells, headers if 0 < headers < len(rows) else None)
    for foot in feet.values():
        builder.paragraph(one_line(foot))
    return len(cells)


def _is_header(row: Element) -> bool:
    found = row.own(CELLS)
    return len(found) > 1 and all(cell.name == "th" for cell in found)


def _cells(rows: list[Element]) -> Iterator[PrintedCell]:
    """Cells with their place; cells that span several rows shift those of the rows below."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for item in element.own(CELLS):
            while (row, column) in taken:
                column += 1
            down, across = (_span(item, name) for name in ("rowspan", "colspan"))
            down = min(down or len(rows), len(rows) - row)
            across = max(across, 1)
            check_cell_count(len(taken) + down * across, "")
            taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
            text = element_text(item)
            nested = _holds_table(item)
            yield PrintedCell(
                text=text.plain,
                markup=text.markup,
                row=row,
                column=column,
                rows=down,
                columns=across,
                doubt="this cell contains a table" if nested else "",
            )
            column += across


def _holds_table(item: Element) -> bool:
    """Whether a cell holds a table of several columns; one of a single column only breaks its lines."""
    inner = item.first_of({"table"})
    return inner is not None and any(len(row.own(CELLS)) > 1 for row in inner.all_of({"tr"}))


def _span(item: Element, name: str) -> int:
    """The value of rowspan or colspan; rowspan=0 means to the end of the table."""
    try:
        return min(max(int((item.get(name) or "1").strip()), 0), MAX_CELLS)
    except ValueError:
        return 1


def _is_flood(tag: str) -> bool:
    """Whether the inside of one element is a flood of attributes, and not the data or the program of a script."""
    return len(tag.split()) > _MOST_IN_TAG and not any(sign in tag for sign in "{};")


def check_nesting(text: str) -> None:
    """Refuse a page of too many elements, or with too many tables inside one another, before it is parsed."""
    if text.count("<") > MAX_HTML_TAGS:
        raise InputError(f"the page has more than {MAX_HTML_TAGS} elements", hint="an audit reads documents, not data")
    if text.count("=") > MAX_ATTRIBUTES or any(_is_flood(m[0]) for m in _LONG_TAG.finditer(text)):
        raise InputError("the elements have too many attributes", hint="an audit reads documents, not data")
    if any(match[1].lower() not in _NO_TEXT for match in _LONG_TEXT.finditer(text)):
        what = f"the page has a text of more than {MAX_PARAGRAPH} characters without an element"
        raise InputError(what, hint="an audit reads documents, not data")
    depth = 0
    for match in _TABLE.finditer(text):
        depth = max(depth + (-1 if match[1] else 1), 0)
        if depth > MAX_NESTED:
            raise InputError(f"tables are nested more than {MAX_NESTED} deep", hint="is a </table> missing?")
