"""The crystalline line of silicon, symmetric or with a tail as the data require: position, width and uncertainties."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.maths.line_shapes import top_and_width, voigt_width
from halfcell.maths.peak_fit import Peak, PeakFit, Prior, fit_peaks, noise
from halfcell.techniques.raman.lopsided_line import CRYSTAL, GLASS, SHAPE, may_be_lopsided
from halfcell.techniques.raman.wafer_line import WaferLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]
    Gradient = dict[tuple[str, str], float]

_NO_WEIGHT = 1e-3  # of a model
_UNLIKELY = 5.0  # of Schwarz' criterion of a line with a tail above that without
_HOPELESS = 20.0  # of Schwarz' criterion above the best degree of the baseline
_DEGREES = 3  # of the baseline: that which is set, and higher ones
_LONGEST = 15.0  # 1/cm, of a tail
_WIDEST = 25.0  # 1/cm, full width of a crystalline line
AMORPHOUS = Peak(
    name=GLASS,
    position=Prior(start=480.0, std=5.0, low=460.0, high=495.0),
    gauss=Prior(start=70.0, std=10.0, low=30.0, high=110.0),
    lorentz=Prior(start=0.0, std=0.0),
    # the LO band near 390 1/cm has 0 to 0.3 of the area of the TO band (M. H. Brodsky, M. Cardona and J. J. Cuomo,
    # Phys. Rev. B 16 (1977) 3556): its upper half is in the window, and without it counts as baseline
    shoulder=(-90.0, 85.0, 0.15),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """The fit of the window, its peaks, and other reasonable fits of the same data.

    `models` are fits with another degree of the baseline, or with and without a tail of the line, and their weights,
    which add up to one and include that of `fit`; `others` are the same model with equal weights, in a narrower window
    and with a baseline of the next degree. `own_tail` is whether the line has a tail other than that of the wafer.
    `strength` is the significance of the crystalline line in standard deviations: sqrt((S0 - S) / s2) with the weighted
    sums of squares without and with it, and s2 the variance of the residuals; 0 if its area is negative. It is the
    smaller of two: with the baseline of the fit and with one of the next degree, so that a curved background is no
    line.
    """

    fit: PeakFit
    peaks: tuple[Peak, ...]
    models: tuple[tuple[PeakFit, float], ...]
    others: tuple[PeakFit, ...]
    own_tail: bool
    strength: float


class _Tried(NamedTuple):
    fit: PeakFit
    peaks: tuple[Peak, ...]
    degree: int


def fit_line(x: Array, y: Array, settings: Settings) -> Line:
    """Fit line, amorphous band and baseline by the model that Schwarz' criterion prefers, and weigh the others by it.

    With a wafer, the instrument's part of the line (Gaussian, tail) is that of the wafer. The line may have a tail of
    its own; the baseline has the degree that is set or up to two more. A model has the weight exp(-BIC / 2) (A. E.
    Raftery, Sociol. Methodol. 25 (1995) 111).
    """
    tried = _tried(x, y, _crystalline(x, y, settings.wafer), settings.baseline_degree)
    correlated = min(one.fit.correlation for one in tried)
    criterion = np.array([one.fit.criterion(correlated) for one in tried])
    weight = np.exp(-0.5 * (criterion - criterion.min()))
    best, chosen, degree = tried[int(np.argmin(criterion))]
    others = _others(x, y, chosen, best, degree)
    return Line(
        fit=best,
        peaks=chosen,
        models=tuple((one.fit, float(w)) for one, w in zip(tried, weight / weight.sum(), strict=True)),
        others=others,
        own_tail=chosen[0].tail.std > 0,
        strength=min(_strength(x, y, best, degree), _strength(x, y, others[-1], degree + 1)),
    )


def _tried(x: Array, y: Array, peak: Peak, lowest: int) -> list[_Tried]:
    """Fits with baselines of several degrees: without a tail of the line's own, with one to low, with one to high.

    A tail is tried only where the residual tells of one (a score test: fits with a tail take long). Degrees that are
    far from the best without a tail are not tried with one, nor others than the best where a tail is
    unlikely there; nor is a tail to high where the fit with one to low reaches the noise.
    """
    sigma, found = noise(y), []
    plain: tuple[Peak, ...] = (peak, AMORPHOUS)
    for degree in range(lowest, lowest + _DEGREES):
        fit = fit_peaks(x, y, sigma, plain, degree)
        found.append(_Tried(fit, plain, degree))
        plain = tuple(_started(one, fit) for one in plain)
    best = min(found, key=lambda one: one.fit.criterion(1.0))
    kept = [one for one in found if one.fit.criterion(1.0) < best.fit.criterion(1.0) + _HOPELESS]
    for sign in (1.0, -1.0) if may_be_lopsided(x, y, best.fit, best.degree) else ():
        peaks: tuple[Peak, ...] = (_with_tail(peak, best.fit, sign), AMORPHOUS)
        for one in sorted(kept, key=lambda each: each is not best):
            fit = fit_peaks(x, y, sigma, peaks, one.degree)
            found.append(_Tried(fit, peaks, one.degree))
            if one is best and fit.criterion(1.0) > best.fit.criterion(1.0) + _UNLIKELY:
                break
            peaks = tuple(_started(each, fit) for each in peaks)
        if min(each.fit.reduced_chi2 for each in found) < 1 + 4 * np.sqrt(2.0 / len(x)):
            break
    return found


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

    `value` gives value and standard uncertainty of one fit. The uncertainty is that over the models, each with its
    weight. Where the fit with equal weights or in a narrower window differs by more than two of its own uncertainties,
    the difference is added in quadrature, because the covariance does not cover an imperfect model.
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
    shape = np.array([fit.values[CRYSTAL, which] for which in SHAPE])
    names = [(CRYSTAL, which) for which in SHAPE]
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
    values = {which: line.fit.values[CRYSTAL, which] for which in ("position", *SHAPE)}
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
