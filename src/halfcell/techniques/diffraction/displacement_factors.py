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
_STEP = 0.5  # angstrom^2, for a slope
# B of inorganic solids at room temperature: 0.3 to 1.2 angstrom^2 for two of three, 0.15 to 2.4 for nineteen of twenty
_MEDIAN, _WITHIN = 0.6, 2.0
_POSSIBLE = np.geomspace(0.05, 8.0, 120)  # angstrom^2
_FEWEST = 4  # groups of lines: scale and factor are two numbers, two more show a misfit


class DisplacementFactor(NamedTuple):
    """B of a phase (angstrom^2), its standard uncertainty, d ln(scale) / dB, and the B with which its lines stand."""

    b: float
    std: float
    slope: float
    used: float


def likely_b(fit: PatternFit, data: Scan, place: int, name: str, factors: tuple[float, Array]) -> DisplacementFactor:
    """B of a phase by its lines and by what is known beforehand: mean and standard deviation of the posterior.

    Beforehand ln B is normal around 0.6 angstrom^2 within a factor of 2. The lines, whose intensities scatter by a
    tenth about those of the structure, tell B to 0.2 to 0.3 angstrom^2 over a laboratory scan.

    Parameters
    ----------
    fit, data, place, name
        The fit and its scan; number and name of the phase.
    factors
        B with which the lines of the fit stand (angstrom^2), and what the orientation multiplies each intensity by,
        shape (reflections,).

    Returns
    -------
    DisplacementFactor
        Angstrom^2.

    Source: Bayes' theorem (definition); the prior is a choice.
    """
    used, turned = factors
    prior = -0.5 * (np.log(_POSSIBLE / _MEDIAN) / np.log(_WITHIN)) ** 2
    loose = with_lines(fit, data, place, fit.pattern.model.phases[place].lines, LOOSE, limit=0)
    given = amplitudes_of(loose, data, place, name)
    if len(given.value) >= _FEWEST and given.value.mean() > 0:
        expected = [given.shares @ (_factor(name, data, float(b) - B_ISO) * turned) for b in _POSSIBLE]
        prior = prior - 0.5 * np.array([left_over(given, one)[0] for one in expected])
    weight = np.exp(prior - prior.max())
    weight /= weight.sum()
    mean = float(weight @ _POSSIBLE)
    std = float(np.sqrt(weight @ (_POSSIBLE - mean) ** 2))
    return DisplacementFactor(mean, std, _slope(given, name, data), used)


def _factor(name: str, data: Scan, change: float) -> Array:
    """What a change of B multiplies each intensity by: exp(-dB / (2 d^2))."""
    return np.asarray(np.exp(-change / (2 * lines_of(name, data)[1].spacing ** 2)))


def _slope(given: Amplitudes, name: str, data: Scan) -> float:
    """d ln(scale) / dB of the amplitudes that were found."""
    high, low = (left_over(given, given.shares @ _factor(name, data, side * _STEP))[1] for side in (1, -1))
    return float(np.log(abs(high) / abs(low)) / (2 * _STEP)) if high * low > 0 else 0.0


def another_b(fit: PatternFit, data: Scan, place: int, name: str) -> tuple[PatternFit, float | None]:
    """The fit with the B of one phase that its lines ask for; None if they cannot tell, or it is beyond its range.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    place, name
        Number and name of the phase.

    Returns
    -------
    tuple
        The fit with that B, and B (angstrom^2); the fit as it was and None where the lines cannot tell.

    Source: procedure of this package; the factor is exp(-2 B (sin(theta)/lambda)^2) (P. Debye, I. Waller).
    """
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
        change = float(_GRID[best])
        fitted = B_ISO + change
        lines = dataclasses.replace(plain, intensity=plain.intensity * _factor(name, data, change))
        trial = with_lines(trial, data, place, lines, texture if last else LOOSE)
    return trial, fitted
