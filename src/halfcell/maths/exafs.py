"""EXAFS: edge energy, normalisation, background by linear least squares, Fourier transform.

The conventions (default ranges, knots, windows, factors) are those of Athena and larch, so that numbers can be
compared: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007. The background is AUTOBK (M. Newville et al., Phys. Rev. B
47 (1993) 14126): the spline that leaves the least of chi(R) below R_bkg. The problem is linear in the coefficients of
the spline and is solved as such; only the weights of the clamps at the ends depend on the residual, so the solution is
repeated a few times with new weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

K_PER_E = 0.26246842396479844  # 2 m_e / hbar^2 in 1/(eV angstrom^2) (CODATA 2018)
STEP = 0.05  # 1/angstrom, grid in k
POINTS = 2048  # of the Fourier transform
_NOISE_RANGE = (15.0, 25.0)  # angstrom
_CLAMPED = 3  # points of chi at the end that the clamp holds
FALL_POWER = 2.75  # the absorption above a K edge between 5 and 40 keV falls as E^-2.75 +- 0.1 (McMaster, UCRL-50174)
_ORDER = 3  # cubic splines, as AUTOBK (Newville 1993)
_PASSES = 4  # rounds of weights of the robust background, by trial
_STEEP = 20.0  # eV around E0, in which the steepest slope is that of the edge


@dataclass(frozen=True, kw_only=True)
class Normalised:
    """Pre-edge line at each energy, edge step at E0, and the ranges and degree that were used (eV relative to E0)."""

    e0: float
    step: float
    step_std: float
    pre_edge: Array

    pre_range: tuple[float, float]
    post_range: tuple[float, float]
    degree: int
    flat_pre_edge: bool


@dataclass(frozen=True, kw_only=True)
class Background:
    """k (1/angstrom) on an even grid, and chi(k) with the background removed."""

    k: Array
    chi: Array


def edge_energy(energy: Array, mu: Array) -> float:
    """E0: the point at which the smoothed derivative is greatest (eV).

    The derivative is smoothed by a Gaussian of sigma E / 25000 (0.3 eV at the Fe K edge, 1.2 eV at the Sn K edge: well
    below the lifetime widths) on an even grid between the points; the first and the last twentieth are left out.
    """
    sigma = float(energy.mean()) / 25000.0
    slope = np.gradient(mu, energy)
    margin = max(len(energy) // 20, 3)
    rough = energy[margin:-margin][int(np.argmax(slope[margin:-margin]))]
    near = np.flatnonzero(np.abs(energy - rough) < 60.0)
    even = np.arange(energy[near[0]], energy[near[-1]], sigma / 4)
    kernel = np.exp(-0.5 * (np.arange(-16, 17) / 4.0) ** 2)
    padded = np.pad(np.interp(even, energy, slope), 16, mode="edge")
    smooth = np.convolve(padded, kernel / kernel.sum(), mode="valid")
    best = near[int(np.argmax(np.interp(energy[near], even, smooth)))]
    return float(energy[best])


def default_ranges(energy: Array, e0: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of the pre-edge line and the post-edge polynomial, relative to E0 (eV), as larch takes them.

    Pre-edge: from the second point (to 5 eV) to half that. Post-edge: from min(25, end / 15) to the end (to 5 eV).
    """
    first = 5.0 * round((energy[1] - e0) / 5.0)
    pre1 = max(first, float(energy[0] - e0))
    norm2 = min(5.0 * round((energy[-1] - e0) / 5.0), float(energy[-1] - e0))
    norm1 = min(25.0, 5.0 * round(norm2 / 15.0), norm2 - 2.0)
    return (pre1, 0.5 * pre1), (norm1, norm2)


