"""The crystalline line of silicon, symmetric or with a tail as the data require: position, width and uncertainties."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.maths.line_shapes import top_and_width, voigt_width
from halfcell.maths.peak_fit import Peak, PeakFit, Prior, fit_peaks, noise
from halfcell.techniques.raman.wafer_line import WaferLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]
    Gradient = dict[tuple[str, str], float]

CRYSTAL, GLASS = "c-Si", "a-Si"
_REQUIRED = 10.0  # how far Schwarz' criterion of the line with a tail must be below that of the line without
_LONGEST = 15.0  # 1/cm, of a tail
_WIDEST = 25.0  # 1/cm, full width of a crystalline line
_SHAPE = ("gauss", "lorentz", "tail", "tail_share")
AMORPHOUS = Peak(
    name=GLASS,
    position=Prior(start=480.0, std=5.0, low=460.0, high=495.0),
    gauss=Prior(start=70.0, std=10.0, low=30.0, high=110.0),
    lorentz=Prior(start=0.0, std=0.0),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """The fit of the window, its peaks, and other reasonable fits of the same data.

    `own_tail` is whether the line has a tail other than that of the wafer. `strength` is the significance of the
    crystalline line in standard deviations: sqrt((S0 - S) / s2) with the weighted sums of squares without and with it,
    and s2 the variance of the residuals; 0 if its area is negative. It is the smaller of two: with the baseline that is
    set and with one of the next degree, so that a curved background is no line.
    """

    fit: PeakFit
    peaks: tuple[Peak, ...]
    others: tuple[PeakFit, ...]
    own_tail: bool
    strength: float


def fit_line(x: Array, y: Array, settings: Settings) -> Line:
    """Fit line, amorphous band and baseline; repeat with equal weights, a narrower window and a higher baseline degree.

    With a wafer, the instrument's part of the line (Gaussian, tail) is that of the wafer. The line gets a tail of its
    own only if the fit without it misses the data and Schwarz' criterion with it is lower by at least 10.
    """
    sigma, degree = noise(y), settings.baseline_degree
    peaks = (_crystalline(x, y, settings.wafer), AMORPHOUS)
    plain = fit_peaks(x, y, sigma, peaks, degree)
    best, chosen = plain, peaks
    if plain.reduced_chi2 > 1 + 4 * np.sqrt(2.0 / len(x)):
        for sign in (1.0, -1.0):
            tried = (_with_tail(peaks[0], plain, sign), AMORPHOUS)
            found = fit_peaks(x, y, sigma, tried, degree)
            ahead = min(plain.criterion(found.correlation) - _REQUIRED, best.criterion(found.correlation))
            if found.criterion(found.correlation) < ahead:
                best, chosen = found, tried
    others = _others(x, y, chosen, best, degree)
    strength = min(_strength(x, y, best, degree), _strength(x, y, others[-1], degree + 1))
    return Line(fit=best, peaks=chosen, others=others, own_tail=best is not plain, strength=strength)


def _strength(x: Array, y: Array, found: PeakFit, degree: int) -> float:
    """Significance of the line in a fit with a baseline of this degree, see `Line`."""
    if found.values[CRYSTAL, "area"] <= 0:
        return 0.0
    gain = fit_peaks(x, y, noise(y), (AMORPHOUS,), degree).weighted_squares - found.weighted_squares
    return float(np.sqrt(max(gain, 0.0) / (max(found.reduced_chi2, 1.0) * found.correlation)))


def is_bounded(line: Line) -> bool:
    """Whether the data bound the width of the line: no part of it is at its limit, and it is below 25 1/cm.

    A broad rise of the background is fitted by a line as wide as is allowed. The smallest crystals of silicon have
    lines of about 20 1/cm.
    """
    fit, (peak, _) = line.fit, line.peaks
    widths = (("gauss", peak.gauss), ("lorentz", peak.lorentz))
    free = all(fit.values[CRYSTAL, name] < 0.99 * prior.high for name, prior in widths)
    return free and full_width(fit)[0] < _WIDEST


def _crystalline(x: Array, y: Array, wafer: WaferLine | None) -> Peak:
    """The crystalline line before the fit; with a wafer, its Gaussian part and its tail are those of the wafer."""
    near = (x > 490) & (x < 540)
    start = float(x[near][np.argmax(y[near])]) if near.any() else 520.0
    if wafer is None:
        gauss, lorentz = Prior(start=4.0, low=0.05, high=25.0), Prior(start=4.0, low=0.05, high=40.0)
        return Peak(name=CRYSTAL, position=_around(start), gauss=gauss, lorentz=lorentz)
    return Peak(
        name=CRYSTAL,
        position=_around(start),
        gauss=Prior(start=wafer.gauss_per_cm, std=0.0),
        lorentz=Prior(start=max(wafer.lorentz_per_cm, 1.0), low=0.05, high=40.0),
        tail=Prior(start=wafer.tail_per_cm, std=0.0),
        tail_share=Prior(start=wafer.tail_share, std=0.0),
    )


def _around(start: float) -> Prior:
    return Prior(start=start, low=start - 15, high=start + 15)


def _with_tail(peak: Peak, plain: PeakFit, sign: float) -> Peak:
    """The line with a free tail to one side, starting from the fit without one."""
    length = sorted((0.3 * sign, _LONGEST * sign))
    shape = {which: plain.values[CRYSTAL, which] for which in ("position", "gauss", "lorentz")}
    prior = peak.position
    place = float(np.clip(shape["position"] + 1.5 * sign, prior.low + 1e-6, prior.high - 1e-6))
    return dataclasses.replace(
        peak,
        position=dataclasses.replace(prior, start=place),
        gauss=dataclasses.replace(peak.gauss, start=float(np.clip(shape["gauss"], 0.5, 20.0))),
        lorentz=dataclasses.replace(peak.lorentz, start=float(np.clip(shape["lorentz"], 0.5, 30.0))),
        tail=Prior(start=5.0 * sign, low=length[0], high=length[1]),
        tail_share=Prior(start=0.4, low=0.0, high=1.0),
    )


def _others(x: Array, y: Array, peaks: tuple[Peak, ...], best: PeakFit, degree: int) -> tuple[PeakFit, ...]:
    """The same model with equal weights, without an eighth of the window at each end, with a higher baseline degree."""
    started = tuple(_started(peak, best) for peak in peaks)
    sigma = noise(y)
    edge = 0.125 * float(np.ptp(x))
    inner = (x >= x.min() + edge) & (x <= x.max() - edge)
    return (
        fit_peaks(x, y, np.full(len(y), float(np.median(sigma))), started, degree),
        fit_peaks(x[inner], y[inner], sigma[inner], started, degree),
        fit_peaks(x, y, sigma, started, degree + 1),
    )


def _started(peak: Peak, fit: PeakFit) -> Peak:
    """The peak with its free parameters starting where a fit ended; parameters with a prior keep their start."""

    def started(prior: Prior, which: str) -> Prior:
        if not np.isinf(prior.std):
            return prior
        inside = np.clip(fit.values[peak.name, which], prior.low + 1e-6, prior.high - 1e-6)
        return dataclasses.replace(prior, start=float(inside))

    return Peak(
        name=peak.name,
        position=started(peak.position, "position"),
        gauss=started(peak.gauss, "gauss"),
        lorentz=started(peak.lorentz, "lorentz"),
        tail=started(peak.tail, "tail"),
        tail_share=started(peak.tail_share, "tail_share"),
    )


def widened(line: Line, value: Callable[[PeakFit], tuple[float, float]]) -> tuple[float, float, Kind]:
    """A value of the fit, its standard uncertainty, and the kind of that uncertainty.

    `value` gives value and standard uncertainty of one fit. Where another reasonable fit differs by more than two of
    its own uncertainties, the difference is added in quadrature, because the covariance does not cover an imperfect
    model.
    """
    number, std = value(line.fit)
    moves = [(abs(found - number), own) for found, own in map(value, line.others)]
    beyond = max([move for move, own in moves if move > 2 * own], default=0.0)
    return number, float(np.hypot(std, beyond)), "spread over windows" if beyond > std else "fit covariance"


def top(fit: PeakFit) -> tuple[float, float]:
    """Position of the line's maximum and its standard uncertainty (1/cm)."""
    offset, slopes = _derived(fit)[0]
    gradient: Gradient = {(CRYSTAL, "position"): 1.0, **slopes}
    return fit.values[CRYSTAL, "position"] + offset, fit.std_of(gradient)


