"""Decimal commas: whether ``3,354`` is 3.354 or 3354 is decided by the other numbers of its table or document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from halfcell.core.printed_document import Paper, PrintedCell, PrintedTable

_DECIMAL = re.compile(
    r"(?<![\d.,])(?:\d+,(?:\d{1,2}|\d{4,})|0\d*,\d{3}|\d{4,},\d{3}|\d{1,3}(?:\.\d{3})+,\d+)(?![\d.,]*\d)"
)
_OTHER = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d+)(?![\d,])"
)
_UNSAID = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d.,]*\d)")
_NUMBER = re.compile(r"^[\s~≈<>≤≥+−–-]*\d")  # cells that begin with a number: no list, no name
SHARE = 4  # decimal commas for one number that is printed with a decimal point or with grouped thousands
FEWEST = 2  # decimal commas that decide for a whole document; one decides for its own table


def with_decimal_points(paper: Paper) -> Paper:
    """The document with points for the commas in ``3,354``, where its other numbers say that commas are decimal."""
    if not any(_UNSAID.search(cell.text) for table in paper.tables for cell in table.cells):
        return paper
    decimal, other = _counts(paper.tables)
    everywhere = decimal >= FEWEST and decimal >= SHARE * other
    return replace(paper, tables=tuple(_with_points(table, everywhere) for table in paper.tables))


def _counts(tables: Iterable[PrintedTable]) -> tuple[int, int]:
    """The numbers whose comma can only be a decimal one, and those whose comma cannot be one."""
    texts = [cell.text for table in tables for cell in table.cells if _NUMBER.match(cell.text)]
    return sum(bool(_DECIMAL.search(text)) for text in texts), sum(bool(_OTHER.search(text)) for text in texts)


def _with_points(table: PrintedTable, everywhere: bool) -> PrintedTable:
    """A table in which the commas of the document, or its own ones, are decimal."""
    decimal, other = _counts([table])
    if other or not (everywhere or decimal):
        return table
    return replace(table, cells=tuple(_with_point(cell) for cell in table.cells))


def _with_point(cell: PrintedCell) -> PrintedCell:
    """A cell with decimal points, if it begins with a number."""
    if not _NUMBER.match(cell.text) or not _UNSAID.search(cell.text):
        return cell
    return replace(cell, text=_UNSAID.sub(r"\1.\2", cell.text), markup=_UNSAID.sub(r"\1.\2", cell.markup))
