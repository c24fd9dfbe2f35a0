"""The table of operando diffraction: time and voltage of each scan, and the lines that are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.quantity import Kind, Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.operando_diffraction.result import OperandoResult

_START = (
    Column(key="label", label="Sample"),
    Column(key="scan", label="Scan"),
    Column(key="time", label="Time", unit="h"),
    Column(key="voltage", label="Voltage", unit="V"),
)
_LINES = (
    Column(key="line", label="Window", unit="degree"),
    Column(key="centre", label="Centre, 2θ", unit="degree"),
    Column(key="area", label="Net area", unit="counts degree"),
)
_DECIMALS = {"time": 2, "voltage": 3}


def scans(results: Sequence[OperandoResult]) -> Table:
    """One row per scan, or per scan and followed line: time, voltage, centre and area."""
    columns = _START + _LINES if any(result.lines for result in results) else _START
    rows = [
        (Entry(text=formula(result.label)), *(_entry(result, row, column) for column in columns[1:]))
        for result in results
        for row in result.rows
    ]
    notes = ("Areas are in counts times degrees, above a straight background.",) if columns != _START else ()
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


def _entry(result: OperandoResult, row: Row, column: Column) -> Entry:
    """A cell of one scan; what is not known, or a line that is not seen, is a dash."""
    value = row[column.key]
    if value is None or isinstance(value, str) or column.key == "scan":
        return Entry(text="-" if value is None or value == "" else str(value).replace("-", "–"))
    std = row.get(f"{column.key}_std")
    kind: Kind = "counting noise" if isinstance(std, float) else ""
    quantity = Quantity(
        float(value),
        column.unit,
        std if isinstance(std, float) else None,
        kind,
        decimals=_DECIMALS.get(column.key),
    )
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:{column.key} of scan {row['scan']}")


TABLES = {"scans": scans}
