"""Thermograms as measurements: values checked, percent converted to milligrams, stages kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.units import UnitSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]

MARK = "simulated by halfcell"
_FEWEST = 20
_MASS = UnitSet(("mg", "g", "ug"), into=("mg",), any_case=False)


def thermogram(
    time: Array, temperature: Array, mass: Array, meta: Mapping[str, Json], stage: Array | None = None
) -> Measurement:
    """A measurement from time (s), temperature (degC), mass (mg) and the stage of the temperature program.

    Raises
    ------
    InputError
        If there are too few records, a value is not a number, or temperature or mass are out of range.
    """
    if len(time) < _FEWEST:
        raise InputError(f"only {len(time)} records, at least {_FEWEST} are needed", hint="the file may be truncated")
    for name, values in (("time", time), ("temperature", temperature), ("mass", mass)):
        if not np.all(np.isfinite(values)):
            raise InputError(f"a {name} is not a number", hint="the file is damaged")
    if temperature.min() < -200.0 or temperature.max() > 3000.0 or np.max(np.abs(mass)) > 1e6:
        raise InputError("temperature or mass out of range for a thermobalance", hint="the file is damaged")
    back = int(np.count_nonzero(np.diff(time) < 0))
    notes: tuple[Note, ...] = ()
    if back:
        notes = (Note("doubt", "time_backwards", f"the time goes backwards at {back} of {len(time)} records"),)
    columns = {"test_time_second": time, "temperature_degc": temperature, "mass_milligram": mass}
    if stage is not None:
        columns["stage_count"] = stage
    return Measurement(technique="thermogravimetry", columns=columns, meta=meta, notes=notes)


def in_milligrams(values: Array, unit: str, sample_mass: float | None) -> Array:
    """Masses in mg, from mg, g, ug or percent of the sample mass.

    Raises
    ------
    InputError
        If the unit is unknown, or the mass is in percent and the sample mass is missing.
    """
    factor = _MASS.factor(unit)
    if factor is not None:
        return values * factor
    if unit == "%":
        if not sample_mass or sample_mass <= 0:
            raise InputError("the mass is in % and the sample mass is missing", hint="export it in mg")
        return values * sample_mass / 100.0
    raise InputError(f"unknown unit of mass: {unit!r}", hint=f"known: %, {', '.join(_MASS.units)}")


def rows_of(lines: Sequence[str], width: int, first: int, separator: str | None = None) -> Array:
    """Read rows of numbers; the first other line ends them, unless numbers follow.

    Raises
    ------
    InputError
        If there is unexpected text between rows of numbers, or there are no rows.
    """
    found: list[list[float]] = []
    bad = 0
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        values = _values(line, separator)
        if values is None or len(values) < width:
            bad = bad or number
        elif bad and len(values) >= width:
            raise InputError("unexpected text in a data row", f"line {bad}", "the file is damaged")
        else:
            found.append(values[:width])
    if not found:
        raise InputError("no rows of numbers", f"line {first}", "the file may be truncated")
    return np.array(found, dtype=float)


def _values(line: str, separator: str | None) -> list[float] | None:
    try:
        return [float(part) for part in line.split(separator) if part.strip()]
    except ValueError:
        return None