def full_width(fit: PeakFit) -> tuple[float, float]:
    """FWHM of the line and its standard uncertainty (1/cm)."""
    width, slopes = _derived(fit)[1]
    return width, fit.std_of(slopes)


def _derived(fit: PeakFit) -> tuple[tuple[float, Gradient], tuple[float, Gradient]]:
    """(Offset of the maximum from the core, its derivatives) and (FWHM, its derivatives) by the line's shape."""
    shape = np.array([fit.values[CRYSTAL, which] for which in _SHAPE])
    names = [(CRYSTAL, which) for which in _SHAPE]
    here = _top_and_width(shape)
    free = [i for i, name in enumerate(names) if name in fit.order]
    slopes: list[Gradient] = [{}, {}]
    for i in free:
        step = max(1e-2 * abs(shape[i]), 1e-3)
        ends = [_top_and_width(shape + sign * step * np.eye(4)[i]) for sign in (1, -1)]
        for k in (0, 1):
            slopes[k][names[i]] = (ends[0][k] - ends[1][k]) / (2 * step)
    return (here[0], slopes[0]), (here[1], slopes[1])


def _top_and_width(shape: Array) -> tuple[float, float]:
    gauss, lorentz, tail, share = (float(value) for value in shape)
    if share == 0.0:
        return 0.0, voigt_width(gauss, lorentz)
    return top_and_width((gauss, lorentz), tail, share)


def described(line: Line) -> WaferLine:
    """The line as a reference for other spectra."""
    (place, std, _), (width, width_std, _) = widened(line, top), widened(line, full_width)
    values = {which: line.fit.values[CRYSTAL, which] for which in ("position", *_SHAPE)}
    return WaferLine(
        position_per_cm=place,
        position_std_per_cm=std,
        core_per_cm=values["position"],
        gauss_per_cm=values["gauss"],
        lorentz_per_cm=values["lorentz"],
        lorentz_std_per_cm=line.fit.stds[CRYSTAL, "lorentz"],
        width_per_cm=width,
        width_std_per_cm=width_std,
        tail_per_cm=values["tail"],
        tail_share=values["tail_share"],
    )


def position_and_width(line: Line) -> dict[str, Quantity]:
    """Position (of the maximum) and full width of the line."""
    position, std, kind = widened(line, top)
    width, width_std, width_kind = widened(line, full_width)
    return {
        "Si.position": Quantity(position, "1/cm", std, kind),
        "Si.width": Quantity(width, "1/cm", width_std, width_kind),
    }
