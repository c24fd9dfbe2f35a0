"""A sweep made ready: branches, instrument limits, sign, and the range in which the pellet is ohmic."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.maths.differential_capacity import last_digit
from halfcell.maths.straight_line import Polynomial, polynomial, robust_line
from halfcell.techniques.common.measurement_checks import is_noted, sound

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.conductivity.settings import Settings

Reals = NDArray[np.float64]
Marks = NDArray[np.bool_]
_FEWEST = 6  # points of a line
_SURE = 4.0  # standard uncertainties of a loop that is taken out
_NARROWER = 0.8  # by which the range is narrowed in one step, at most twelve times
_AT_LIMIT = 4  # readings at one greatest current: a limit of the instrument; fewer are a peak
_SLOPED = 3  # standard uncertainties of a slope that is one
_EQUAL = 1e-6  # relative: currents at the limit of an instrument are equal
_BENT = 4  # standard uncertainties of a cubic part that is one


@dataclass(frozen=True, eq=False, kw_only=True)
class Sweep:
    """Voltage and current, which points are ohmic and used, the line I = a + b V, and what was noted on the way.

    `loop` (A) is what the current has more on rising voltage than the line, and less on falling: a capacitance has C
    dV/dt. The line is that without it.
    """

    voltage: Reals
    current: Reals
    used: Marks
    line: Polynomial
    loop: float
    cubic_share: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Chosen:
    """The points that are used, the cubic part of the current among them, and a note on those left out."""

    used: Marks
    cubic_share: float = 0.0
    notes: tuple[Note, ...] = ()


def ohmic_sweep(measurement: Measurement, settings: Settings) -> Sweep:
    """Find the ohmic line of a sweep.

    Parameters
    ----------
    measurement
        Voltage (V) and current (A) of a sweep, shape (n,).
    settings
        The range of voltages (V) where one is set, and which points are left out.

    Returns
    -------
    Sweep
        The points that are used and their line I = a + b V (A, A/V), the loop of a capacitance (A), and what was
        noted.

    Raises
    ------
    InputError
        If a column is missing.
    Refused
        If fewer than 6 points are left, the current does not depend on the voltage, or has no sign.

    Source: procedure of this package; the line by least squares.
    """
    sound(measurement, "voltage_volt", "current_ampere")
    voltage = np.asarray(measurement["voltage_volt"], dtype=float)
    current = np.asarray(measurement["current_ampere"], dtype=float)
    good = np.isfinite(voltage) & np.isfinite(current)
    voltage, current = voltage[good], current[good]
    _must_have_sign(measurement, voltage)
    free = _unlimited(voltage, current)
    used = free.used
    if settings.largest_voltage_volt is not None:
        used = used & (np.abs(voltage) <= settings.largest_voltage_volt * (1 + 1e-9))
    if used.sum() < _FEWEST or float(np.ptp(voltage[used])) == 0.0:
        raise Refused(f"{int(used.sum())} points are too few for a line", measurement.where, "sweep the voltage")
    loop = loop_current(voltage, current, used)
    closed = current - loop * directions(voltage)
    ohmic = _ohmic(voltage, closed, used, settings.nonlinearity_limit_percent / 100)
    line = _line(voltage, closed, ohmic.used)
    if abs(line.values[1]) <= _SLOPED * line.std[1]:
        raise Refused("the current does not depend on the voltage within its noise", measurement.where, "no contact?")
    wild = _outliers(int(ohmic.used.sum()) - int(line.used.sum()))
    sweep = Sweep(
        voltage=voltage,
        current=current,
        used=line.used,
        line=line,
        loop=loop,
        cubic_share=ohmic.cubic_share,
        notes=(*free.notes, *ohmic.notes, *wild),
    )
    return sweep if line.values[1] > 0 else _inverted(sweep)


def _must_have_sign(measurement: Measurement, voltage: Reals) -> None:
    """Refuse a current whose direction the reader could not find, where the voltage goes through zero."""
    if voltage.min() < 0 < voltage.max() and is_noted(measurement, "sign_unknown"):
        what = "the current has no sign, although the voltage goes through zero"
        raise Refused(what, measurement.where, "export the current with its sign")


def _inverted(sweep: Sweep) -> Sweep:
    """A sweep whose current falls with the voltage, with the sign of the current inverted."""
    text = "the current falls with the voltage: the instrument counts it with the other sign, so the sign was inverted"
    line = Polynomial(-sweep.line.values, sweep.line.covariance, sweep.line.sigma, sweep.line.used)
    return Sweep(
        voltage=sweep.voltage,
        current=-sweep.current,
        used=sweep.used,
        line=line,
        loop=-sweep.loop,
        cubic_share=sweep.cubic_share,
        notes=(*sweep.notes, Note("correction", "current_sign", text)),
    )


def _unlimited(voltage: Reals, current: Reals) -> Chosen:
    """Without the points at the instrument's current limit: a run of four or more equal extreme currents.

    They span more than 2 % of the voltages, and more than twice what one digit of the current does.
    """
    used = np.ones(len(voltage), dtype=bool)
    span = float(np.ptp(current))
    digit = last_digit(current, 1e-9 * span) / span if span > 0 else 0.0
    width = max(0.02, 2.0 * digit) * float(np.ptp(voltage))
    for extreme in (float(current.max()), float(current.min())):
        at = np.abs(current - extreme) <= _EQUAL * max(abs(extreme), 1e-300)
        moving = float(np.ptp(voltage[at])) > width if at.any() else False
        if at.sum() >= _AT_LIMIT and moving and not at.all():
            used &= ~at
    if used.all():
        return Chosen(used=used)
    limit = f"{np.abs(current).max():.3g} A"
    text = f"{int((~used).sum())} points at the instrument's current limit ({limit}) were left out"
    return Chosen(used=used, notes=(Note("correction", "compliance", text),))


def _ohmic(voltage: Reals, current: Reals, used: Marks, limit: float) -> Chosen:
    """Narrow the range until the cubic term is below `limit` of the linear one at its end, or not significant."""
    whole = float(np.max(np.abs(voltage[used])))
    first = share = 0.0
    for step in range(12):
        reach = whole * _NARROWER**step
        inside = used & (np.abs(voltage) <= reach * (1 + 1e-9))
        if inside.sum() < max(_FEWEST, 12) or float(np.ptp(voltage[inside])) < reach:
            break
        cubic = polynomial(voltage, current, 3, used=robust_line(voltage[inside], current[inside]).used_in(inside))
        share = abs(float(cubic.values[3])) * reach**2 / max(abs(float(cubic.values[1])), 1e-300)
        sure = abs(cubic.values[3]) > _BENT * cubic.std[3]
        first = share if step == 0 and sure else first
        if not sure or share < limit:
            text = f"not ohmic beyond {reach:.3g} V (cubic part {100 * first:.1f} % at {whole:.3g} V): fitted below"
            notes = (Note("doubt", "not_ohmic", text),) if step else ()
            left = share if sure else first * _NARROWER ** (2 * step)  # that of the whole range, over the narrower one
            return Chosen(used=inside, cubic_share=left, notes=notes)
    text = f"the cubic part stays at {100 * share:.1f} % of the linear one: there is no ohmic range"
    return Chosen(used=used, cubic_share=share, notes=(Note("doubt", "not_ohmic", text),))


def _line(voltage: Reals, current: Reals, used: Marks) -> Polynomial:
    """The straight line through the used points, without those far off it."""
    found = robust_line(voltage[used], current[used])
    return Polynomial(found.values, found.covariance, found.sigma, found.used_in(used))


def _outliers(count: int) -> tuple[Note, ...]:
    text = f"{count} points far off the line were left out"
    return (Note("correction", "outliers_dropped", text),) if count else ()


def branches(voltage: Reals) -> list[slice]:
    """The forward and backward branches: between the turning points of the voltage.

    Parameters
    ----------
    voltage
        V, shape (n,).

    Returns
    -------
    list of slice
        Branches of six points or more.

    Source: definition.
    """
    steps = np.sign(np.diff(voltage))
    moving = np.flatnonzero(steps)
    turns = moving[1:][steps[moving[1:]] != steps[moving[:-1]]]
    edges = [0, *(turns + 1).tolist(), len(voltage)]
    return [slice(a, b) for a, b in pairwise(edges) if b - a >= _FEWEST]


def directions(voltage: Reals) -> Reals:
    """The direction of the voltage at each point.

    Parameters
    ----------
    voltage
        V, shape (n,).

    Returns
    -------
    numpy.ndarray
        1 where it rises, -1 where it falls, 0 outside branches, shape (n,).

    Source: definition.
    """
    signs = np.zeros(len(voltage))
    for part in branches(voltage):
        signs[part] = np.sign(voltage[part][-1] - voltage[part][0])
    return signs


def loop_current(voltage: Reals, current: Reals, used: Marks) -> float:
    """Half the distance of rising and falling branches by one slope and one intercept per direction.

    I = a + b V + c s + d V^3, s = 1 on rising and -1 on falling voltage; c is zero where it is within four standard
    uncertainties or where only one direction was measured.

    Parameters
    ----------
    voltage, current
        V and A, shape (n,).
    used
        Which points count, shape (n,).

    Returns
    -------
    float
        c, A.

    Source: definition, by least squares.
    """
    signs = directions(voltage)
    inside = used & (signs != 0)
    if min(int((signs[inside] > 0).sum()), int((signs[inside] < 0).sum())) < _FEWEST:
        return 0.0
    x = voltage[inside] / float(np.max(np.abs(voltage[inside])))
    table = np.stack([np.ones(len(x)), x, signs[inside], x**3], axis=1)
    values, _, _, _ = np.linalg.lstsq(table, current[inside], rcond=1e-12)
    left = current[inside] - table @ values
    variance = float(left @ left) / max(len(x) - 4, 1)
    std = float(np.sqrt(variance * np.linalg.pinv(table.T @ table)[2, 2]))
    return float(values[2]) if abs(values[2]) > _SURE * std else 0.0
