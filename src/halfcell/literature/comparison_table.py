"""Comparison tables: reported results followed by your own, with equal neighbouring cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from halfcell.core.errors import InputError
from halfcell.core.markup import formula
from halfcell.core.printed import Printed
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.literature.schema import ColumnSpec, Record, is_other_quantity, schema


def comparison(records: Sequence[Record], name: str) -> Table:
    """The table of a comparison, in the order given; own records are named "This work".

    Equal neighbours of the schema's `group` columns are merged within one material and reference; the capacity and
    its cycle share a cell: ``937 (X=100)``. The origin of a number is its record's place, or the result it comes from.
    """
    kind = schema(name)
    shown = tuple(column for column in kind.columns if not column.hidden)
    grid = [[_entry(record, column) for column in shown] for record in records]
    rows = _merged(grid, records, [column.key in kind.group for column in shown])
    doubts = [f"{r.values.get('anode', '')}: {doubt}" for r in records for doubt in r.doubts]
    return Table(
        columns=tuple(Column(key=c.key, label=c.label, unit=c.unit) for c in shown),
        rows=rows,
        caption=kind.caption,
        notes=tuple(dict.fromkeys(doubts)),
    )


def _entry(record: Record, column: ColumnSpec) -> Entry:
    """One cell as printed; a number comes with its quantity, one with another unit is left to the notes."""
    text = record.values.get(column.key, "") or "-"
    if column.key == "reference":
        bare = text.strip().strip("[]")  # a reference may be given as printed: [100]
        return Entry(text="This work" if record.own else (f"[{bare}]" if bare != "-" else _doi(record)))
    printed = formula(text) if not column.number else "-" if is_other_quantity(text, column) else text
    beside = record.values.get(column.beside, "") if column.beside else ""
    if beside:
        printed = f"{printed} (X={beside})"
    quantity = _quantity(text, column)
    doubt = next((d for d in record.doubts if d.startswith(column.label)), "")
    traced = f"{record.place}:{column.key}" if quantity and record.place else ""
    return Entry(text=printed, quantity=quantity, origin=traced, doubt=doubt)


def _doi(record: Record) -> str:
    doi = record.values.get("doi", "")
    return f"doi:{doi}" if doi else "-"


def _quantity(text: str, column: ColumnSpec) -> Quantity | None:
    if not column.number:
        return None
    try:
        number = Printed(text)
    except InputError:
        return None
    return Quantity(float(number.value), column.unit, decimals=number.decimals)


def _merged(
    grid: list[list[Entry]], records: Sequence[Record], merging: Sequence[bool]
) -> tuple[tuple[Entry | None, ...], ...]:
    """Merge equal neighbours down each merging column, never across two materials or references."""
    out: list[list[Entry | None]] = [list(row) for row in grid]
    for column, merge in enumerate(merging):
        start = 0
        for row in range(1, len(grid) + 1):
            if merge and row < len(grid) and _same(grid, records, column, start, row):
                out[row][column] = None
                continue
            if row - start > 1:
                out[start][column] = replace(grid[start][column], rows=row - start)
            start = row
    return tuple(tuple(row) for row in out)


def _same(grid: list[list[Entry]], records: Sequence[Record], column: int, a: int, b: int) -> bool:
    blocks = [(records[i].values.get("anode"), records[i].values.get("reference"), records[i].own) for i in (a, b)]
    return blocks[0] == blocks[1] and grid[a][column].text == grid[b][column].text
