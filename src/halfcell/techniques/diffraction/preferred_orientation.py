"""Preferred orientation: one March-Dollase parameter of a phase, where the fit asks for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.preferred_orientation import Axis, likely_axes, march_dollase
from halfcell.techniques.diffraction.line_amplitudes import (
    LOOSE,
    Amplitudes,
    amplitudes_of,
    left_over,
    with_lines,
)
from halfcell.techniques.diffraction.scan import lines_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

_GRID = np.exp(np.linspace(-1.8, 1.2, 121))  # of r
_ROUNDS = 4  # fits: the restraint of the first ones still pulls the amplitudes
_FEWEST = 3  # groups of lines: scale and texture are two numbers, a third shows a misfit


class Orientation(NamedTuple):
    """The axis of a phase's preferred orientation, March's r, its standard uncertainty and d ln(scale) / d ln r."""

    axis: Axis
    r: float
    std: float
    slope: float


def oriented(fit: PatternFit, data: Scan, place: int, name: str) -> tuple[PatternFit, Orientation | None]:
    """The fit with the likeliest axis and r of one phase; None if its lines cannot tell.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    place, name
        Number and name of the phase.

    Returns
    -------
    tuple
        The fit with that orientation, and axis, r and its standard uncertainty; the fit as it was and None where
        there are too few lines.

    Source: W. A. Dollase, J. Appl. Cryst. 19 (1986) 267.
    """
    listed, own = lines_of(name, data)[1], fit.pattern.model.phases[place].lines
    texture = fit.pattern.model.phases[place].texture
    trial, orientation = with_lines(fit, data, place, own, LOOSE), None
    for last in (*(_ROUNDS - 1) * (False,), True):
        amplitudes = amplitudes_of(trial, data, place, name)
        if len(amplitudes.value) < _FEWEST:
            return fit, None
        orientation = min(
            (_likeliest(amplitudes, name, listed.hkl, axis) for axis in likely_axes(name)), key=lambda pair: pair[1]
        )[0]
        factor = march_dollase(name, listed.hkl, orientation.axis, orientation.r)
        lines = dataclasses.replace(own, intensity=own.intensity * factor)
        trial = with_lines(trial, data, place, lines, texture if last else LOOSE)
    return trial, orientation


def turning(name: str, data: Scan, orientation: Orientation | None) -> Array:
    """What an orientation multiplies each intensity of a phase by, shape (reflections,).

    Parameters
    ----------
    name, data
        The phase, and its scan.
    orientation
        Axis and March's r; None for a powder without texture.

    Returns
    -------
    numpy.ndarray
        Without a unit, 1 on the average over all directions, shape (reflections,).

    Source: W. A. Dollase, J. Appl. Cryst. 19 (1986) 267.
    """
    hkl = lines_of(name, data)[1].hkl
    if orientation is None:
        return np.ones(len(hkl))
    return march_dollase(name, hkl, orientation.axis, orientation.r)


def _likeliest(given: Amplitudes, name: str, hkl: NDArray[np.int64], axis: Axis) -> tuple[Orientation, float]:
    """The r of an axis that describes the amplitudes best, and the sum of squares it leaves."""
    made = [left_over(given, given.shares @ march_dollase(name, hkl, axis, r)) for r in _GRID]
    cost, scale = np.array(made).T
    best = int(np.clip(np.argmin(cost), 1, len(_GRID) - 2))
    step = float(np.log(_GRID[1] / _GRID[0]))
    curve = (cost[best + 1] - 2 * cost[best] + cost[best - 1]) / step**2
    slope = (np.log(np.abs(scale[best + 1])) - np.log(np.abs(scale[best - 1]))) / (2 * step)
    r = float(_GRID[best])
    return Orientation(axis, r, float(r * np.sqrt(2 / max(curve, 1e-6))), float(slope)), float(cost[best])
