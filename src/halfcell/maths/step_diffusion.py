"""The diffusion coefficient of one potential step: from the end of its transient, held against its beginning."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from halfcell.maths.potential_steps import last_exponential, ratio_of_root, series

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record
    from halfcell.maths.potential_steps import Geometry, PotentialStep

    Floats = NDArray[np.float64]

_FROM, _TO = 0.65, 0.97  # of the charge: between them the slowest exponential tells, above what flows in the background
_REACHED = 0.85  # of the charge has passed at the end of the hold
_ONE_SIGN = 0.95  # of the records up to there
_LEAST = 8  # records in that window
_BENT = 0.15  # by which the rates of both halves of that window may differ
_EARLY = (0.01, 0.03, 0.07, 0.15)  # in L2/D: three parts of the beginning, held against the series
_FEW = 2  # records in each of them
_AGREE = 1.1  # in each the currents lie within this factor of the series: another form is 1.12 and more away
_CHARGE = 0.01  # standard uncertainty of the charge that passed, as a fraction: offset, background, beginning
_SHARE = 0.94  # of the charge of the slowest exponential without a resistance, which is the least that a form allows
_KNOWN = 0.25  # a coefficient with a larger relative uncertainty is not known
_ROUNDS = 12  # until what the faster exponentials add is known
_AT_END: Final = 0.9999  # of the root without a surface resistance: the ratio is then beyond any number


@dataclass(frozen=True, kw_only=True)
class StepDiffusion:
    """What one potential step tells; coefficients in m2/s, the charge in As, `why` where no coefficient is given.

    `coefficient` holds with the resistance of the surface, whose `ratio` is the resistance to diffusion over it.
    `cottrell` and `late` are those of the plain formulas for the beginning and the end, which hold without it.
    """

    charge_as: float
    coefficient: float = math.nan
    relative_std: float = math.nan
    ratio: float = math.nan
    cottrell: float = math.nan
    late: float = math.nan
    why: str = ""


class _Transient(NamedTuple):
    """Times since the step (s), currents (A, positive), and the charge (As) up to each record."""

    time: Floats
    current: Floats
    passed: Floats


class _Late(NamedTuple):
    """The slowest exponential: its current at time zero (A), its rate (1/s), the relative uncertainty of their ratio.

    `bend` is by how much the rates of both halves of its window differ beyond their noise, over the rate.
    """

    current: float
    rate: float
    std: float
    bend: float


def step_diffusion(record: Record, step: PotentialStep, length_m: float, geometry: Geometry) -> StepDiffusion:
    """The diffusion coefficient of one potential step.

    The rate of the slowest exponential and its share of the charge give coefficient and resistance together; what the
    faster ones add is taken off. The beginning has to follow from both.

    Parameters
    ----------
    record
        The record.
    step
        The step.
    length_m
        Volume of the host over its surface (m): the thickness of a plane, a third of the radius of spheres.
    geometry
        The form of the host.

    Returns
    -------
    StepDiffusion
        With `why` where the beginning disagrees with the end, or the end is no exponential.

    Sources: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975); C. J. Wen et al., J. Electrochem. Soc. 126 (1979)
    2258; J. Li et al., J. Phys. Chem. C 116 (2012) 1472.
    """
    found = _transient(record, step)
    sign = float(np.sign(found.passed[-1]))
    found = found._replace(current=sign * found.current, passed=sign * found.passed)
    flowing = found.current[found.passed <= _TO * found.passed[-1]]
    if sign == 0 or not len(flowing) or float(np.mean(flowing > 0)) < _ONE_SIGN:
        return StepDiffusion(charge_as=float(found.passed[-1]), why="its current changes its sign")
    solved = _solved(found, geometry)
    if isinstance(solved, str):
        return StepDiffusion(charge_as=sign * float(found.passed[-1]), why=solved)
    size = length_m if geometry == "plane" else 3.0 * length_m
    x = _short_times(found, solved, geometry)
    early = (x >= _EARLY[0]) & (x <= _EARLY[-1])
    plateau = float(np.max(found.current[early] * np.sqrt(found.time[early]))) if early.any() else math.nan
    relative_std = _relative_std(solved.root, geometry, math.hypot(solved.late.std, _CHARGE))
    why = _why_not(found, solved, geometry, relative_std)
    return StepDiffusion(
        charge_as=sign * solved.whole,
        coefficient=math.nan if why else solved.scale * size**2,
        relative_std=relative_std,
        ratio=solved.ratio,
        cottrell=math.pi * (length_m * plateau / solved.whole) ** 2,
        late=solved.late.rate * size**2 / _end(geometry) ** 2,
        why=why,
    )


def _transient(record: Record, step: PotentialStep) -> _Transient:
    """The transient of a step; the charge is summed over the root of the time, over which its beginning is straight."""
    rows = slice(step.first, step.last + 1)
    time, current = record.time_s[rows] - step.begin_s, record.current_a[rows]
    time, current = time[time > 0], current[time > 0]
    root = np.sqrt(time)
    along = root * current
    return _Transient(time, current, np.append(0.0, np.cumsum((along[1:] + along[:-1]) * np.diff(root))))


class _Solved(NamedTuple):
    """The slowest exponential, its root, the ratio of resistances, D/a2 (1/s), and the whole charge (As)."""

    late: _Late
    root: float
    ratio: float
    scale: float
    whole: float


def _solved(found: _Transient, geometry: Geometry) -> _Solved | str:
    """Coefficient and resistance from the slowest exponential and the whole charge; else why there are none."""
    whole, others, solved = float(found.passed[-1]), np.ones_like(found.time), None
    before = 0.0
    for _ in range(_ROUNDS):
        window = (found.passed + before >= _FROM * whole) & (found.passed + before <= _TO * whole) & (found.current > 0)
        if np.count_nonzero(window) < _LEAST or found.passed[-1] + before < _REACHED * whole:
            return "it ends before its current has become one exponential"
        late = _line(found.time[window], found.current[window] / others[window], found.current[window])
        if isinstance(late, str):
            return late
        root = _root(late.current / (late.rate * whole), geometry)
        scale, ratio = late.rate / root**2, _ratio(root, geometry)
        shape = series(ratio, geometry)
        others = shape.others(found.time * scale)
        left = late.current * math.exp(-late.rate * float(found.time[-1])) / late.rate
        after = float(found.passed[-1]) + left
        whole = after / shape.missing(float(found.time[0]) * scale)
        before = whole - after
        solved = _Solved(late, root, ratio, scale, whole)
    if solved is None or solved.late.bend > _BENT:
        return "ln I is bent at its end: a background current, or no diffusion in one phase"
    return solved


def _line(time: Floats, current: Floats, weight: Floats) -> _Late | str:
    """ln I over t, weighted for a noise that is the same for all currents."""
    half = len(time) // 2
    logs = np.log(current)
    whole, one, two = (
        np.polyfit(time[part], logs[part], 1, w=weight[part])
        for part in (slice(None), slice(half + 1), slice(half - 1, None))
    )
    rate = -float(whole[0])
    if rate <= 0:
        return "its current does not decay"
    design = np.column_stack([np.ones_like(time), time]) * weight[:, None]
    left = (logs - np.polyval(whole, time)) * weight
    spread = np.linalg.inv(design.T @ design) * float(left @ left) / max(len(time) - 2, 1)
    share = spread[0, 0] + spread[1, 1] / rate**2 + 2.0 * spread[0, 1] / rate  # of ln(current / rate)
    halves = math.sqrt(spread[1, 1]) * 3.0  # the uncertainty of either half's slope, with fewer points over less time
    bend = max(abs(float(one[0] - two[0])) - 3.0 * halves, 0.0) / rate
    return _Late(math.exp(float(whole[1])), rate, math.sqrt(max(share, 0.0)), bend)


_FAST: Final = 1e4  # a ratio of resistances above which the surface counts no more


def _end(geometry: Geometry) -> float:
    """The root of the slowest exponential where the surface has no resistance."""
    return 0.5 * math.pi if geometry == "plane" else math.pi


def _ratio(root: float, geometry: Geometry) -> float:
    return _FAST if root >= _AT_END * _end(geometry) else min(float(ratio_of_root(np.array(root), geometry)), _FAST)


def _root(share: float, geometry: Geometry) -> float:
    """The root of the slowest exponential whose share of the charge this is; its end where the share is smaller."""
    low, high = 1e-3, _end(geometry) * (1.0 - 1e-9)
    if share <= last_exponential(high, geometry):
        return _end(geometry)
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if last_exponential(middle, geometry) > share else (low, middle)
    return 0.5 * (low + high)


def _relative_std(root: float, geometry: Geometry, std: float) -> float:
    """The relative uncertainty of the coefficient by that of the share of the charge."""
    share = last_exponential(min(root, _end(geometry) * (1.0 - 1e-9)), geometry)
    roots = [_root(share * (1.0 + sign * std), geometry) for sign in (-1.0, 1.0)]
    return abs(math.log(roots[0] / roots[1]))


def _short_times(found: _Transient, solved: _Solved, geometry: Geometry) -> Floats:
    """Times in L2/D, over which the beginning is that of a plane also for spheres, whose radius is 3 L."""
    return found.time * solved.scale * (1.0 if geometry == "plane" else 9.0)


def _why_not(found: _Transient, solved: _Solved, geometry: Geometry, relative_std: float) -> str:
    """Why no coefficient is given; empty where it is."""
    least = last_exponential(_end(geometry) * (1.0 - 1e-9), geometry)
    if solved.late.current / (solved.late.rate * solved.whole) < _SHARE * least:
        return f"more of its charge flows early than in a {geometry} of this size: another form, or sizes that differ"
    if relative_std > _KNOWN:
        return "the resistance of the surface governs its current"
    shape = series(solved.ratio, geometry)
    expected = solved.whole * solved.scale * shape.current(found.time * solved.scale)
    x = _short_times(found, solved, geometry)
    for low, high in pairwise(_EARLY):
        part = (x >= low) & (x <= high)
        if np.count_nonzero(part) < _FEW:
            return "its beginning has too few records"
        if not 1.0 / _AGREE <= float(np.median(found.current[part] / expected[part])) <= _AGREE:
            return "its beginning and its end disagree"
    return ""
