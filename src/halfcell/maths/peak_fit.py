"""Joint fit of peaks and baseline: linear parameters solved inside, priors as data, one covariance for everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.line_shapes import confined_voigt, gauss, tailed_voigt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Which = Literal["position", "gauss", "lorentz", "tail", "tail_share", "inverse_size", "size_spread", "shoulder_share"]
_WHICH: tuple[Which, ...] = (
    "position",
    "gauss",
    "lorentz",
    "tail",
    "tail_share",
    "inverse_size",
    "size_spread",
    "shoulder_share",
)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """A parameter: start, standard deviation of what is known beforehand (0 = fixed, inf = free) and hard limits."""

    start: float
    std: float = np.inf
    low: float = -np.inf
    high: float = np.inf


_NONE = Prior(start=0.0, std=0.0)


@dataclass(frozen=True, kw_only=True)
class Peak:
    """A Voigt peak: position, FWHM of its Gaussian and Lorentzian parts, length and share of a tail on one side.

    With an `inverse_size` (1/nm) it is the line of phonons that are confined to crystals of that size instead, whose
    logarithms scatter by `size_spread` (`line_shapes.confined_voigt`). `shoulder` is a Gaussian that moves with it:
    distance from the peak and FWHM; its area is `shoulder_share` times that of the peak.
    """

    name: str
    position: Prior
    gauss: Prior
    lorentz: Prior
    tail: Prior = _NONE
    tail_share: Prior = _NONE
    inverse_size: Prior = _NONE
    size_spread: Prior = _NONE
    shoulder: tuple[float, float] | None = None
    shoulder_share: Prior = _NONE


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

    free = [(p, w) for p in peaks for w in _WHICH if getattr(p, w).std > 0]
    start = np.array([getattr(p, w).start for p, w in free])
    limits = np.array([(getattr(p, w).low, getattr(p, w).high) for p, w in free]).reshape(-1, 2)
    held = np.array([1.0 / bend if k > degree else 0.0 for k, bend in enumerate(bends, 2)])
    problem = _Problem(
        x=x,
        y=y,
        sigma=sigma,
        peaks=tuple(peaks),
        free=tuple(free),
        degree=max(degree, len(bends) + 1 if bends else 0),
        held=held[held > 0] / max(float(np.quantile(y, 0.1)), 1e-300),
    )
    scale = np.array([max(abs(getattr(p, w).start) * 0.05, 0.1) for p, w in free])
    found = least_squares(
        problem.residual, start, bounds=(limits[:, 0], limits[:, 1]), x_scale=scale, xtol=1e-8, ftol=1e-8
    )
    return _report(problem, found.x, bool(found.success))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Problem:
    """The data of one fit."""

    x: Array
    y: Array
    sigma: Array
    peaks: tuple[Peak, ...]
    free: tuple[tuple[Peak, Which], ...]
    degree: int
    held: Array  # reciprocal standard deviations of the last coefficients of the baseline

    def shapes(self, parameters: Array) -> dict[tuple[str, Which], float]:
        given = {(p.name, w): getattr(p, w).start for p in self.peaks for w in _WHICH}
        return given | {(p.name, w): float(v) for (p, w), v in zip(self.free, parameters, strict=True)}

    def basis(self, parameters: Array) -> Array:
        """Columns: unit-area peaks, then the baseline's Legendre polynomials."""
        shape = self.shapes(parameters)
        t = 2.0 * (self.x - self.x.min()) / np.ptp(self.x) - 1.0
        columns = [_column(self.x, p, [shape[p.name, w] for w in _WHICH]) for p in self.peaks]
        return np.column_stack([*columns, np.polynomial.legendre.legvander(t, self.degree)])

    def solve(self, parameters: Array) -> tuple[Array, Array]:
        """The basis and the linear coefficients that fit best."""
        basis = self.basis(parameters)
        weighted = np.vstack([basis / self.sigma[:, None], self.rows(basis.shape[1])])
        target = np.concatenate([self.y / self.sigma, np.zeros(len(self.held))])
        norm = np.linalg.norm(weighted, axis=0)
        coefficients = np.linalg.lstsq(weighted / norm, target, rcond=None)[0] / norm
        return basis, coefficients

    def rows(self, columns: int) -> Array:
        """What is known of the last coefficients, as rows of the least-squares problem."""
        return np.eye(columns)[columns - len(self.held) :] * self.held[:, None]

    def pulls(self, parameters: Array) -> Array:
        priors = [(getattr(p, w).start, getattr(p, w).std) for p, w in self.free]
        return np.array([(v - s) / d for v, (s, d) in zip(parameters, priors, strict=True) if np.isfinite(d)])

    def residual(self, parameters: Array) -> Array:
        basis, coefficients = self.solve(parameters)
        bent = self.held * coefficients[len(coefficients) - len(self.held) :]
        return np.concatenate([(basis @ coefficients - self.y) / self.sigma, bent, self.pulls(parameters)])


