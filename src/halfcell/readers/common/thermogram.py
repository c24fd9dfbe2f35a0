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
    time: Array,
    temperature: Array,
    mass: Array,
    meta: Mapping[str, Json],
    stage: Array | None = None,
    notes: tuple[Note, ...] = (),
) -> Measurement:
    """A measurement from time (s), temperature (degC), mass (mg) and the stage of the temperature program.

    Raises
    ------
    InputError
        If there are too few records, a value is not a number, temperature or mass are out of range, or the mass is the
        same in all records.
    """
    if len(time) < _FEWEST:
        raise InputError(f"{len(time)} records, at least {_FEWEST} are needed")
    for name, values in (("time", time), ("temperature", temperature), ("mass", mass)):
        if not np.all(np.isfinite(values)):
            place = int(np.argmin(np.isfinite(values))) + 1
            raise InputError(f"the {name} of record {place} is not a number", hint="export it again, or correct it")
    if temperature.min() < -200.0 or temperature.max() > 3000.0 or np.max(np.abs(mass)) > 1e6:
        what = (
            f"temperatures from {temperature.min():.4g} to {temperature.max():.4g} degC, masses up to"
            f" {np.max(np.abs(mass)):.4g} mg: out of range for a thermobalance"
        )
        raise InputError(what, hint="check the units, or whether the columns are others")
    if np.ptp(mass) == 0:
        what = f"the mass is {mass[0]:g} mg in all {len(mass)} records: the balance recorded nothing"
        raise InputError(what, hint="a run without TG (DSC only) has no mass loss")
    back = int(np.count_nonzero(np.diff(time) < 0))
    if back:
        text = f"the time goes backwards at {back} of {len(time)} records"
        notes = (*notes, Note("doubt", "time_backwards", text))
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
            raise InputError(
                "unknown layout: unexpected text in a data row", f"line {bad}", f"expected {width} numbers"
            )
        else:
            found.append(values[:width])
    if not found:
        raise InputError("no rows of numbers", f"line {first}", f"expected {width} numbers per row")
    return np.array(found, dtype=float)


def _values(line: str, separator: str | None) -> list[float] | None:
    try:
        return [float(part) for part in line.split(separator) if part.strip()]
    except ValueError:
        return None
