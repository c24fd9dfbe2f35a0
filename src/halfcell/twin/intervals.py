"""95 % intervals of fitted values by profile likelihood: a value is moved until no fit of the others is good enough.

With n measured numbers, p free values and the sum of squares S at its minimum, the interval of a value ends where the
minimum over all others is ``S + t^2 s^2``, t the 97.5 % quantile of Student's distribution with n - p degrees of
freedom, and s^2 = S / (n - p). Where all series state their uncertainties s^2 is at least 1, and where there are priors
it is 1, since the data are then weighted by their scatter. Unlike the linearised uncertainty an interval need not lie
evenly around the value, and where the data do not end it, it has no end.

Values that the cards state with an uncertainty, and that only went along with the fit, are taken to be linear: what
they can do to the residuals is projected out of these. Their own intervals are not computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import Refused
from halfcell.twin.fit_problem import Problem, value_of, variable_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.twin.fit import Fitted

    Floats = NDArray[np.float64]

LEVEL = 0.975  # quantile on either side of an interval of 95 %
FARTHEST = 12  # steps of a standard uncertainty; an interval that goes on has no end there
SECANTS = 3  # that narrow down an end, to a few percent of its distance
BETTER = 2.0  # by which a sum of squares may be lower elsewhere: values that went along are only linear
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

    Raises
    ------
    Refused
        If other values fit better than those of the fit, which was then no minimum.
    """
    from scipy.stats import t

    problem = fitted.problem
    at = np.array([variable_of(one.path, fitted.values[one.name]) for one in problem.free])
    asked = len(at) - problem.carried
    residuals = problem.residuals([at])[0]
    profile = Profile(problem, at, asked, _along(problem, at, asked), float(residuals @ residuals))
    freedom = len(residuals) - len(at)
    square = profile.least / freedom
    square = 1.0 if problem.priors else max(square, 1.0) if problem.known else square
    allowed = square * float(t.ppf(LEVEL, freedom)) ** 2
    found = {}
    for k, one in enumerate(problem.free[:asked]):
        step = _step(problem, fitted, k)
        ends = [_end(profile, (k, sign * step), allowed) for sign in (-1, 1)]
        values = [None if end is None else value_of(one.path, end) for end in ends]
        found[one.name] = Ends(*values)
    return found


@dataclass(frozen=True, eq=False)
class Profile:
    """The problem of those values that were asked for: the first `asked` variables, around the minimum `at`.

    `along` are orthonormal residuals (residuals, values) that the values which went along can make up for, `least` is
    the sum of squares at the minimum.
    """

    problem: Problem
    at: Floats
    asked: int
    along: Floats
    least: float

    def residuals(self, variables: Floats) -> Floats:
        """What no other value makes up for."""
        return self.left(self.problem.residuals([variables])[0])

    def left(self, of: Floats) -> Floats:
        """The same of residuals, or of their derivatives (residuals, variables)."""
        left: Floats = of - self.along @ (self.along.T @ of)
        return left


def _along(problem: Problem, at: Floats, asked: int) -> Floats:
    """Orthonormal directions of the residuals in which the values go that were not asked for."""
    if asked == len(at):
        return np.zeros((len(problem.residuals([at])[0]), 0))
    return np.linalg.qr(problem.jacobian(at, range(asked, len(at))))[0]


def _step(problem: Problem, fitted: Fitted, place: int) -> float:
    """The linearised uncertainty of a variable, or a usual change where it is not known."""
    one = problem.free[place]
    value, std = fitted.values[one.name], fitted.std[one.name]
    if not np.isfinite(std) or std <= 0:
        return float(problem.scale()[place])
    up = variable_of(one.path, value + std) if value + std > 0 else variable_of(one.path, value)
    return min(abs(up - variable_of(one.path, value)), float(problem.scale()[place]))


def _end(profile: Profile, moved: tuple[int, float], allowed: float) -> float | None:
    """Where the rise of the sum of squares reaches what is allowed, in one direction; None if it does not."""
    (place, step), at = moved, profile.at
    low, high = (ends[place] for ends in profile.problem.bounds())
    start = profile.least
    near, rise, others = 0.0, 0.0, at
    far = 2.0
    while True:
        variable = at[place] + far * step
        if far > FARTHEST or not low <= variable <= high:
            return None
        others, sum_of_squares = _refitted(profile, others, place, float(variable))
        if sum_of_squares - start >= allowed:
            break
        near, rise, far = far, max(sum_of_squares - start, 0.0), far * 1.5
    reached = sum_of_squares - start
    for _ in range(SECANTS):
        share = (np.sqrt(allowed) - np.sqrt(rise)) / max(np.sqrt(reached) - np.sqrt(rise), 1e-12)
        middle = near + float(np.clip(share, 0.05, 0.95)) * (far - near)
        others, sum_of_squares = _refitted(profile, others, place, float(at[place] + middle * step))
        if sum_of_squares - start < allowed:
            near, rise = middle, max(sum_of_squares - start, 0.0)
        else:
            far, reached = middle, sum_of_squares - start
    return float(at[place] + (near + far) / 2 * step)


def _refitted(profile: Profile, start: Floats, place: int, variable: float) -> tuple[Floats, float]:
    """All variables with one of them held, and the sum of squares there."""
    from scipy.optimize import least_squares

    kept = [k for k in range(profile.asked) if k != place]
    held = start.copy()
    held[place] = variable
    if not kept:
        only = profile.residuals(held)
        _still_the_minimum(profile, held, float(only @ only))
        return held, float(only @ only)

    def whole(part: Floats) -> Floats:
        full = held.copy()
        full[kept] = part
        return full

    low, high = (ends[kept] for ends in profile.problem.bounds())
    found = least_squares(
        lambda part: profile.residuals(whole(part)),
        np.clip(held[kept], low + 1e-9, high - 1e-9),
        jac=lambda part: profile.left(profile.problem.jacobian(whole(part), kept)),
        bounds=(low, high),
        x_scale=profile.problem.scale()[kept],
        xtol=1e-3,
        ftol=1e-4,
        max_nfev=EVALUATIONS,
    )
    _still_the_minimum(profile, whole(found.x), 2 * float(found.cost))
    return whole(found.x), 2 * float(found.cost)


def _still_the_minimum(profile: Profile, variables: Floats, sum_of_squares: float) -> None:
    """Refuse intervals around a point that is no minimum."""
    if sum_of_squares < profile.least - BETTER:
        asked = profile.problem.free[: profile.asked]
        near = ", ".join(
            f"{one.name} = {value_of(one.path, float(x)):.4g}" for one, x in zip(asked, variables, strict=False)
        )
        raise Refused("other values fit better than those that were found", hint=f"fit again from {near}")
