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
_RISE = 0.25  # growth beyond 0.9 from which there is no plateau, unless the last part of the pressures has one
_LAST, _FLAT = 0.03, 0.1  # the last part of p/p0, and the part of the uptake by which a plateau may grow in it
_FEWEST = 20  # points of the grid
_STEP = 2.5  # least steepness of a capillary condensation
_INSIDE = 0.77  # a step is steepest below this: what grows up to the end of the range is none
_BLOCKED = 2.1  # ratio of the logarithms of the pressures of emptying and filling; cylinders (Cohan) have less than 2
_CAVITATES = 0.5  # of the loop's height: what it loses between 0.52 and 0.42 where all pores empty by cavitation
_REACHES = (0.1, 0.9)  # p/p0 between which an isotherm must be known before it is classified
_NO_KNEE = 0.45  # uptake at p/p0 0.1 over that at 0.3: that of the BET equation with C = 7
_MICRO, _MIXED, _SOME = 0.75, 0.5, 0.45  # uptake at 0.05 over that at 0.9: micropores alone, with others, beside a loop
_ULTRA, _EARLY = 0.8, 0.002  # uptake at 0.001 over that at 0.05 of pores below 1 nm; a first point that shows it
_CLOSES = 0.1  # of the uptake at 0.9: what a loop loses between 0.52 and 0.42 if pores empty by cavitation
_SUDDEN, _STEEPER, _PARALLEL = 2.5, 1.6, 0.55  # steepest desorption over adsorption: chosen between IUPAC's drawings
_MIDDLE, _WITHIN, _ABOVE = 0.8, 0.1, 0.6  # p/p0: up to it a step is looked for; its half width; open pores empty above
_OPEN = 0.2  # of the greatest height of a loop: where its width is measured