def normalise(
    energy: Array,
    mu: Array,
    e0: float,
    pre_range: tuple[float, float] | None = None,
    post_range: tuple[float, float] | None = None,
) -> Normalised:
    """Edge step from a line before and a polynomial after the edge.

    The polynomial has degree 2, or 1 where its range is below 300 eV, or 0 below 30 eV. Where the pre-edge range has
    fewer than four points a constant is taken: a line through so few points, extrapolated to the edge, changes the step
    by several per cent. The standard uncertainty of the step is the scatter of the residuals of both fits.

    Raises
    ------
    ValueError
        If a range holds fewer than two points.
    """
    pre_default, post_default = default_ranges(energy, e0)
    pre, post = pre_range or pre_default, post_range or post_default
    degree = 2 if post[1] - post[0] >= 300 else 1 if post[1] - post[0] >= 30 else 0
    before = _between(energy, e0 + pre[0], e0 + pre[1])
    after = _between(energy, e0 + post[0], e0 + post[1])
    if before.stop - before.start < 2 or after.stop - after.start < degree + 2:
        raise ValueError("too few points before or after the edge")
    t = energy - e0
    sparse = np.searchsorted(t, pre[1], side="right") - np.searchsorted(t, pre[0], side="right") < 3
    line = np.polynomial.Polynomial.fit(t[before], mu[before], 0 if sparse else 1)
    pre_edge = line(t)
    curve = np.polynomial.Polynomial.fit(t[after], (mu - pre_edge)[after], degree)
    at_edge = int(np.argmin(np.abs(t)))
    noise = np.hypot(
        _scatter(mu[before] - pre_edge[before], 2), _scatter((mu - pre_edge - curve(t))[after], degree + 1)
    )
    return Normalised(
        e0=e0,
        step=float(curve(t[at_edge])),
        step_std=float(noise),
        pre_edge=pre_edge,
        pre_range=(float(pre[0]), float(pre[1])),
        post_range=(float(post[0]), float(post[1])),
        degree=degree,
        flat_pre_edge=bool(sparse),
    )


def fall_of_absorption(k: Array, e0: float) -> Array:
    """(E / E0)^-2.75 at k (1/angstrom): how much of the edge step is left of an atom's absorption above its edge.

    chi(k) is normalised to the step at E0, so that measured oscillations are smaller than those of theory by this
    factor (the McMaster correction).

    Source: W. H. McMaster et al., UCRL-50174 (1969); G. Bunker, Introduction to XAFS (Cambridge 2010).
    """
    return np.asarray((1.0 + k**2 / (K_PER_E * e0)) ** -FALL_POWER)


def lifetime_deficit(energy: Array, mu: Array, normal: Normalised) -> float:
    """How much lower, relative, a step is than the atom's jump because the core hole's lifetime broadens the edge.

    The edge is an arc tangent, whose tails reach into the ranges before and after it: 1/2 + arctan((E - E0) / w) / pi
    with w from the steepest slope of the scan, normalised in the same ranges, has a step below 1 (1 % at the Cu K edge,
    4 to 6 % at the Sn K edge).

    Source of the shape: F. K. Richtmyer, S. W. Barnes, E. Ramberg, Phys. Rev. 46 (1934) 843.
    """
    near = np.abs(energy - normal.e0) < _STEEP
    width = normal.step / (np.pi * float(np.max(np.gradient(mu, energy)[near])))
    ideal = 0.5 + np.arctan((energy - normal.e0) / width) / np.pi
    return 1.0 - normalise(energy, ideal, normal.e0, normal.pre_range, normal.post_range).step


def _between(energy: Array, low: float, high: float) -> slice:
    """From the last point at or below `low` to the point nearest to `high` (excluded)."""
    start = max(int(np.searchsorted(energy, low, side="right")) - 1, 0)
    stop = int(np.argmin(np.abs(energy - high)))
    return slice(start, max(stop, start + 2))


def _scatter(residual: Array, parameters: int) -> float:
    freedom = max(len(residual) - parameters, 1)
    return float(np.sqrt((residual**2).sum() / freedom))


def window(x: Array, low: float, high: float, sill: float) -> Array:
    """Hanning window on an even grid: 0 to 1 over `sill` around `low`, 1 to 0 over `sill` around `high`.

    The four corners are grid points (rounded down) and stay within the grid, as in Athena and larch.
    """
    step = float(x[1] - x[0])
    last = len(x) - 1
    ends = (max(x[0], low - sill / 2), low + sill / 2, high - sill / 2, min(x[-1], high + sill / 2))
    tiny = 1e-4 * step
    inner = (0.0, tiny, -tiny, 0.0)
    a, b, c, d = (min(max(int((e + t + tiny - x[0]) / step), 0), last) for e, t in zip(ends, inner, strict=True))
    a = max(0, b - 1) if a == b else a
    c = max(b, d - 1) if c == d else c
    rise = np.clip((x - x[a]) / max(float(x[b] - x[a]), tiny), 0, 1)
    fall = np.clip((x[d] - x) / max(float(x[d] - x[c]), tiny), 0, 1)
    return np.asarray(np.sin(0.5 * np.pi * rise) ** 2 * np.sin(0.5 * np.pi * fall) ** 2)


