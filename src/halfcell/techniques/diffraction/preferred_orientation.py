"""Preferred orientation: one March-Dollase parameter of a phase, where the fit asks for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.phases import phase
from halfcell.materials.preferred_orientation import Axis, likely_axes, march_dollase
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.techniques.diffraction.fit_restart import ended, restart
from halfcell.techniques.diffraction.scan import lines_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.phase_lines import Lines
    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

_GRID = np.exp(np.linspace(-1.8, 1.2, 121))  # of r
_ROUNDS = 4  # fits: the restraint of the first ones still pulls the amplitudes
_LOOSE = 1.0  # share by which intensities may differ while the orientation is looked for
_GAIN = 20.0  # decrease of chi^2 that an orientation must bring: an axis was searched, too
_SCATTER = 0.1  # share by which intensities scatter about those of an oriented powder
_FEWEST = 3  # groups of lines


class Orientation(NamedTuple):
    """The axis of a phase's preferred orientation, March's r, its standard uncertainty and d ln(scale) / d ln r."""

    axis: Axis
    r: float
    std: float
    slope: float


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _Amplitudes:
    """Amplitudes of a phase's lines, their variances, and what share of each group every reflection has."""

    value: Array
    variance: Array
    shares: Array  # (groups, reflections), rows add up to one
    texture: float


def with_orientation(fit: PatternFit, data: Scan, names: tuple[str, ...]) -> tuple[PatternFit, dict[str, Orientation]]:
    """The fit with the preferred orientation of each phase that lowers chi^2 significantly, and the orientations."""
    found: dict[str, Orientation] = {}
    for place, name in enumerate(names):
        if phase(name).positions_only or not _is_pulled(fit, place):
            continue
        trial, orientation = _tried(fit, data, place, name)
        if orientation is None:
            continue
        gain = (fit.solution.deviance - trial.solution.deviance) / max(trial.reduced_chi2, 1.0)
        if gain > _GAIN:
            fit, found[name] = trial, orientation
    return fit, found


def _is_pulled(fit: PatternFit, place: int) -> bool:
    """Whether a phase is seen and its lines pull at the restraint on their intensities by a standard deviation each."""
    scale, std = fit.scale(place)
    if scale <= 5 * std:
        return False
    phases = fit.pattern.model.phases
    first = sum(one.lines.columns for one in phases[:place])
    amplitudes = fit.solution.c[first : first + phases[place].lines.columns]
    pulls = (amplitudes / scale - 1) / phases[place].texture
    return bool((pulls**2).sum() > len(pulls))


def _tried(fit: PatternFit, data: Scan, place: int, name: str) -> tuple[PatternFit, Orientation | None]:
    """The fit with the likeliest axis and r of one phase; None if its lines cannot tell."""
    plain, listed = lines_of(name, data)
    texture = fit.pattern.model.phases[place].texture
    trial, orientation = _with_lines(fit, data, place, plain, _LOOSE), None
    for last in (*(_ROUNDS - 1) * (False,), True):
        amplitudes = _amplitudes(trial, plain, place)
        if len(amplitudes.value) < _FEWEST:
            return fit, None
        orientation = min(
            (_likeliest(amplitudes, name, listed.hkl, axis) for axis in likely_axes(name)), key=lambda pair: pair[1]
        )[0]
        factor = march_dollase(name, listed.hkl, orientation.axis, orientation.r)
        lines = dataclasses.replace(plain, intensity=plain.intensity * factor)
        trial = _with_lines(trial, data, place, lines, texture if last else _LOOSE)
    return trial, orientation


def _with_lines(fit: PatternFit, data: Scan, place: int, lines: Lines, texture: float) -> PatternFit:
    """The fit with other intensities of one phase, from which its lines may differ by a share."""
    model = restart(fit, fit.pattern.model)
    phases = list(model.phases)
    phases[place] = dataclasses.replace(phases[place], lines=lines, texture=texture)
    model = dataclasses.replace(model, phases=tuple(phases))
    return fit_pattern(model, data.counts, data.variance, start=ended(fit))


def _amplitudes(fit: PatternFit, plain: Lines, place: int) -> _Amplitudes:
    """Amplitudes relative to the intensities without orientation."""
    phases = fit.pattern.model.phases
    first = sum(one.lines.columns for one in phases[:place])
    columns = slice(first, first + plain.columns)
    count = len(fit.pattern.names)
    now = np.bincount(phases[place].lines.column, phases[place].lines.intensity)
    before = np.bincount(plain.column, plain.intensity)
    shares = np.zeros((plain.columns, len(plain.intensity)))
    shares[plain.column, np.arange(len(plain.column))] = plain.intensity / before[plain.column]
    variance = np.diag(fit.solution.covariance)[count:][columns] * max(fit.reduced_chi2, 1.0)
    return _Amplitudes(
        value=fit.solution.c[columns] * now / before,
        variance=variance * (now / before) ** 2,
        shares=shares,
        texture=_SCATTER,
    )


def _likeliest(given: _Amplitudes, name: str, hkl: NDArray[np.int64], axis: Axis) -> tuple[Orientation, float]:
    """The r of an axis that describes the amplitudes best, and the sum of squares it leaves."""
    made = [_left(given, given.shares @ march_dollase(name, hkl, axis, r)) for r in _GRID]
    cost, scale = np.array(made).T
    best = int(np.clip(np.argmin(cost), 1, len(_GRID) - 2))
    step = float(np.log(_GRID[1] / _GRID[0]))
    curve = (cost[best + 1] - 2 * cost[best] + cost[best - 1]) / step**2
    slope = (np.log(np.abs(scale[best + 1])) - np.log(np.abs(scale[best - 1]))) / (2 * step)
    r = float(_GRID[best])
    return Orientation(axis, r, float(r * np.sqrt(2 / max(curve, 1e-6))), float(slope)), float(cost[best])


def _left(given: _Amplitudes, expected: Array) -> tuple[float, float]:
    """Sum of squares of amplitudes about s times what is expected, and s; lines scatter by the allowed texture."""
    mean = float(given.value.mean())
    variance = given.variance + (given.texture * mean * expected) ** 2
    scale = float((given.value * expected / variance).sum() / (expected**2 / variance).sum())
    return float(((given.value - scale * expected) ** 2 / variance).sum() + np.log(variance).sum()), scale
