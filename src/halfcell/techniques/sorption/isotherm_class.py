"""The class of an isotherm and of its hysteresis loop (IUPAC 2015), from features with thresholds; or undecided.

References
----------
M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051, sections 4.2 and 4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.sorption.branches import Branch

    Array = NDArray[np.float64]

_LOOP = 0.03  # least height of a hysteresis
_RISE = 0.25  # growth beyond 0.9 from which there is no plateau
_FEWEST = 20  # points of the grid
_STEP = 2.5  # least steepness of a capillary condensation


@dataclass(frozen=True, kw_only=True)
class Features:
    """What the class is decided from, all as parts of the uptake at p/p0 = 0.9 (or the highest pressure below it).

    `start`, `end`: pressures measured; `ultra`, `low`: uptake at 0.001 and 0.05; `knee`: uptake at 0.1 over that at
    0.3; `rise`: growth from 0.9 to the end; `step`: steepest slope between 0.15 and 0.8 over the mean slope there,
    `step_loop`: height of the hysteresis at it; `loop`: the greatest height of the hysteresis (None without a
    desorption); `closing`: what the loop loses between 0.52 and 0.42; `steepness`: the desorption's steepest slope
    over the adsorption's; `upper`: the desorption's steepest slope above 0.6 over its mean slope there.
    """

    start: float
    end: float
    ultra: float
    low: float
    knee: float
    rise: float
    step: float
    step_loop: float
    loop: float | None
    closing: float
    steepness: float
    upper: float


def features(up: Branch, down: Branch | None) -> Features:
    """Measure the features of an isotherm."""
    end = float(up.pressure[-1])
    unit = float(np.interp(min(0.9, end), up.pressure, up.loading))
    at = {p: float(np.interp(p, up.pressure, up.loading)) / unit for p in (0.001, 0.05, 0.1, 0.3)}
    grid = np.linspace(0.15, max(min(end, 0.95), 0.2), 160)
    rising = np.interp(grid, up.pressure, up.loading) / unit
    falling = rising if down is None else np.interp(grid, down.pressure, down.loading) / unit
    middle = grid <= 0.8
    mean = max(float(np.ptp(rising[middle])) / float(np.ptp(grid[middle])), 1e-9)
    slope, place = _steepest(grid[middle], rising[middle])
    near = np.abs(grid - place) < 0.1
    height = falling - rising
    above, steepest = grid > 0.6, max(_steepest(grid, rising)[0], 1e-9)
    mean_above = max(float(np.ptp(falling[above])) / 0.35, 1e-9) if above.any() else 1.0
    closing = np.interp(0.52, grid, height) - np.interp(0.42, grid, height)
    return Features(
        start=float(up.pressure[0]),
        end=end,
        ultra=at[0.001],
        low=at[0.05],
        knee=at[0.1] / max(at[0.3], 1e-9),
        rise=float(up.loading[-1]) / unit - 1.0,
        step=slope / mean,
        step_loop=float(np.max(height[near])),
        loop=None if down is None else float(np.max(height)),
        closing=float(closing),
        steepness=_steepest(grid, falling)[0] / steepest,
        upper=_steepest(grid[above], falling[above])[0] / mean_above if int(above.sum()) > _FEWEST else 0.0,
    )


def _steepest(grid: Array, values: Array) -> tuple[float, float]:
    """Steepest slope over stretches of 0.05, and where it is."""
    width = max(int(0.05 / float(grid[1] - grid[0])), 1)
    rises = (values[width:] - values[:-width]) / (grid[width] - grid[0])
    best = int(np.argmax(rises))
    return float(rises[best]), float(grid[best] + 0.025)


def isotherm_type(f: Features) -> str:
    """I(a), I(b), II, III, IV(a), IV(b), V or undecided: the first rule that holds."""
    looped = f.loop is not None and f.loop > _LOOP
    plateau = f.rise < _RISE
    rules = (
        (f.end < 0.9 or f.start > 0.1, "undecided"),
        (f.knee < 0.45 and (looped or f.step > _STEP), "V"),
        (f.knee < 0.45, "III"),
        (f.low > 0.75 and plateau and f.ultra > 0.8 * f.low and f.start < 0.002, "I(a)"),
        (f.low > 0.75 and plateau, "I(b)"),
        (f.low > 0.5, "undecided"),  # micropores and something else
        (f.loop is None, "undecided"),
        (f.step > _STEP and f.step_loop > _LOOP, "IV(a)"),
        (f.step > _STEP, "IV(b)"),
        (looped and plateau, "IV(a)"),
        (not plateau, "II"),
    )
    return next((kind for holds, kind in rules if holds), "undecided")


def hysteresis(f: Features) -> str:
    """H1, H2(a), H2(b), H3, H4, H5, none or undecided: the first rule that holds.

    H5: the desorption falls in two steps, one of open pores and one of blocked ones, which empty by cavitation. H2(a):
    it falls much more steeply than the adsorption rises. H2(b): more steeply, but over a range of pressures (necks of
    different widths).
    """
    if f.loop is None:
        return "undecided"
    rules = (
        (f.loop < _LOOP, "none"),
        (f.low > 0.45, "H4"),
        (f.rise > _RISE, "H3"),
        (f.closing > 0.1 and f.upper > _STEP and f.step_loop > _LOOP, "H5"),
        (f.steepness > 2.5 or (f.steepness > 1.6 and f.closing > 0.1), "H2(a)"),
        (f.steepness > 1.6, "H2(b)"),
        (f.steepness > 0.55, "H1"),
    )
    return next((kind for holds, kind in rules if holds), "undecided")
