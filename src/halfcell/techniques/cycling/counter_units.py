"""Counters in another unit than the integral of the current: named by a clean factor, decided by what the file states.

A factor of 60, 1000 or 3600 between a counter and our integral is no error of measurement: it is a unit. Which of the
two is right is told by the instrument's clock and by the counter of energy; where neither tells it, the charge is
refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.maths.half_cycles import HalfCycles

    Floats = NDArray[np.float64]

_CLEAN = (60.0, 1000.0, 3600.0)  # min/h or s/min, milli, s/h
_WITHIN = 0.02  # fraction by which a factor may differ from a clean one
_REPORTED = 0.01  # a single energy that differs by more than this from its integral is reported
_TRUSTED = 0.01  # energies of one direction that differ by more, beyond what sparse records allow, are not used
_MEANING = {
    60.0: "the time may be in minutes, not in seconds",
    1000.0: "one of the current and the counters may be in thousandths (mA, mAh) of the unit that was read",
    3600.0: "the time may be in hours, or the counters in As and Ws (J)",
}
_MILLI = 1000.0  # of the clean factors: one that no mistake of a clock explains


def clean_factor(ratio: float) -> float | None:
    """The factor of 60, 1000 or 3600, or one over it, that a ratio is.

    Parameters
    ----------
    ratio
        What counters gained over our integral.

    Returns
    -------
    float or None
        None where it is none of them, within 2 %.

    Source: definition: minutes per hour or seconds per minute, milli, seconds per hour.
    """
    if not (np.isfinite(ratio) and ratio > 0):
        return None
    size = max(ratio, 1.0 / ratio)
    found = next((factor for factor in _CLEAN if abs(size / factor - 1.0) <= _WITHIN), None)
    return None if found is None else found if ratio > 1.0 else 1.0 / found


def other_unit(where: str, charge: float, energy: float | None, *, clock_agrees: bool) -> tuple[Note, ...]:
    """A doubt where the counters of charge are in another unit and the integral is known to be right.

    Parameters
    ----------
    where
        The file, for the error.
    charge, energy
        What the counters gained over our integral (median of the half cycles); None where energy is not counted.
    clock_agrees
        Whether the instrument's clock runs as fast as the test time does.

    Returns
    -------
    tuple of Note
        Empty where there is nothing to say.

    Raises
    ------
    Refused
        If the factor is clean and nothing in the file tells whether the counters or the integral are in another unit.

    Source: procedure of this package.
    """
    factor = clean_factor(charge)
    if factor is None:
        return ()
    size = max(factor, 1.0 / factor)
    what = f"the counters of charge are {factor_text(factor)} our integral of current over time"
    if energy is not None and abs(energy - 1.0) <= _WITHIN:
        why = "the counters of energy agree with their integral, so the counters of charge are in another unit"
        return (Note("doubt", "counter_unit", f"{what}: {why}"),)
    if size != _MILLI and clock_agrees:
        why = "the clock agrees with the test time, so the counters are in another unit; export them in Ah"
        return (Note("doubt", "counter_unit", f"{what}: {why}"),)
    hint = "correct the unit (a column map gives units), or say which is right: charge_from = counters or integral"
    raise Refused(f"no capacity: {what}, a factor between units: {_MEANING[size]}", where, hint)


def factor_text(factor: float) -> str:
    """How a factor between units is said: ``60 times`` or ``1/60 of``."""
    return f"{factor:g} times" if factor > 1.0 else f"1/{1.0 / factor:.0f} of"


def checked_energy(
    counted: Floats | None, charge: Floats, table: HalfCycles, allowed: Callable[[], float]
) -> tuple[Floats, tuple[Note, ...]]:
    """Energy (Wh) of each half cycle: as counted where that agrees with the integral of I V dt, else our mean voltage.

    Parameters
    ----------
    counted
        What the counters of energy gained (Wh), shape (half cycles,); None where there are none.
    charge
        The charge (Ah) that is used, shape (half cycles,).
    table
        Our integrals.
    allowed
        Gives the fraction by which the median may differ, as records are sparse; asked for only where it matters.

    Returns
    -------
    energy, notes
        Wh, shape (half cycles,), and what was done.

    Source: procedure of this package.
    """
    ours = table.energy_wh / table.charge_ah * charge
    if counted is None:
        return ours, ()
    counted = np.copysign(counted, ours)  # counters have no sign, a voltage below zero has
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(ours != 0.0, counted / ours, np.inf)
    away = np.abs(ratio - 1.0)
    ways = [table.direction == way for way in (1, -1) if np.any(table.direction == way)]
    worst = max(ways, key=lambda way: float(np.median(away[way])))
    if (differ := float(np.median(away[worst]))) > _TRUSTED and differ > _TRUSTED + allowed():
        usual = float(np.median(ratio[worst]))
        factor = clean_factor(usual)
        size = f"{factor_text(factor)} it, a factor between units" if factor else f"{usual:.3g} times it"
        text = (
            f"the counters of energy differ from our integral of current times voltage ({size}); the integral is used"
        )
        return ours, (Note("doubt", "energy_counters_differ", text),)
    large = int(np.count_nonzero(away > _REPORTED))
    if not large:
        return counted, ()
    text = f"counted energy and our integral differ by more than {100 * _REPORTED:g} % in {large} of {len(away)} half "
    text += f"cycles, by up to {100 * float(away.max()):.3g} %"
    return counted, (Note("doubt", "energy_counters_differ", text),)
