"""Joint fit of peaks and baseline: linear parameters solved inside, priors as data, one covariance for everything."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.peak import WHICH, Peak, Which, peak_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class PeakFit:
    """The result of a fit.

    `values` and `stds`: (peak, parameter or "area") -> value and standard uncertainty (fit covariance, times the
    reduced chi-square, since the noise is known to a fifth only, times `correlation`). `correlation` is the number of
    neighbouring residuals that hold the same information: 1 for independent points, more where the data were smoothed
    or interpolated or where the model misses them. `covariance` is ordered as `order`.
    """

    values: dict[tuple[str, str], float]
    stds: dict[tuple[str, str], float]
    order: tuple[tuple[str, str], ...]
    covariance: Array
    curves: dict[str, Array]
    baseline: Array
    reduced_chi2: float
    converged: bool
    correlation: float = 1.0
    weighted_squares: float = 0.0
    points: int = 0
    parameters: int = 0

    def criterion(self, correlation: float) -> float:
        """Schwarz' criterion, n ln(chi2 / n) + k ln n, with n the number of points divided by `correlation`."""
        n = self.points / correlation
        return float(n * np.log(self.weighted_squares / self.points) + self.parameters * np.log(n))

    def akaike(self, correlation: float) -> float:
        """Akaike's criterion for few points, n ln(chi2 / n) + 2 k n / (n - k - 1), n divided by `correlation`."""
        n, k = self.points / correlation, self.parameters
        return float(n * np.log(self.weighted_squares / self.points) + 2 * k * n / max(n - k - 1, 1.0))

    def std_of(self, gradient: dict[tuple[str, str], float]) -> float:
        """Standard uncertainty of a function of the parameters, from its derivatives: sqrt(g^T C g)."""
        slopes = np.array([gradient.get(name, 0.0) for name in self.order])
        return float(np.sqrt(max(slopes @ self.covariance @ slopes, 0.0)))


