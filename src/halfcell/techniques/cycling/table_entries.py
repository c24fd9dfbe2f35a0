"""Shared by the tables of cycling: entries of rows, and the notes below a table on what the numbers refer to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.techniques.cycling.capacity_scale import mah_decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Scalar
    from halfcell.core.table import Entry
    from halfcell.techniques.common.row_columns import RowColumn
    from halfcell.techniques.cycling.result import CyclingResult


def row_entry(result: CyclingResult, column: RowColumn, value: Scalar) -> Entry:
    """The entry of one value of a row; capacities in mAh get the digits that small cells need."""
    if isinstance(value, float | int) and "mAh" in column.unit and "g" not in column.unit:
        column = replace(column, decimals=mah_decimals(float(value)))
    return column.entry(result, value)


def bases_of(results: Sequence[CyclingResult]) -> tuple[str, ...]:
    """Notes below a table: the mass of the capacities, the reference of the retention (per sample, if they differ)."""
    bases = sorted({result.basis for result in results if result.capacity_unit == "mAh/g"})
    said = [f"Capacities are per gram of {', '.join(bases)}."] if bases else []
    ends: dict[str, list[str]] = {}
    for result in results:
        for note in result.notes:
            if note.code == "retention_reference":
                ends.setdefault(note.text, []).append(result.label)
    whose = {text: f"{', '.join(dict.fromkeys(labels))}: " if len(ends) > 1 else "" for text, labels in ends.items()}
    lines = (f"{whose[text]}{text}" for text in sorted(ends))
    return (*said, *(f"{line[0].upper()}{line[1:]}." if line.startswith("retention") else f"{line}." for line in lines))
