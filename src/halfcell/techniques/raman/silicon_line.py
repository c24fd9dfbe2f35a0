"""The crystalline line of silicon, symmetric or with a tail as the data require: position, width and uncertainties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.maths.intensity_noise import noise
from halfcell.maths.line_shapes import voigt_width
from halfcell.maths.line_tops import confined_top_and_width, top_and_width
from halfcell.maths.peak import Peak
from halfcell.maths.peak_fit import PeakFit, fit_peaks
from halfcell.techniques.raman.line_models import (
    AMORPHOUS,
    BENDS,
    crystalline,
    is_determined,
    shapes,
    started_at,
)
from halfcell.techniques.raman.lopsided_line import CRYSTAL, SHAPE, may_be_lopsided

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]
    Gradient = dict[tuple[str, str], float]

_NO_WEIGHT = 1e-3  # of a model, chosen: one of less changes no mean
_UNLIKELY = 5.0  # of Akaike's criterion of a lopsided line above that of a symmetric one
_HOPELESS = 20.0  # of Akaike's criterion above the best degree of the baseline
_DEGREES = 3  # of the baseline: that which is set, and higher ones
_WIDEST = 25.0  # 1/cm, full width of a crystalline line
_NOISE_SIGMAS = 4  # standard deviations of chi2: a fit within them has reached the noise
_WELL_SAMPLED = 5.0  # points in the full width, from which on sampling adds no error
_BETWEEN = 0.1  # of the distance of the points
_AT_BOUND = 0.99  # of the upper bound of a width: above it the width is not free


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """The fit of the window, its peaks, and other reasonable fits of the same data.

    `models` are fits with another degree of the baseline, or with another shape of the line (symmetric, of confined
    phonons, with a tail), and their weights, which add up to one and include that of `fit`; `others` are the same model
    with equal weights, in a narrower window and with a baseline of the next degree. `own_shape` is whether the line is
    lopsided otherwise than that of the wafer.
    `step_per_cm` is the distance of the points at the line (1/cm), `of_wafer` whether the shape is that of a wafer.
    `strength` is the significance of the crystalline line in standard deviations: sqrt((S0 - S) / s2) with the weighted
    sums of squares without and with it, and s2 the variance of the residuals; 0 if its area is negative. It is the
    smaller of two: with the baseline of the fit and with one of the next degree, so that a curved background is no
    line.
    """

    fit: PeakFit
    peaks: tuple[Peak, ...]
    models: tuple[tuple[PeakFit, float], ...]
    others: tuple[PeakFit, ...]
    own_shape: bool
    strength: float
    step_per_cm: float
    of_wafer: bool

    @property
    def sampling_std(self) -> float:
        """What coarse sampling may move position and width by (1/cm); 0 where five points lie above half the height.

        With a wafer the shape is known, and the error of both lines is the same, so that it is none of the shift.

        Shapes that few points do not tell apart have their tops at other places: at three points per width a parabola,
        a spline and the fit through a measured line of silicon differ by up to a tenth of the distance of the points.
        """
        few = full_width(self.fit)[0] < _WELL_SAMPLED * self.step_per_cm
        return _BETWEEN * self.step_per_cm if few and not self.of_wafer else 0.0


class _Tried(NamedTuple):
    fit: PeakFit
    peaks: tuple[Peak, ...]
    degree: int


def fit_line(x: Array, y: Array, settings: Settings, *, is_wafer: bool = False) -> Line:
    """Fit line, amorphous band and baseline by the model that Akaike's criterion prefers, and weigh the others by it.

    With a wafer, the instrument's part of the line (Gaussian, tail) is that of the wafer. The line may be that of
    confined phonons or have a tail of its own; the baseline has the degree that is set or up to two more.
    A model has the weight exp(-AIC / 2) (K. P. Burnham and D. R. Anderson, Model Selection and Multimodel Inference,
    2002, eq. 4.9).
    """
    tried = _tried(x, y, crystalline(x, y, settings.wafer), settings.baseline_degree, is_wafer=is_wafer)
    correlated = min(one.fit.correlation for one in tried)
    criterion = np.array([one.fit.akaike(correlated) for one in tried])
    weight = np.exp(-0.5 * (criterion - criterion.min()))
    best, chosen, degree = tried[int(np.argmin(criterion))]
    others = _others(x, y, chosen, best, degree)
    return Line(
        fit=best,
        peaks=chosen,
        models=tuple((one.fit, float(w)) for one, w in zip(tried, weight / weight.sum(), strict=True)),
        others=others,
        own_shape=chosen[0].tail.std > 0 or chosen[0].inverse_size.std > 0,
        of_wafer=settings.wafer is not None,
        step_per_cm=float(np.median(np.abs(np.diff(x))[np.abs(x[1:] - top(best)[0]) < _WIDEST])),
        strength=min(_strength(x, y, best, degree), _strength(x, y, others[-1], degree + 1)),
    )


def _tried(x: Array, y: Array, peak: Peak, lowest: int, *, is_wafer: bool = False) -> list[_Tried]:
    """Fits with baselines of several degrees: symmetric, of confined phonons, with a tail to low, with one to high.

    Other shapes are tried only where the residual tells of one (a score test: these fits take long). Degrees that are
    far from the best of a symmetric line are not tried with them, nor others than the best where a shape is unlikely
    there; nor is a tail behind a known instrument where confined phonons reach the noise. Without a wafer the tail may
    be the instrument's, and is tried. A tail that is not determined is none.
    """
    sigma, found = noise(y), []
    plain: tuple[Peak, ...] = (peak, AMORPHOUS)
    for degree in range(lowest, lowest + _DEGREES):
        fit = fit_peaks(x, y, sigma, plain, degree, BENDS)
        found.append(_Tried(fit, plain, degree))
        plain = tuple(started_at(one, fit) for one in plain)
    best = min(found, key=lambda one: one.fit.akaike(1.0))
    kept = [one for one in found if one.fit.akaike(1.0) < best.fit.akaike(1.0) + _HOPELESS]
    lopsided = may_be_lopsided(x, y, best.fit, best.degree)
    for shape in shapes(peak, best.fit, lopsided=lopsided, confined=not is_wafer):
        reached = min(each.fit.reduced_chi2 for each in found) < 1 + _NOISE_SIGMAS * np.sqrt(2.0 / len(x))
        if shape.tail.std > 0 and peak.gauss.std == 0 and reached:
            break
        peaks: tuple[Peak, ...] = (shape, AMORPHOUS)
        for one in sorted(kept, key=lambda each: each is not best):
            fit = fit_peaks(x, y, sigma, peaks, one.degree, BENDS)
            if is_determined(fit, shape):
                found.append(_Tried(fit, peaks, one.degree))
            if one is best and fit.akaike(1.0) > best.fit.akaike(1.0) + _UNLIKELY:
                break
            peaks = tuple(started_at(each, fit) for each in peaks)
    return found


def _strength(x: Array, y: Array, found: PeakFit, degree: int) -> float:
    """Significance of the line in a fit with a baseline of this degree, see `Line`."""
    if found.values[CRYSTAL, "area"] <= 0:
        return 0.0
    gain = fit_peaks(x, y, noise(y), (AMORPHOUS,), degree, BENDS).weighted_squares - found.weighted_squares
    return float(np.sqrt(max(gain, 0.0) / (max(found.reduced_chi2, 1.0) * found.correlation)))


def is_bounded(line: Line) -> bool:
    """Whether the data bound the width of the line: no part of it is at its limit, and it is below 25 1/cm.

    A broad rise of the background is fitted by a line as wide as is allowed. The smallest crystals of silicon have
    lines of about 20 1/cm.
    """
    fit, (peak, _) = line.fit, line.peaks
    widths = (("gauss", peak.gauss), ("lorentz", peak.lorentz))
    free = all(fit.values[CRYSTAL, name] < _AT_BOUND * prior.high for name, prior in widths)
    return free and full_width(fit)[0] < _WIDEST


def _others(x: Array, y: Array, peaks: tuple[Peak, ...], best: PeakFit, degree: int) -> tuple[PeakFit, ...]:
    """The same model with equal weights, without an eighth of the window at each end, with a higher baseline degree."""
    started = tuple(started_at(peak, best) for peak in peaks)
    sigma = noise(y)
    edge = 0.125 * float(np.ptp(x))
    inner = (x >= x.min() + edge) & (x <= x.max() - edge)
    return (
        fit_peaks(x, y, np.full(len(y), float(np.median(sigma))), started, degree, BENDS),
        fit_peaks(x[inner], y[inner], sigma[inner], started, degree, BENDS),
        fit_peaks(x, y, sigma, started, degree + 1, BENDS),
    )


def widened(line: Line, value: Callable[[PeakFit], tuple[float, float]]) -> tuple[float, float, Kind]:
    """A value of the fit, its standard uncertainty, and the kind of that uncertainty.

    `value` gives value and standard uncertainty of one fit. The uncertainty is that over the models, each with its
    weight. Where the fit with equal weights or in a narrower window differs by more than two of its own uncertainties,
    the difference is added in quadrature, because the covariance does not cover an imperfect model.

    Parameters
    ----------
    line
        The fit, others of the same data, and their weights.
    value
        Gives value and standard uncertainty of one fit.

    Returns
    -------
    tuple
        Value and standard uncertainty, in the unit of `value`, and the kind of the latter.

    Source: K. P. Burnham, D. R. Anderson, Model Selection and Multimodel Inference, 2nd ed. (2002), eq. 4.9.
    """
    number, own = value(line.fit)
    found = [(*value(fit), weight) for fit, weight in line.models if weight > _NO_WEIGHT]
    mean = sum(weight * (std**2 + (one - number) ** 2) for one, std, weight in found)
    moves = [(abs(one - number), std) for one, std in map(value, line.others[:-1])]
    beyond = max([move for move, std in moves if move > 2 * std], default=0.0)
    total = float(np.sqrt(mean / sum(weight for *_, weight in found) + beyond**2))
    if beyond > own:
        return number, total, "spread over windows"
    return number, total, "spread over models" if total > 2**0.5 * own else "fit covariance"


def _sampled(line: Line, value: Callable[[PeakFit], tuple[float, float]]) -> tuple[float, float, Kind]:
    """As `widened`, with what the sampling adds."""
    number, std, kind = widened(line, value)
    return number, float(np.hypot(std, line.sampling_std)), "instrument resolution" if line.sampling_std > std else kind


def top(fit: PeakFit) -> tuple[float, float]:
    """Position of the line's maximum and its standard uncertainty.

    Parameters
    ----------
    fit
        A fit with the crystalline line.

    Returns
    -------
    tuple of float
        1/cm.

    Source: as `maths.line_tops`.
    """
    offset, slopes = _derived(fit)[0]
    gradient: Gradient = {(CRYSTAL, "position"): 1.0, **slopes}
    return fit.values[CRYSTAL, "position"] + offset, fit.std_of(gradient)


def full_width(fit: PeakFit) -> tuple[float, float]:
    """FWHM of the line and its standard uncertainty.

    Parameters
    ----------
    fit
        A fit with the crystalline line.

    Returns
    -------
    tuple of float
        1/cm.

    Source: as `maths.line_tops`.
    """
    width, slopes = _derived(fit)[1]
    return width, fit.std_of(slopes)


def _derived(fit: PeakFit) -> tuple[tuple[float, Gradient], tuple[float, Gradient]]:
    """(Offset of the maximum from the core, its derivatives) and (FWHM, its derivatives) by the line's shape."""
    shape = np.array([fit.values[CRYSTAL, which] for which in SHAPE])
    names = [(CRYSTAL, which) for which in SHAPE]
    here = _top_and_width(shape)
    free = [i for i, name in enumerate(names) if name in fit.order]
    slopes: list[Gradient] = [{}, {}]
    for i in free:
        step = max(1e-2 * abs(shape[i]), 1e-3)
        ends = [_top_and_width(shape + sign * step * np.eye(len(SHAPE))[i]) for sign in (1, -1)]
        for k in (0, 1):
            slopes[k][names[i]] = (ends[0][k] - ends[1][k]) / (2 * step)
    return (here[0], slopes[0]), (here[1], slopes[1])


def _top_and_width(shape: Array) -> tuple[float, float]:
    gauss, lorentz, tail, share, inverse_size, scatter = (float(value) for value in shape)
    if inverse_size > 0:
        return confined_top_and_width((gauss, lorentz), (inverse_size, scatter))
    if share == 0.0:
        return 0.0, voigt_width(gauss, lorentz)
    return top_and_width((gauss, lorentz), tail, share)


def position_and_width(line: Line) -> dict[str, Quantity]:
    """Position (of the maximum) and full width of the line."""
    position, std, kind = _sampled(line, top)
    width, width_std, width_kind = _sampled(line, full_width)
    return {
        "Si.position": Quantity(position, "1/cm", std, kind),
        "Si.width": Quantity(width, "1/cm", width_std, width_kind),
    }