@dataclass(frozen=True, kw_only=True)
class Features:
    """What the class is decided from, all as parts of the uptake at p/p0 = 0.9 (or the highest pressure below it).

    `start`, `end`: pressures measured; `ultra`, `low`: uptake at 0.001 and 0.05; `knee`: uptake at 0.1 over that at
    0.3; `rise`: growth from 0.9 to the end; `last`: growth over the last 0.03 of p/p0, as a part of all; `step`:
    steepest slope between 0.15 and 0.8 over the mean slope there (zero where it is at the end of the range),
    `step_loop`: height of the hysteresis at it; `loop`: the greatest height of the hysteresis (None without a
    desorption); `closing`: what the loop loses between 0.52 and 0.42; `steepness`: the desorption's steepest slope
    over the adsorption's; `upper`: the desorption's steepest slope above 0.6 over its mean slope there; `delay`:
    logarithm of the pressure of emptying over that of filling, the median over loadings in the loop.
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
    last: float = 0.0
    delay: float = 1.0

    @property
    def has_plateau(self) -> bool:
        """Whether the uptake has come to an end: little growth beyond 0.9, or large pores that are full at the end."""
        return self.rise < _RISE or self.last < _FLAT


def features(up: Branch, down: Branch | None) -> Features:
    """Measure the features of an isotherm.

    Parameters
    ----------
    up, down
        Both branches, rising in pressure; `down` may be missing.

    Returns
    -------
    Features
        Parts of the uptake at p/p0 = 0.9, without a unit.

    Source: procedure of this package.
    """
    end = float(up.pressure[-1])
    unit = float(np.interp(min(0.9, end), up.pressure, up.loading))
    at = {p: float(np.interp(p, up.pressure, up.loading)) / unit for p in (0.001, 0.05, 0.1, 0.3)}
    grid = np.linspace(0.15, max(min(end, 0.95), 0.2), 160)
    rising = np.interp(grid, up.pressure, up.loading) / unit
    falling = rising if down is None else np.interp(grid, down.pressure, down.loading) / unit
    middle = grid <= _MIDDLE
    mean = max(float(np.ptp(rising[middle])) / float(np.ptp(grid[middle])), 1e-9)
    slope, place = _steepest(grid[middle], rising[middle])
    near = np.abs(grid - place) < _WITHIN
    height = falling - rising
    above, steepest = grid > _ABOVE, max(_steepest(grid, rising)[0], 1e-9)
    mean_above = max(float(np.ptp(falling[above])) / 0.35, 1e-9) if above.any() else 1.0
    closing = np.interp(0.52, grid, height) - np.interp(0.42, grid, height)
    return Features(
        start=float(up.pressure[0]),
        end=end,
        ultra=at[0.001],
        low=at[0.05],
        knee=at[0.1] / max(at[0.3], 1e-9),
        rise=float(up.loading[-1]) / unit - 1.0,
        step=slope / mean if place < _INSIDE else 0.0,
        step_loop=float(np.max(height[near])),
        loop=None if down is None else float(np.max(height)),
        closing=float(closing),
        steepness=_steepest(grid, falling)[0] / steepest,
        upper=_steepest(grid[above], falling[above])[0] / mean_above if int(above.sum()) > _FEWEST else 0.0,
        last=1.0 - float(np.interp(end - _LAST, up.pressure, up.loading) / up.loading[-1]),
        delay=1.0 if down is None else _delay(up, down),
    )


def _delay(up: Branch, down: Branch) -> float:
    """Logarithm of the pressure at which pores empty over that at which they fill, at loadings in the loop."""
    pressure = np.linspace(0.3, float(min(up.pressure[-1], down.pressure[-1])), 400)
    rising, falling = (np.maximum.accumulate(np.interp(pressure, b.pressure, b.loading)) for b in (up, down))
    height = falling - rising
    open_ = height > _OPEN * float(height.max())
    if not open_.any():
        return 1.0
    levels = np.linspace(float(rising[open_][0]), float(falling[open_][-1]), 22)[5:17]
    filled, emptied = (np.log(np.interp(levels, branch, pressure)) for branch in (rising, falling))
    return float(np.median(emptied / filled))


def _steepest(grid: Array, values: Array) -> tuple[float, float]:
    """Steepest slope over stretches of 0.05, and where it is."""
    width = max(int(0.05 / float(grid[1] - grid[0])), 1)
    rises = (values[width:] - values[:-width]) / (grid[width] - grid[0])
    best = int(np.argmax(rises))
    return float(rises[best]), float(grid[best] + 0.025)


def isotherm_type(f: Features) -> str:
    """I(a), I(b), II, III, IV(a), IV(b), V or undecided: the first rule that holds."""
    looped = f.loop is not None and f.loop > _LOOP
    plateau = f.has_plateau
    rules = (
        (f.end < _REACHES[1] or f.start > _REACHES[0], "undecided"),
        (f.knee < _NO_KNEE and (looped or f.step > _STEP), "V"),
        (f.knee < _NO_KNEE, "III"),
        (f.low > _MICRO and plateau and f.ultra > _ULTRA * f.low and f.start < _EARLY, "I(a)"),
        (f.low > _MICRO and plateau, "I(b)"),
        (f.low > _MIXED, "undecided"),  # micropores and something else
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
    it falls much more steeply than the adsorption rises, or all of it by cavitation. H2(b): over a range of pressures
    (necks of different widths), but later than open cylinders empty, or more steeply than the adsorption rises.
    """
    if f.loop is None:
        return "undecided"
    rules = (
        (f.loop < _LOOP, "none"),
        (f.low > _SOME, "H4"),
        (not f.has_plateau, "H3"),
        (f.closing > _CLOSES and f.upper > _STEP and f.step_loop > _LOOP, "H5"),
        (f.steepness > _SUDDEN or (f.steepness > _STEEPER and f.closing > _CLOSES), "H2(a)"),
        (f.closing > _CAVITATES * f.loop and f.delay > _BLOCKED, "H2(a)"),
        (f.steepness > _STEEPER or f.delay > _BLOCKED, "H2(b)"),
        (f.steepness > _PARALLEL, "H1"),
    )
    return next((kind for holds, kind in rules if holds), "undecided")
