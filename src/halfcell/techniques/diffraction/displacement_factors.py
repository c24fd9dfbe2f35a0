"""Displacement factor B of a phase: fitted where its lines ask for another one, and part of the error of its amount."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.reflections import B_ISO
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

_GRID = np.linspace(-B_ISO, 4.0, 91)  # angstrom^2, change of B: from no motion to that of a superionic conductor
_ROUNDS = 3  # fits
_UNKNOWN = 0.5  # angstrom^2: how far B of most inorganic solids is from 0.5 at room temperature
_FEWEST = 4  # groups of lines


class DisplacementFactor(NamedTuple):
    """B of a phase (angstrom^2), its standard uncertainty, and d ln(scale) / dB."""

    b: float
    std: float
    slope: float


def usual_b(fit: PatternFit, data: Scan, place: int, name: str) -> DisplacementFactor:
    """0.5 +- 0.5 angstrom^2, for a phase whose lines do not tell another."""
    return DisplacementFactor(B_ISO, _UNKNOWN, _slope(amplitudes_of(fit, data, place, name), name, data))


def _factor(name: str, data: Scan, change: float) -> Array:
    """What a change of B multiplies each intensity by: exp(-dB / (2 d^2))."""
    return np.asarray(np.exp(-change / (2 * lines_of(name, data)[1].spacing ** 2)))


def _slope(given: Amplitudes, name: str, data: Scan) -> float:
    """d ln(scale) / dB of the amplitudes that were found."""
    high, low = (left_over(given, given.shares @ _factor(name, data, side * _UNKNOWN))[1] for side in (1, -1))
    return float(np.log(abs(high) / abs(low)) / (2 * _UNKNOWN)) if high * low > 0 else 0.0


def another_b(fit: PatternFit, data: Scan, place: int, name: str) -> tuple[PatternFit, DisplacementFactor | None]:
    """The fit with the likeliest B of one phase; None if its lines cannot tell, or B is at the end of its range."""
    plain, texture = lines_of(name, data)[0], fit.pattern.model.phases[place].texture
    trial, fitted = with_lines(fit, data, place, fit.pattern.model.phases[place].lines, LOOSE), None
    for last in (*(_ROUNDS - 1) * (False,), True):
        given = amplitudes_of(trial, data, place, name)
        if len(given.value) < _FEWEST:
            return fit, None
        cost = np.array([left_over(given, given.shares @ _factor(name, data, float(one)))[0] for one in _GRID])
        best = int(np.argmin(cost))
        if best in {0, len(_GRID) - 1}:
            return fit, None
        curve = (cost[best + 1] - 2 * cost[best] + cost[best - 1]) / (_GRID[1] - _GRID[0]) ** 2
        change = float(_GRID[best])
        fitted = DisplacementFactor(B_ISO + change, float(np.sqrt(2 / max(curve, 1e-6))), _slope(given, name, data))
        lines = dataclasses.replace(plain, intensity=plain.intensity * _factor(name, data, change))
        trial = with_lines(trial, data, place, lines, texture if last else LOOSE)
    return trial, fitted
