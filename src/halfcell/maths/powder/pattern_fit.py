"""Fit a whole pattern: first the amplitudes, then with texture scales and counting weights from the model itself."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.pattern_model import PatternModel, WholePattern, prepare
from halfcell.maths.powder.variable_projection import Solution, solve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_ON_BOUND = 1e-3  # of the range between the bounds: nearer is on the bound


@dataclass(frozen=True, kw_only=True, eq=False)
class PatternFit:
    """A fitted pattern: the prepared model, the solution, and the variance used as weights."""

    pattern: WholePattern
    solution: Solution
    variance: Array

    @property
    def reduced_chi2(self) -> float:
        """Chi^2 over degrees of freedom."""
        return self.solution.chi2 / self.solution.dof

    def value(self, name: str) -> float:
        """Value of a nonlinear parameter."""
        return float(self.solution.p[self.pattern.names.index(name)])

    def std(self, name: str) -> float:
        """Standard uncertainty of a nonlinear parameter from counting noise, widened if the model misses the data."""
        index = self.pattern.names.index(name)
        return float(np.sqrt(max(self.solution.covariance[index, index], 0.0) * max(self.reduced_chi2, 1.0)))

    def on_bound(self, name: str) -> bool:
        """Whether a nonlinear parameter ended on one of its bounds, within a thousandth of the range between them."""
        index = self.pattern.names.index(name)
        value, low, high = (float(each[index]) for each in (self.solution.p, self.pattern.low, self.pattern.high))
        return min(value - low, high - value) <= _ON_BOUND * (high - low)

    def scale(self, index: int) -> tuple[float, float]:
        """Amplitude of a phase and its standard uncertainty."""
        place = index - len(self.pattern.model.phases)
        variance = self.solution.covariance[place, place] * max(self.reduced_chi2, 1.0)
        return float(self.solution.c[place]), float(np.sqrt(max(variance, 0.0)))

    @property
    def hump_column(self) -> int:
        """Index of the linear amplitude of the last halo."""
        return -len(self.pattern.model.phases) - 1 - (0 if self.pattern.model.bands is None else 2)

    def parts(self) -> tuple[Array, tuple[Array, ...]]:
        """Background with halos, and the pattern of each phase (bands of carbon last), in counts, shape (n,) each."""
        phi, _ = self.pattern.evaluate(self.solution.p)
        c, first, found = self.solution.c, 0, []
        for phase in self.pattern.model.phases:
            last = first + phase.lines.columns
            found.append(np.asarray(phi[:, first:last] @ c[first:last]))
            first = last
        if self.pattern.model.bands is not None:
            place = phi.shape[1] - len(self.pattern.model.phases) - 2
            found.append(np.asarray(phi[:, place : place + 2] @ c[place : place + 2]))
            c = np.concatenate([c[:place], np.zeros(2), c[place + 2 :]])
        return np.asarray(phi[:, first:] @ c[first:]), tuple(found)

    def calculated(self) -> Array:
        """The pattern of all phases with the intensities of their structures at their scales, counts, shape (n,)."""
        phi, _ = self.pattern.evaluate(self.solution.p)
        first, total = 0, np.zeros(len(phi))
        for index, phase in enumerate(self.pattern.model.phases):
            last = first + phase.lines.columns
            total = total + self.scale(index)[0] * phi[:, first:last].sum(axis=1)
            first = last
        return np.asarray(total)


def fit_pattern(
    model: PatternModel,
    counts: Array,
    variance: Array | None = None,
    limit: int = 30,
    tolerance: float = 1e-3,
    start: Mapping[str, float] | None = None,
) -> PatternFit:
    """Fit counts by a model, by least squares with weights 1/variance.

    Without given variances the weights are those of Poisson noise: first from the smoothed counts, then from the
    fitted model, because weights from the counts themselves pull a fit below the data.

    Parameters
    ----------
    model
        The model of the scan.
    counts, variance
        Counts and their variances at the angles of the model, shape (n,); the variances where the file has its own.
    limit, tolerance
        Largest number of steps, and the decrease of chi^2 below which the fit stops.
    start
        Starting values by the name of the parameter; the model's own where none is given.

    Returns
    -------
    PatternFit
        Parameters, amplitudes and their covariance, and the variances that were used.

    Raises
    ------
    Refused
        If the linear parameters are not independent.

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190, for the model; the rounds of weights are a procedure of
    this package.
    """
    pattern = prepare(model)
    if start:
        known = [start.get(name, value) for name, value in zip(pattern.names, pattern.start, strict=True)]
        pattern = dataclasses.replace(pattern, start=np.clip(known, pattern.low, pattern.high))
    weights = np.maximum(_smooth(counts), 1.0) if variance is None else variance
    first = solve(pattern, counts, weights, limit=0)
    pattern = dataclasses.replace(pattern, scales=_scales(pattern, first))
    solution = solve(pattern, counts, weights, limit=limit, tolerance=max(tolerance, 0.1))
    if variance is None:
        weights = np.maximum(solution.model, 0.5 * weights)
    pattern = dataclasses.replace(pattern, scales=_scales(pattern, solution), start=solution.p)
    return PatternFit(pattern=pattern, solution=solve(pattern, counts, weights, limit, tolerance), variance=weights)


def _smooth(counts: Array, half: int = 4) -> Array:
    kernel = np.ones(2 * half + 1) / (2 * half + 1)
    return np.convolve(np.pad(counts, half, mode="edge"), kernel, mode="valid")


def _scales(pattern: WholePattern, solution: Solution) -> tuple[float, ...]:
    """Amplitude of each phase, at least a thousandth of the largest: the texture restraint is relative to it."""
    first, found = 0, []
    for phase in pattern.model.phases:
        last = first + phase.lines.columns
        weight = phase.lines.intensity
        shares = np.bincount(phase.lines.column, weights=weight)
        found.append(float(np.sum(solution.c[first:last] * shares) / shares.sum()))
        first = last
    floor = 1e-3 * max([*map(abs, found), 1e-12])
    return tuple(max(scale, floor) for scale in found)