def transform(chi: Array, weight: int, k_range: tuple[float, float], sill: float) -> tuple[Array, Array]:
    """R (angstrom) and complex chi(R) of chi(k) on the grid of 0.05 1/angstrom.

    chi(R) = (dk / sqrt pi) sum chi(k) k^w W(k) exp(2 i k R); R is not corrected for the phase shift.
    """
    reach = max(len(chi), int(1.01 + (k_range[1] + sill) / STEP))
    k = STEP * np.arange(reach)
    weighted = np.zeros(POINTS, dtype=complex)
    weighted[: len(chi)] = chi * (k**weight * window(k, *k_range, sill))[: len(chi)]
    spectrum = STEP / np.sqrt(np.pi) * np.fft.fft(weighted)[: POINTS // 2]
    return np.pi / (STEP * POINTS) * np.arange(POINTS // 2), spectrum


def noise_of(r: Array, spectrum: Array) -> float:
    """Standard deviation of the real (and of the imaginary) part of chi(R) between 15 and 25 angstrom.

    At these distances no structure contributes.

    Source: M. Newville, B. I. Boyanov and D. E. Sayers, J. Synchrotron Rad. 6 (1999) 264.
    """
    far = spectrum[(r >= _NOISE_RANGE[0]) & (r <= _NOISE_RANGE[1])]
    return float(np.sqrt(np.mean(np.abs(far) ** 2) / 2))


def background(
    energy: Array,
    mu: Array,
    normal: Normalised,
    *,
    rbkg: float = 1.0,
    k_range: tuple[float, float | None] = (0.0, None),
) -> Background:
    """chi(k) = (mu - mu0) / step, with mu0 the spline that leaves the least of chi(R) below `rbkg` (angstrom).

    Raises
    ------
    ValueError
        If fewer than 20 points lie above E0.
    """
    from scipy.interpolate import BSpline, CubicSpline

    start = max(int(np.searchsorted(energy, normal.e0, side="right")) - 1, 0)
    above, signal = energy[start:] - normal.e0, mu[start:]
    if len(above) < 20:
        raise ValueError("too few points above the edge")
    k_raw = np.sign(above) * np.sqrt(K_PER_E * np.abs(above))
    top = min(float(k_raw.max()), k_range[1] or np.inf)
    knots = _knots(k_raw, top, k_range[0], rbkg)
    grid = STEP * np.arange(int(1.01 + top / STEP))
    basis_raw = BSpline.design_matrix(k_raw, knots, _ORDER, extrapolate=True).toarray()
    to_grid = [CubicSpline(k_raw, column)(grid) for column in (signal, *basis_raw.T)]
    coefficients = _solve(np.array(to_grid), grid, (k_range[0], top), rbkg)
    chi = (to_grid[0] - np.array(to_grid[1:]).T @ coefficients) / normal.step
    return Background(k=grid, chi=chi)


def _independent(k_span: float, rbkg: float) -> int:
    """Number of independent values of the background: 1 + 2 R dk / pi (Nyquist)."""
    return 1 + int(2 * rbkg * k_span / np.pi)


def _knots(k_raw: Array, top: float, low: float, rbkg: float) -> Array:
    """Knots of the cubic spline: those of a spline that interpolates the data points nearest to an even spacing.

    Such a spline has no knot at its second and its second-to-last point.
    """
    even = np.linspace(low, top, max(5, min(128, _independent(top - low, rbkg))))
    values = np.array([k_raw[int(np.argmin(np.abs(k_raw - q)))] for q in even])
    return np.concatenate([[values[0]] * 4, values[2:-2], [values[-1]] * 4])


def _solve(columns: Array, grid: Array, k_range: tuple[float, float], rbkg: float) -> Array:
    """Coefficients of mu0: least squares of chi(R) below rbkg, with a clamp on the end of chi(k).

    The clamp's weight is 0.1 + 10 times the mean square of what is left below rbkg, as in larch; it is updated in a few
    passes.
    """
    span = k_range[1] - k_range[0]
    keep = int(1 + (_independent(span, rbkg) - 1) * STEP * POINTS / (2 * span))
    shaped = columns * grid * window(grid, *k_range, 0.1)
    spectra = np.fft.fft(shaped, POINTS, axis=1)[:, :keep] * (STEP / np.sqrt(np.pi))
    rows = np.concatenate([spectra.real, spectra.imag], axis=1)
    ends = columns[:, -_CLAMPED:]
    coefficients = np.linalg.lstsq(rows[1:].T, rows[0], rcond=None)[0]
    for _ in range(_PASSES):
        left = rows[0] - coefficients @ rows[1:]
        system = np.concatenate([rows, (0.1 + 10.0 * float(np.mean(left**2))) * ends], axis=1)
        coefficients = np.linalg.lstsq(system[1:].T, system[0], rcond=None)[0]
    return np.asarray(coefficients)
