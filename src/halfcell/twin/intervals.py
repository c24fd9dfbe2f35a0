"""95 % intervals of fitted values by profile likelihood: a value is moved until no fit of the others is good enough.

With n measured numbers, p free values and the sum of squares S at its minimum, the interval of a value ends where the
minimum over all others is ``S + t^2 s^2``, t the 97.5 % quantile of Student's distribution with n - p degrees of
freedom, and s^2 = S / (n - p). Where all series state their uncertainties s^2 is at least 1, and where there are priors
it is 1, since the data are then weighted by their scatter. Unlike the linearised uncertainty an interval need not lie
evenly around the value, and where the data do not end it, it has no end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.twin.fit_problem import Problem, value_of, variable_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.twin.fit import Fitted

    Floats = NDArray[np.float64]

LEVEL = 0.975  # quantile on either side of an interval of 95 %
FARTHEST = 12  # steps of a standard uncertainty; an interval that goes on has no end there
SECANTS = 3  # that narrow down an end, to a few percent of its distance
EVALUATIONS = 10  # of a fit of the other values


class Ends(NamedTuple):
    """The ends of a 95 % interval; None where the data do not end it."""

    low: float | None
    high: float | None


def intervals(fitted: Fitted) -> Mapping[str, Ends]:
    """95 % intervals of all values of a fit, by name.

    Parameters
    ----------
    fitted
        What `fit` returned.
    """
    from scipy.stats import t

    problem = fitted.problem
    at = np.array([variable_of(one.path, fitted.values[one.name]) for one in problem.free])
    residuals = problem.residuals([at])[0]
    freedom = len(residuals) - len(at)
    square = float(residuals @ residuals) / freedom
    square = 1.0 if problem.priors else max(square, 1.0) if problem.known else square
    allowed = square * float(t.ppf(LEVEL, freedom)) ** 2
    found = {}
    for k, one in enumerate(problem.free):
        step = _step(problem, fitted, k)
        ends = [_end(problem, at, (k, sign * step), allowed) for sign in (-1, 1)]
        values = [None if end is None else value_of(one.path, end) for end in ends]
        found[one.name] = Ends(*values)
    return found


def _step(problem: Problem, fitted: Fitted, place: int) -> float:
    """The linearised uncertainty of a variable, or a usual change where it is not known."""
    one = problem.free[place]
    value, std = fitted.values[one.name], fitted.std[one.name]
    if not np.isfinite(std) or std <= 0:
        return float(problem.scale()[place])
    up = variable_of(one.path, value + std) if value + std > 0 else variable_of(one.path, value)
    return min(abs(up - variable_of(one.path, value)), float(problem.scale()[place]))


def _end(problem: Problem, at: Floats, moved: tuple[int, float], allowed: float) -> float | None:
    """Where the rise of the sum of squares reaches what is allowed, in one direction; None if it does not."""
    place, step = moved
    low, high = (ends[place] for ends in problem.bounds())
    base = problem.residuals([at])[0]
    start = float(base @ base)
    near, rise, others = 0.0, 0.0, at
    far = 2.0
    while True:
        variable = at[place] + far * step
        if far > FARTHEST or not low <= variable <= high:
            return None
        others, sum_of_squares = _refitted(problem, others, place, float(variable))
        if sum_of_squares - start >= allowed:
            break
        near, rise, far = far, max(sum_of_squares - start, 0.0), far * 1.5
    reached = sum_of_squares - start
    for _ in range(SECANTS):
        share = (np.sqrt(allowed) - np.sqrt(rise)) / max(np.sqrt(reached) - np.sqrt(rise), 1e-12)
        middle = near + float(np.clip(share, 0.05, 0.95)) * (far - near)
        others, sum_of_squares = _refitted(problem, others, place, float(at[place] + middle * step))
        if sum_of_squares - start < allowed:
            near, rise = middle, max(sum_of_squares - start, 0.0)
        else:
            far, reached = middle, sum_of_squares - start
    return float(at[place] + (near + far) / 2 * step)


def _refitted(problem: Problem, start: Floats, place: int, variable: float) -> tuple[Floats, float]:
    """All variables with one of them held, and the sum of squares there."""
    from scipy.optimize import least_squares

    kept = np.arange(len(start)) != place
    held = start.copy()
    held[place] = variable
    if not kept.any():
        only = problem.residuals([held])[0]
        return held, float(only @ only)

    def whole(part: Floats) -> Floats:
        full = held.copy()
        full[kept] = part
        return full

    low, high = (ends[kept] for ends in problem.bounds())
    found = least_squares(
        lambda part: problem.residuals([whole(part)])[0],
        np.clip(held[kept], low + 1e-9, high - 1e-9),
        jac=lambda part: problem.jacobian(whole(part))[:, kept],
        bounds=(low, high),
        x_scale=problem.scale()[kept],
        xtol=1e-3,
        ftol=1e-4,
        max_nfev=EVALUATIONS,
    )
    return whole(found.x), 2 * float(found.cost)
