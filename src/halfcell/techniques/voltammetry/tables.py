"""Tables of voltammetry: peaks with their couples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.row_columns import RowColumn
from halfcell.techniques.voltammetry.axes import current_unit
from halfcell.techniques.voltammetry.scan_rate_shows import scan_rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.voltammetry.result import VoltammetryResult


def peaks(results: Sequence[VoltammetryResult]) -> Table:
    """One row per peak: cycle, branch, potential, current, charge of the branch, couple."""
    unit = current_unit(results)
    per_gram = unit != "mA"
    digits = 1 if per_gram else None
    key, charge = ("peak_specific_current", "specific_charge") if per_gram else ("peak_current", "charge")
    current = RowColumn(key, "Peak current", unit, digits)
    charges = RowColumn(charge, "Charge of the branch", unit.replace("mA", "mAh"), digits)
    columns = (
        Column(key="label", label="Materials"),
        Column(key="cycle", label="Cycle"),
        Column(key="branch", label="Branch"),
        Column(key="peak_potential", label="Peak potential", unit="V"),
        current.column,
        charges.column,
        Column(key="couple", label="Couple"),
    )
    rows = [_row(result, row, (current, charges)) for result in results for row in result.rows]
    return Table(columns=columns, rows=tuple(rows), simulated=simulated(results))


def _row(result: VoltammetryResult, row: Row, numbers: Sequence[RowColumn]) -> tuple[Entry, ...]:
    return (
        Entry(text=result.label),
        Entry(text=str(row["cycle"])),
        Entry(text=str(row["branch"])),
        _place(result, row),
        numbers[0].entry(result, row[numbers[0].key], row[f"{numbers[0].key}_std"]),
        numbers[1].entry(result, row[numbers[1].key]),
        Entry(text=str(row["couple"]) or "-"),
    )


def _place(result: VoltammetryResult, row: Row) -> Entry:
    """The peak's potential with its uncertainty."""
    potential, std = row["peak_potential"], row["peak_potential_std"]
    if not isinstance(potential, float):
        return Entry(text="-")
    quantity = Quantity(potential, "V", std if isinstance(std, float) else None, "fit covariance")
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:peak_potential")


TABLES = {"peaks": peaks, "scan rates": scan_rates}