def fit_peaks(
    x: Array, y: Array, sigma: Array, peaks: Sequence[Peak], degree: int = 1, bends: Sequence[float] = ()
) -> PeakFit:
    """Fit peaks and a polynomial baseline jointly.

    Minimises sum ((y - sum A_i V_i - b) / sigma)^2 + sum ((p - p0) / s)^2 over the peaks' shapes p; areas A_i and the
    baseline's coefficients are solved for at each step (variable projection: Golub and Pereyra, SIAM J. Numer. Anal.
    10 (1973) 413). Areas may be negative, so that a share that is truly zero is not biased upwards.

    Parameters
    ----------
    x, y, sigma
        Axis and intensities, in any units, and standard deviations of these, shape (n,).
    peaks
        The peaks with their priors.
    degree
        Degree of the baseline's polynomial.
    bends
        How far a smooth baseline may depart from that: standard deviations of the coefficients of the Legendre
        polynomials of degree 2, 3 ... relative to its level (the lowest tenth of y), for those above `degree`.

    Returns
    -------
    PeakFit
        Parameters and areas (unit of `y` times that of `x`) with their uncertainties, the curves and the baseline.

    Source: G. H. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413.
    """
    from scipy.optimize import least_squares

    problem = _problem(x, y, sigma, tuple(peaks), degree, bends)
    priors = [getattr(peak, which) for peak, which in problem.free]
    limits = np.array([(prior.low, prior.high) for prior in priors]).reshape(-1, 2)
    at = functools.lru_cache(maxsize=1)(lambda place: problem.solved(np.frombuffer(place)))  # asked twice in a row
    found = least_squares(
        lambda place: at(place.tobytes()).residual,
        np.array([prior.start for prior in priors]),
        jac=lambda place: at(place.tobytes()).jacobian(),
        bounds=(limits[:, 0], limits[:, 1]),
        x_scale=np.array([max(abs(prior.start) * 0.05, 0.1) for prior in priors]),
        xtol=1e-8,
        ftol=1e-8,
    )
    return _report(problem, problem.solved(found.x), bool(found.success))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Problem:
    """The data of one fit."""

    x: Array
    y: Array
    sigma: Array
    peaks: tuple[Peak, ...]
    free: tuple[tuple[Peak, Which], ...]
    baseline: Array  # Legendre polynomials, shape (points, terms)
    held: Array  # reciprocal standard deviations of the last coefficients of the baseline

    def solved(self, parameters: Array) -> _Solved:
        """The linear coefficients that fit best, with these shapes of the peaks."""
        given = {(p.name, w): getattr(p, w).start for p in self.peaks for w in WHICH}
        shape = given | {(p.name, w): float(v) for (p, w), v in zip(self.free, parameters, strict=True)}
        curves = [peak_curve(self.x, p, {w: shape[p.name, w] for w in WHICH}) for p in self.peaks]
        basis = np.column_stack([*(curve for curve, _ in curves), self.baseline])
        weighted = np.vstack([basis / self.sigma[:, None], self.rows(basis.shape[1])])
        norm = np.linalg.norm(weighted, axis=0)
        u, s, v = np.linalg.svd(weighted / norm, full_matrices=False)
        kept = s > np.finfo(float).eps * max(weighted.shape) * s[0]
        inverse = (v[kept].T / s[kept]) @ u[:, kept].T / norm[:, None]
        target = np.concatenate([self.y / self.sigma, np.zeros(len(self.held))])
        return _Solved(
            problem=self,
            parameters=parameters,
            shape=shape,
            basis=basis,
            slopes=tuple(slopes for _, slopes in curves),
            coefficients=inverse @ target,
            span=u[:, kept],
            inverse=inverse,
            missed=weighted @ (inverse @ target) - target,
        )

    def rows(self, columns: int) -> Array:
        """What is known of the last coefficients, as rows of the least-squares problem."""
        return np.eye(columns)[columns - len(self.held) :] * self.held[:, None]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Solved:
    """The problem at one set of shapes: basis, coefficients, and what is needed for derivatives.

    `span` is an orthonormal basis of the weighted columns, `inverse` their pseudo-inverse, `missed` model minus data.
    """

    problem: _Problem
    parameters: Array
    shape: dict[tuple[str, Which], float]
    basis: Array
    slopes: tuple[dict[str, Array], ...]
    coefficients: Array
    span: Array
    inverse: Array
    missed: Array

    @property
    def residual(self) -> Array:
        """Model minus data in standard deviations, then the departures from what is known beforehand."""
        priors = [getattr(peak, which) for peak, which in self.problem.free]
        pulls = [
            (v - one.start) / one.std for v, one in zip(self.parameters, priors, strict=True) if np.isfinite(one.std)
        ]
        return np.concatenate([self.missed, pulls])

    def changes(self) -> list[tuple[int, Array]]:
        """Of each free parameter, which peak it changes, and by how much the curve of unit area, shape (points,)."""
        names = [peak.name for peak in self.problem.peaks]
        places = [(names.index(peak.name), which) for peak, which in self.problem.free]
        return [(place, self.slopes[place][which]) for place, which in places]

    def jacobian(self) -> Array:
        """Derivatives of the residual, with the coefficients following.

        d r = (1 - P) dW c - (W^+)^T dW^T r with the weighted columns W, their projector P, and the coefficients c
        (Golub and Pereyra, eq. 5.4 for a residual of the other sign).
        """
        held = np.zeros(len(self.problem.held))
        columns, pulled = [], np.isfinite([getattr(peak, which).std for peak, which in self.problem.free])
        for place, slope in self.changes():
            change = np.concatenate([slope / self.problem.sigma, held])
            moved = change - self.span @ (self.span.T @ change)
            columns.append(moved * self.coefficients[place] - self.inverse[place] * (change @ self.missed))
        stds = np.array([getattr(peak, which).std for peak, which in self.problem.free])
        return np.vstack([np.reshape(columns, (len(stds), -1)).T, np.diag(1.0 / stds)[pulled]])