def _column(x: Array, peak: Peak, shape: Sequence[float]) -> Array:
    position, width, lorentz, tail, share, inverse_size, scatter, area = shape
    if inverse_size > 0:
        line = confined_voigt(x, position, (width, lorentz), (inverse_size, scatter))
    else:
        line = tailed_voigt(x, position, (width, lorentz), tail, share)
    if peak.shoulder is None:
        return line
    distance, wide = peak.shoulder
    return np.asarray(line + area * gauss(x, position + distance, wide))


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


def _report(problem: _Problem, parameters: Array, converged: bool) -> PeakFit:
    """Values, covariance of shapes and areas together, curves."""
    basis, coefficients = problem.solve(parameters)
    residual = (basis @ coefficients - problem.y) / problem.sigma
    freedom = max(len(problem.y) - len(parameters) - len(coefficients) + len(problem.held), 1)
    chi2 = float(residual @ residual) / freedom
    correlated = correlation(residual)
    covariance = _covariance(problem, parameters, basis, coefficients) * chi2 * correlated
    shape, count = problem.shapes(parameters), len(parameters)
    values: dict[tuple[str, str], float] = {(n, str(w)): v for (n, w), v in shape.items()}
    stds = dict.fromkeys(values, 0.0)
    for i, (peak, which) in enumerate(problem.free):
        stds[peak.name, which] = float(np.sqrt(covariance[i, i]))
    for i, peak in enumerate(problem.peaks):
        values[peak.name, "area"] = float(coefficients[i])
        stds[peak.name, "area"] = float(np.sqrt(covariance[count + i, count + i]))
    n = len(problem.peaks)
    return PeakFit(
        values=values,
        stds=stds,
        order=(*((p.name, str(w)) for p, w in problem.free), *((p.name, "area") for p in problem.peaks)),
        covariance=covariance[: count + n, : count + n],
        curves={p.name: basis[:, i] * coefficients[i] for i, p in enumerate(problem.peaks)},
        baseline=basis[:, n:] @ coefficients[n:],
        reduced_chi2=chi2,
        converged=converged,
        correlation=correlated,
        weighted_squares=float(residual @ residual),
        points=len(residual),
        parameters=len(parameters) + len(coefficients) - len(problem.held),
    )


def _covariance(problem: _Problem, parameters: Array, basis: Array, coefficients: Array) -> Array:
    """(J^T J)^-1 of the whole model; the shapes' derivatives by central differences at fixed coefficients."""
    columns = []
    for i, value in enumerate(parameters):
        step = max(abs(value) * 1e-5, 1e-6)
        up, down = parameters.copy(), parameters.copy()
        up[i], down[i] = value + step, value - step
        columns.append((problem.basis(up) - problem.basis(down)) @ coefficients / (2 * step))
    jacobian = np.column_stack([*columns, basis]) / problem.sigma[:, None]
    rows = problem.rows(jacobian.shape[1])
    normal = jacobian.T @ jacobian + rows.T @ rows
    for i, (peak, which) in enumerate(problem.free):
        normal[i, i] += 1.0 / getattr(peak, which).std ** 2
    scale = np.sqrt(np.diag(normal))
    scale[scale == 0.0] = 1.0  # a parameter without effect, such as the length of a tail whose share is zero
    return np.asarray(np.linalg.pinv(normal / np.outer(scale, scale), hermitian=True) / np.outer(scale, scale))
