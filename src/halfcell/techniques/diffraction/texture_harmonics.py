"""Preferred orientation that one axis does not describe: spherical harmonics with the crystal's symmetry."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.materials.texture_harmonics import all_directions, harmonics
from halfcell.techniques.diffraction.line_amplitudes import LOOSE, Amplitudes, amplitudes_of, with_lines
from halfcell.techniques.diffraction.scan import lines_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.pattern_fit import PatternFit
    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

_ORDERS = (2, 4, 6)  # odd orders do not reach powder lines; above 6 few lines can tell them
_ROUNDS = 3  # fits: the restraint of the first ones still pulls the amplitudes
_SPARE = 3  # groups of lines beyond the number of coefficients
_SCATTER = 0.1  # share by which intensities scatter about those of a model
_EXPECTED = 0.5  # standard deviation of a coefficient beforehand


class Harmonics(NamedTuple):
    """The highest order, the factors of the intensities, relative uncertainty of the amount by them, and the index.

    The index is the mean square of the distribution of directions, 1 for a powder without texture.
    """

    order: int
    factor: Array
    std: float
    texture_index: float


def with_harmonics(fit: PatternFit, data: Scan, place: int, name: str) -> list[tuple[PatternFit, Harmonics, int]]:
    """The fits with harmonics up to each order that the lines determine, and their numbers of coefficients.

    Parameters
    ----------
    fit, data
        The fit and its scan.
    place, name
        Number and name of the phase.

    Returns
    -------
    list of tuple
        One per order: the fit, the factors of the intensities, and how many coefficients.

    Source: M. Järvinen, J. Appl. Cryst. 26 (1993) 525.
    """
    hkl, own = lines_of(name, data)[1].hkl, lines_of(name, data)[0]
    texture = fit.pattern.model.phases[place].texture
    found: list[tuple[PatternFit, Harmonics, int]] = []
    for order in _ORDERS:
        values = harmonics(name, hkl, order)
        if not values.shape[1]:
            continue  # a cubic crystal has none of order 2
        trial, made = with_lines(fit, data, place, own, LOOSE), None
        for last in (*(_ROUNDS - 1) * (False,), True):
            given = amplitudes_of(trial, data, place, name)
            if len(given.value) < values.shape[1] + _SPARE:
                return found
            made = _solved(given, values, order, harmonics(name, all_directions(), order))
            if made is None:
                break
            lines = dataclasses.replace(own, intensity=own.intensity * made.factor)
            trial = with_lines(trial, data, place, lines, texture if last else LOOSE)
        if made is not None:
            found.append((trial, made, values.shape[1]))
    return found


def _solved(given: Amplitudes, values: Array, order: int, everywhere: Array) -> Harmonics | None:
    """The coefficients that describe the amplitudes best; None where the distribution would be negative somewhere."""
    design = np.column_stack([np.ones(len(given.value)), given.shares @ values])
    mean = max(float(given.value.mean()), 1e-12)
    expected: Array = np.full(len(given.value), mean)
    prior = np.diag([0.0, *np.full(values.shape[1], (1 / (_EXPECTED * mean)) ** 2)])
    solved: Array = np.zeros(design.shape[1])
    covariance: Array = np.eye(design.shape[1])
    for _ in range(3):
        weight = 1 / (given.variance + (_SCATTER * expected) ** 2)
        covariance = np.asarray(np.linalg.inv((design * weight[:, None]).T @ design + prior), dtype=np.float64)
        solved = np.asarray(covariance @ (design * weight[:, None]).T @ given.value)
        expected = np.maximum(design @ solved, 0.05 * mean)
    scale, coefficients = float(solved[0]), solved[1:] / solved[0]
    if scale <= 0 or (1 + everywhere @ coefficients).min() < 0:
        return None
    alone = 1 / float((design[:, 0] ** 2 / (given.variance + (_SCATTER * expected) ** 2)).sum())
    return Harmonics(
        order=order,
        factor=np.maximum(1 + values @ coefficients, 1e-3),
        std=float(np.sqrt(max(covariance[0, 0] - alone, 0.0))) / scale,
        texture_index=float(1 + (coefficients**2).sum()),
    )
