"""Shared by the tables of cycling: entries of rows, and the notes below a table on what the numbers refer to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.techniques.common.row_columns import RowColumn
from halfcell.techniques.cycling.axes import capacity_label
from halfcell.techniques.cycling.capacity_scale import mah_decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row, Scalar
    from halfcell.core.table import Entry
    from halfcell.techniques.cycling.result import CyclingResult


def row_entry(result: CyclingResult, column: RowColumn, value: Scalar) -> Entry:
    """The entry of one value of a row; capacities in mAh get the digits that small cells need."""
    if isinstance(value, float | int) and "mAh" in column.unit and "g" not in column.unit:
        column = replace(column, decimals=mah_decimals(float(value)))
    return column.entry(result, value)


def areal_column(results: Sequence[CyclingResult], rows: Sequence[Row]) -> tuple[RowColumn, ...]:
    """The column of the capacities per area, where the area of a cell is known."""
    if not any(isinstance(row["areal_capacity"], float) for row in rows):
        return ()
    label = capacity_label(results)
    return (RowColumn("areal_capacity", f"Areal {label[0].lower()}{label[1:]}", "mAh cm^{-2}", 2),)


def _mass_error(result: CyclingResult, *, several: bool) -> str:
    """What the uncertainty of a weighed mass makes of the capacities; empty where none was given."""
    mass, std = (result.settings.get(name) for name in ("active_mass_mg", "active_mass_std_mg"))
    known = isinstance(mass, int | float) and isinstance(std, int | float) and mass > 0 and std > 0
    if not known or result.capacity_unit != "mAh/g" or result.basis != "active material":
        return ""
    whose = f"{result.label}: t" if several else "T"
    weighed = Quantity(float(mass), "mg", float(std), "propagated").number  # type: ignore[arg-type]
    share = f"{100 * float(std) / float(mass):.2g} %"  # type: ignore[arg-type]
    return f"{whose}he active mass is {weighed} mg, an uncertainty of {share} of all its capacities per gram."


def bases_of(results: Sequence[CyclingResult]) -> tuple[str, ...]:
    """Notes below a table: the mass of the capacities, the reference of the retention (per sample, if they differ)."""
    bases = sorted({result.basis for result in results if result.capacity_unit == "mAh/g"})
    said = [f"Capacities are per gram of {', '.join(bases)}."] if bases else []
    scales = sorted({result.voltage_unit for result in results} - {"V", "V vs. Li^{+}/Li"})
    said += [line for result in results if (line := _mass_error(result, several=len(results) > 1))]
    said += [f"Voltages of half cells are in {', '.join(scales)}."] if scales else []
    ends: dict[str, list[str]] = {}
    for result in results:
        for note in result.notes:
            if note.code == "retention_reference":
                ends.setdefault(note.text, []).append(result.label)
    whose = {text: f"{', '.join(dict.fromkeys(labels))}: " if len(ends) > 1 else "" for text, labels in ends.items()}
    lines = (f"{whose[text]}{text}" for text in sorted(ends))
    return (*said, *(f"{line[0].upper()}{line[1:]}." if line.startswith("retention") else f"{line}." for line in lines))
