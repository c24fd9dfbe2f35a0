"""Least squares by variable projection: amplitudes are solved inside, nonlinear parameters by Levenberg-Marquardt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Problem(Protocol):
    """What is fitted: y = Phi(p) c, with restraints on c and priors on p."""

    @property
    def start(self) -> Array:
        """Starting values of the nonlinear parameters p."""
        ...

    @property
    def low(self) -> Array:
        """Lower bounds of p."""
        ...

    @property
    def high(self) -> Array:
        """Upper bounds of p."""
        ...

    @property
    def prior(self) -> Array:
        """Prior means of p."""
        ...

    @property
    def prior_std(self) -> Array:
        """Prior standard deviations of p; infinite where nothing is known."""
        ...

    def evaluate(self, p: Array) -> tuple[Array, Callable[[Array], Array]]:
        """Return Phi, shape (n, m), and the function c -> d(Phi c)/dp, shape (n, k)."""
        ...

    def restraint(self) -> Array:
        """Rows R with R c = 0 expected, already divided by their uncertainty, shape (r, m)."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Solution:
    """Nonlinear `p` and linear `c`, their joint covariance (p first), the model, chi^2 and its degrees of freedom.

    The covariance is that of counting noise only: multiply by chi2/dof where the model misses the data. `deviance` is
    chi2 including restraints and priors, which is what was minimised.
    """

    p: Array
    c: Array
    covariance: Array
    model: Array
    chi2: float
    deviance: float
    dof: int


@dataclass(frozen=True, eq=False)
class _Point:
    p: Array
    c: Array
    phi: Array  # weighted, with restraint rows
    gram: Array
    model: Array  # unweighted
    residual: Array  # weighted data and restraint rows, then prior rows
    slope: Callable[[Array], Array]

    @property
    def cost(self) -> float:
        return float(self.residual @ self.residual)


def solve(problem: Problem, y: Array, variance: Array, limit: int = 40, tolerance: float = 1e-3) -> Solution:
    """Minimise sum (y - Phi(p) c)^2 / variance + |R c|^2 + sum ((p - prior)/std)^2.

    The linear part is solved at each step by normal equations; the step in p uses Kaufman's projected Jacobian
    P(perp) dPhi/dp c with Marquardt's damping. The fit ends when a step would lower the cost by less than `tolerance`.

    Parameters
    ----------
    problem
        Phi, R, and start, bounds and priors of p.
    y, variance
        Data, in any unit, and their variances, shape (n,); points with infinite variance are ignored.
    limit
        Largest number of steps.
    tolerance
        The decrease of the cost below which the fit ends.

    Returns
    -------
    Solution
        p and c, their covariance, the model, chi^2 and its degrees of freedom.

    Raises
    ------
    Refused
        If the linear part is singular.

    Sources: L. Kaufman, BIT 15 (1975) 49; G. H. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413.
    """
    weight = np.where(np.isfinite(variance), 1.0 / np.sqrt(variance), 0.0)
    point = _point(problem, problem.start, y, weight)
    damping, done, count = 1e-3, False, 0
    while count < limit and not done:
        count += 1
        trial, damping = _step(problem, point, (y, weight), damping, tolerance)
        gain = point.cost - trial.cost
        point = trial if gain > 0 else point
        done = gain < tolerance
    return _solution(problem, point, weight)


def _step(
    problem: Problem, point: _Point, data: tuple[Array, Array], damping: float, tolerance: float
) -> tuple[_Point, float]:
    """The next point, with the damping raised until the cost falls (at most eight times)."""
    y, weight = data
    jacobian = _projected(problem, point, weight)
    gradient, normal = jacobian.T @ point.residual, jacobian.T @ jacobian
    outward = ((point.p <= problem.low) & (gradient < 0)) | ((point.p >= problem.high) & (gradient > 0))
    free = np.flatnonzero(~outward)  # a parameter that pushes against its bound stays there
    gradient, normal, move = gradient[free], normal[np.ix_(free, free)], np.zeros(len(point.p))
    for _ in range(8):
        move[free] = np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-12), gradient)
        if float(2 * gradient @ move[free] - move[free] @ normal @ move[free]) < tolerance:
            return point, damping  # nothing to be gained
        trial = _point(problem, np.clip(point.p + move, problem.low, problem.high), y, weight)
        if trial.cost < point.cost:
            return trial, damping / 8
        damping *= 6
    return trial, damping


def _point(problem: Problem, p: Array, y: Array, weight: Array) -> _Point:
    phi, slope = problem.evaluate(p)
    rows = problem.restraint()
    weighted = np.concatenate([phi * weight[:, None], rows])
    target = np.concatenate([y * weight, np.zeros(len(rows))])
    gram = weighted.T @ weighted
    c = _linear(gram, weighted.T @ target)
    pull = np.where(np.isfinite(problem.prior_std), (problem.prior - p) / problem.prior_std, 0.0)
    return _Point(p, c, weighted, gram, phi @ c, np.concatenate([target - weighted @ c, pull]), slope)


def _linear(gram: Array, right: Array) -> Array:
    """Solve the normal equations, columns scaled to one; a tiny ridge keeps amplitudes of empty columns at zero."""
    norm = np.sqrt(np.maximum(np.diag(gram), 1e-300))
    scaled = gram / norm[:, None] / norm[None, :] + 1e-11 * np.eye(len(norm))
    try:
        return np.asarray(np.linalg.solve(scaled, right / norm) / norm)
    except np.linalg.LinAlgError as error:
        raise Refused(
            "the pattern's linear parameters are not independent", hint="fewer phases or background terms"
        ) from error


def _projected(problem: Problem, point: _Point, weight: Array) -> Array:
    """Kaufman's Jacobian of the negative residual, shape (n + r + k, k), prior rows last."""
    raw = point.slope(point.c) * weight[:, None]
    rows = len(point.phi) - len(raw)
    raw = np.concatenate([raw, np.zeros((rows, raw.shape[1]))])
    cross = point.phi.T @ raw
    norm = np.sqrt(np.maximum(np.diag(point.gram), 1e-300))
    scaled = point.gram / norm[:, None] / norm[None, :] + 1e-11 * np.eye(len(norm))
    raw -= point.phi @ (np.linalg.solve(scaled, cross / norm[:, None]) / norm[:, None])
    return np.concatenate([raw, np.diag(1.0 / problem.prior_std)])


def _solution(problem: Problem, point: _Point, weight: Array) -> Solution:
    """The solution at a point with its covariance."""
    count = len(weight)
    raw = np.concatenate([point.slope(point.c) * weight[:, None], point.phi[:count]], axis=1)
    normal = raw.T @ raw
    k = len(point.p)
    rows = point.phi[count:]
    normal[k:, k:] += rows.T @ rows
    normal[:k, :k] += np.diag(problem.prior_std**-2.0)
    norm = np.sqrt(np.maximum(np.diag(normal), 1e-300))
    inverse = np.linalg.pinv(normal / norm[:, None] / norm[None, :], hermitian=True, rcond=1e-13)
    used = int((weight > 0).sum())
    data = point.residual[:count]
    return Solution(
        p=point.p,
        c=point.c,
        covariance=inverse / norm[:, None] / norm[None, :],
        model=point.model,
        chi2=float(data @ data),
        deviance=point.cost,
        dof=max(used - k - len(point.c) + len(rows), 1),
    )
