"""Current and voltage as a table (Keithley, Keysight, plain .csv or .xlsx): I-V sweeps and current-time curves.

Columns are recognised by their headers, in any order and unit. Only tables whose columns are all voltage, current,
time, resistance, power or a counter are recognised, so that tables of a cycler (with capacities, steps, cycles) are
not. Without a time the table is an I-V sweep. With a time it is a polarisation if the voltage is missing or constant,
and a sweep if current and voltage are correlated (above 0.98); anything else is left to other readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.units import UnitSet
from halfcell.readers.common import record_checks, spreadsheets, text_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".csv", ".txt", ".tsv", ".dat", ".xlsx", ".xls")

_MARK = "simulated by halfcell"
_DEEPEST = 60
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("voltage_volt", re.compile(r"(smu\d? |source |measured |channel \d )?(voltage|volts?|potential|bias|v|u|vf|ewe)")),
    ("current_ampere", re.compile(r"(smu\d? |source |measured |channel \d )?(current|i|im|reading current)")),
    ("test_time_second", re.compile(r"(relative |elapsed |test )?(time|t)")),
    ("", re.compile(r"(no\.?|#|index|point|reading|repeat|sweep|number|resistance|r|power|p|conductance|status)")),
)
_UNITS = {
    "voltage_volt": UnitSet(("V", "mV", "uV", "kV"), into=("V",), any_case=False),
    "current_ampere": UnitSet(("A", "mA", "uA", "nA", "pA"), into=("A",), any_case=False),
    "test_time_second": UnitSet(("s", "ms", "min", "h"), into=("s",), any_case=False),
}
_WITH_UNIT = re.compile(r"^(.*?)\s*(?:[(\[]([^()\[\]]*)[)\]]|/\s*([^/]+))\s*$")
_FOREIGN = re.compile(r"voltage_volt|Voltage / V|EC-Lab|^EXPLAIN|Instrument Model:\s*CHI", re.MULTILINE)


@dataclass(frozen=True)
class _Head:
    """The row of column headers: its index, and for each canonical name the column and the factor."""

    line: int
    columns: dict[str, tuple[int, float]]


def recognises(raw: RawFile) -> bool:
    """Whether every column header is known and the table is a sweep or a record at constant voltage."""
    try:
        if not raw.head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            text = text_files.decode(text_files.lines_as_lf(raw.head))
            if "\0" in text or _FOREIGN.search(text):
                return False
            rows = spreadsheets.text_rows(raw.head)[: -1 if len(raw.head) >= 65536 else None]
            return _kind(rows) is not None
        return any(_kind(rows) is not None for rows in spreadsheets.sheets(raw).values())
    except InputError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every sweep or record of the file, one per table.

    Raises
    ------
    InputError
        If the workbook is damaged, a value is not a number, or there are no records.
    """
    made = []
    for title, rows in spreadsheets.sheets(raw).items():
        head = _head(rows)
        if head is None:
            continue
        columns = _columns(rows, head)
        technique = _technique(columns)
        if technique is not None:
            meta: dict[str, Json] = {"title": title} if title else {}
            meta |= {"simulated": True} if _MARK.encode() in raw.head else {}
            notes = record_checks.check(columns, ("current_ampere",))
            made.append(Measurement(technique=technique, columns=columns, meta=meta, notes=notes))
    if not made:
        raise InputError("no sweep and no record at constant voltage", hint="name the columns in the study file")
    return tuple(made)


def _kind(rows: spreadsheets.Rows) -> str | None:
    head = _head(rows)
    if head is None:
        return None
    try:
        return _technique(_columns(rows, head))
    except InputError:
        return "damaged"  # the columns are known: `parse` reports what is wrong


def _head(rows: spreadsheets.Rows) -> _Head | None:
    """The first row whose cells are all known column headers, with current and voltage or time among them."""
    for line, cells in enumerate(rows[:_DEEPEST]):
        texts = [cell for cell in cells if cell is not None]
        if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
            continue
        found = [_one(cell) if isinstance(cell, str) else ("", 1.0) for cell in cells]
        if any(item is None for item in found):
            continue
        columns = {item[0]: (place, item[1]) for place, item in reversed(list(enumerate(found))) if item and item[0]}
        if "current_ampere" in columns and len(columns) >= 2:
            return _Head(line, columns)
    return None


def _one(text: str) -> tuple[str, float] | None:
    """The canonical name (empty if the column is not used) and the factor of a header; None if it is unknown."""
    match = _WITH_UNIT.match(text.strip().strip('"'))
    name, unit = (match[1], (match[2] if match[2] is not None else match[3]).strip()) if match else (text, "")
    bare = re.sub(r"[\s_]+", " ", name).strip().lower()
    for ours, pattern in _NAMES:
        if pattern.fullmatch(bare):
            if not ours:
                return "", 1.0
            factor = _UNITS[ours].factor(unit) if unit else 1.0
            return None if factor is None else (ours, factor)
    return None


def _columns(rows: spreadsheets.Rows, head: _Head) -> dict[str, NDArray[np.float64]]:
    kept: list[list[float]] = []
    for line, row in enumerate(rows[head.line + 1 :], start=head.line + 2):
        if all(cell is None for cell in row):
            continue
        values = [row[place] if place < len(row) else None for place, _ in head.columns.values()]
        numbers = [float(v) for v in values if isinstance(v, int | float)]
        if len(numbers) < len(values):
            shown = next(v for v in values if not isinstance(v, int | float))
            text = "a value is missing" if shown is None else f"{str(shown)[:30]!r} is not a number"
            raise InputError(text, f"line {line}", "copy or export it again")
        kept.append(numbers)
    table = np.array(kept, dtype=float).reshape(-1, len(head.columns))
    return {name: table[:, i] * factor for i, (name, (_, factor)) in enumerate(head.columns.items())}


def _technique(columns: dict[str, NDArray[np.float64]]) -> str | None:
    """``conductivity`` for a sweep, ``polarisation`` for a record at constant voltage, None for anything else."""
    voltage, current = columns.get("voltage_volt"), columns["current_ampere"]
    if len(current) < 6:
        return None
    if "test_time_second" not in columns:
        return "conductivity" if voltage is not None and float(np.ptp(voltage)) > 0 else None
    if voltage is None:
        return "polarisation"
    late = voltage[len(voltage) // 4 :]
    if float(np.ptp(late)) <= 0.02 * abs(float(np.median(late))):
        return "polarisation" if float(np.ptp(current)) > 0 else None
    if float(np.ptp(voltage)) == 0 or float(np.ptp(current)) == 0:
        return None
    return "conductivity" if abs(float(np.corrcoef(voltage, current)[0, 1])) > 0.98 else None