def _problem(
    x: Array, y: Array, sigma: Array, peaks: tuple[Peak, ...], degree: int, bends: Sequence[float]
) -> _Problem:
    held = np.array([1.0 / bend if k > degree else 0.0 for k, bend in enumerate(bends, 2)])
    t = 2.0 * (x - x.min()) / np.ptp(x) - 1.0
    return _Problem(
        x=x,
        y=y,
        sigma=sigma,
        peaks=peaks,
        free=tuple((p, w) for p in peaks for w in WHICH if getattr(p, w).std > 0),
        baseline=np.polynomial.legendre.legvander(t, max(degree, len(bends) + 1 if bends else 0)),
        held=held[held > 0] / max(float(np.quantile(y, 0.1)), 1e-300),
    )


def correlation(residual: Array) -> float:
    """Number of neighbouring residuals that hold the same information: 1 + 2 sum of the autocorrelation above noise.

    Parameters
    ----------
    residual
        Shape (n,), in any unit.

    Returns
    -------
    float
        1 where the first autocorrelation is within three standard errors (1 / sqrt n) of zero.

    Source: M. S. Bartlett, J. R. Stat. Soc. 98 (1935) 536.
    """
    n = len(residual)
    rho = np.array([residual[k:] @ residual[:-k] for k in range(1, max(n // 5, 2))]) / max(residual @ residual, 1e-300)
    if rho[0] < 3.0 / np.sqrt(n):
        return 1.0
    stop = int(np.argmax(rho < 2.0 / np.sqrt(n))) or len(rho)
    return float(1.0 + 2.0 * rho[:stop].sum())


def _report(problem: _Problem, solved: _Solved, converged: bool) -> PeakFit:
    """Values, covariance of shapes and areas together, curves."""
    basis, coefficients = solved.basis, solved.coefficients
    residual = (basis @ coefficients - problem.y) / problem.sigma
    count, n = len(problem.free), len(problem.peaks)
    free = count + len(coefficients) - len(problem.held)
    chi2 = float(residual @ residual) / max(len(problem.y) - free, 1)
    correlated = correlation(residual)
    covariance = _covariance(problem, solved) * chi2 * correlated
    values: dict[tuple[str, str], float] = {(name, str(w)): v for (name, w), v in solved.shape.items()}
    order = (*((p.name, str(w)) for p, w in problem.free), *((p.name, "area") for p in problem.peaks))
    areas = {(p.name, "area"): float(coefficients[i]) for i, p in enumerate(problem.peaks)}
    known = {name: float(np.sqrt(covariance[i, i])) for i, name in enumerate(order)}
    return PeakFit(
        values=values | areas,
        stds=dict.fromkeys(values, 0.0) | known,
        order=order,
        covariance=covariance[: count + n, : count + n],
        curves={p.name: basis[:, i] * coefficients[i] for i, p in enumerate(problem.peaks)},
        baseline=basis[:, n:] @ coefficients[n:],
        reduced_chi2=chi2,
        converged=converged,
        correlation=correlated,
        weighted_squares=float(residual @ residual),
        points=len(residual),
        parameters=free,
    )


def _covariance(problem: _Problem, solved: _Solved) -> Array:
    """(J^T J)^-1 of the whole model; the shapes' derivatives at fixed coefficients."""
    columns = [slope * solved.coefficients[place] for place, slope in solved.changes()]
    jacobian = np.column_stack([*columns, solved.basis]) / problem.sigma[:, None]
    rows = problem.rows(jacobian.shape[1])
    normal = jacobian.T @ jacobian + rows.T @ rows
    for i, (peak, which) in enumerate(problem.free):
        normal[i, i] += 1.0 / getattr(peak, which).std ** 2
    scale = np.sqrt(np.diag(normal))
    scale[scale == 0.0] = 1.0  # a parameter without effect, such as the length of a tail whose share is zero
    return np.asarray(np.linalg.pinv(normal / np.outer(scale, scale), hermitian=True) / np.outer(scale, scale))
