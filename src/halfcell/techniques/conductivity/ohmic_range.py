"""A sweep made ready: branches, instrument limits, sign, and the range in which the pellet is ohmic."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.maths.line import Polynomial, polynomial, robust_line
from halfcell.techniques.common.measurement_checks import sound

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.conductivity.records import Reals, Settings

Marks = NDArray[np.bool_]
_FEWEST = 6


@dataclass(frozen=True, eq=False)
class Sweep:
    """Voltage and current, which points are ohmic and used, the line I = a + b V, and what was said on the way."""

    voltage: Reals
    current: Reals
    used: Marks
    line: Polynomial
    cubic_share: float
    notes: tuple[Note, ...]


def prepare(measurement: Measurement, settings: Settings) -> Sweep:
    """Find the ohmic line of a sweep.

    Raises
    ------
    InputError
        If a column is missing.
    Refused
        If fewer than 6 points are left, or the current does not depend on the voltage.
    """
    sound(measurement, "voltage_volt", "current_ampere")
    voltage = np.asarray(measurement["voltage_volt"], dtype=float)
    current = np.asarray(measurement["current_ampere"], dtype=float)
    good = np.isfinite(voltage) & np.isfinite(current)
    voltage, current = voltage[good], current[good]
    notes: list[Note] = []
    used = _unlimited(voltage, current, notes)
    if settings.largest_voltage_volt is not None:
        used &= np.abs(voltage) <= settings.largest_voltage_volt * (1 + 1e-9)
    if used.sum() < _FEWEST or float(np.ptp(voltage[used])) == 0.0:
        raise Refused(f"{int(used.sum())} points are too few for a line", measurement.where, "sweep the voltage")
    used, cubic = _ohmic(voltage, current, used, settings.nonlinearity_limit_percent / 100, notes)
    line = _line(voltage, current, used, notes)
    if abs(line.values[1]) <= 3 * line.std[1]:
        raise Refused("the current does not depend on the voltage within its noise", measurement.where, "no contact?")
    if line.values[1] < 0:
        text = "the current falls with the voltage: the instrument counts it with the other sign; turned"
        notes.append(Note("correction", "current_sign", text))
        current = -current
        line = Polynomial(-line.values, line.covariance, line.sigma, line.used)
    return Sweep(voltage, current, line.used, line, cubic, tuple(notes))


def _unlimited(voltage: Reals, current: Reals, notes: list[Note]) -> Marks:
    """Without the points at the instrument's current limit: a run of four or more equal extreme currents."""
    used = np.ones(len(voltage), dtype=bool)
    for extreme in (float(current.max()), float(current.min())):
        at = np.abs(current - extreme) <= 1e-6 * max(abs(extreme), 1e-300)
        moving = float(np.ptp(voltage[at])) > 0.02 * float(np.ptp(voltage)) if at.any() else False
        if at.sum() >= 4 and moving and not at.all():
            used &= ~at
    if not used.all():
        text = f"{int((~used).sum())} points at the instrument's current limit ({np.abs(current).max():.3g} A) left out"
        notes.append(Note("correction", "compliance", text))
    return used


def _ohmic(voltage: Reals, current: Reals, used: Marks, limit: float, notes: list[Note]) -> tuple[Marks, float]:
    """Narrow the range until the cubic term is below `limit` of the linear one at its end, or not significant."""
    whole = float(np.max(np.abs(voltage[used])))
    first = share = 0.0
    for step in range(12):
        reach = whole * 0.8**step
        inside = used & (np.abs(voltage) <= reach * (1 + 1e-9))
        if inside.sum() < max(_FEWEST, 12) or float(np.ptp(voltage[inside])) < reach:
            break
        cubic = polynomial(voltage, current, 3, used=robust_line(voltage[inside], current[inside]).used_in(inside))
        share = abs(float(cubic.values[3])) * reach**2 / max(abs(float(cubic.values[1])), 1e-300)
        sure = abs(cubic.values[3]) > 4 * cubic.std[3]
        first = share if step == 0 and sure else first
        if not sure or share < limit:
            if step:
                text = f"not ohmic beyond {reach:.3g} V (cubic part {100 * first:.1f} % at {whole:.3g} V): fitted below"
                notes.append(Note("doubt", "not_ohmic", text))
            return inside, share if sure else 0.0
    text = f"the cubic part stays at {100 * share:.1f} % of the linear one: there is no ohmic range"
    notes.append(Note("doubt", "not_ohmic", text))
    return used, share


def _line(voltage: Reals, current: Reals, used: Marks, notes: list[Note]) -> Polynomial:
    found = robust_line(voltage[used], current[used])
    marks = found.used_in(used)
    wild = int(used.sum()) - int(marks.sum())
    if wild:
        notes.append(Note("correction", "outliers_dropped", f"{wild} points far off the line were left out"))
    return Polynomial(found.values, found.covariance, found.sigma, marks)


def branches(voltage: Reals) -> list[slice]:
    """The forward and backward branches: between the turning points of the voltage."""
    steps = np.sign(np.diff(voltage))
    moving = np.flatnonzero(steps)
    turns = moving[1:][steps[moving[1:]] != steps[moving[:-1]]]
    edges = [0, *(turns + 1).tolist(), len(voltage)]
    return [slice(a, b) for a, b in pairwise(edges) if b - a >= _FEWEST]
