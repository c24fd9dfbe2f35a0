"""Silicon: joint fit of the crystalline line, the amorphous band and the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.peak_fit import Peak, PeakFit, Prior, fit_peaks, noise
from halfcell.maths.phonon_confinement import HEATING_PER_KELVIN, MODELS, size_of
from halfcell.techniques.raman.result import RamanResult, WaferLine
from halfcell.techniques.raman.silicon_line import (
    AMORPHOUS,
    CRYSTAL,
    GLASS,
    Line,
    described,
    fit_line,
    position_and_width,
    widened,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_BUSTARRET_NM = 25.0
_HIGHEST = 522.5  # 1/cm
_LEAST, _GREATEST = 485.0, 535.0  # 1/cm, beyond which a line is not crystalline silicon's on any axis in use
_SEEN = 5.0  # standard deviations
_BAND_SEEN = 3.0  # errors of the amorphous band's area
_UNKNOWN = 0.1  # error of the area share above which a band that is not seen says nothing
_MISSED = 5.0  # reduced chi-square above which the fit is doubted
_SMOOTHED = 4.0  # variance of wide over narrow second differences; 1 for independent points, 16 for a smooth curve


def fit(x: Array, y: Array, settings: Any) -> RamanResult | None:
    """Fit the window; None where no line stands above the noise."""
    line = fit_line(x, y, settings)
    found = line.fit
    if line.strength < _SEEN or not _LEAST < found.values[CRYSTAL, "position"] < _GREATEST:
        return None
    own = position_and_width(line)
    shift, rows, sizes, notes = _sizes(line, own["Si.position"], settings.wafer)
    share, ratio_notes = _amorphous(line, settings.cross_section_ratio, sizes)
    return RamanResult(
        technique="raman",
        quantities=own | shift | share,
        rows=rows,
        notes=(*_quality(line, smoothed(y)), *notes, *ratio_notes),
        line=described(line),
        **_curves(x, y, found),
    )


def without_line(x: Array, y: Array, settings: Any, like: WaferLine) -> RamanResult:
    """A state whose line is gone: the line of another state is put in its place, to say how large it could be."""
    fixed = {
        "position": like.core_per_cm,
        "gauss": like.gauss_per_cm,
        "lorentz": like.lorentz_per_cm,
        "tail": like.tail_per_cm,
        "tail_share": like.tail_share,
    }
    shape = {name: Prior(start=value, std=0.0) for name, value in fixed.items()}
    peaks = (Peak(name=CRYSTAL, **shape), AMORPHOUS)
    found = fit_peaks(x, y, noise(y), peaks, settings.baseline_degree)
    area, std = found.values[CRYSTAL, "area"], found.stds[CRYSTAL, "area"]
    text = f"no crystalline line stands above the noise: its area is below {max(area, 0.0) + 2 * std:.3g} counts/cm"
    return RamanResult(technique="raman", notes=(Note("info", "line_absent", text),), **_curves(x, y, found))


def _curves(x: Array, y: Array, found: PeakFit) -> dict[str, Any]:
    """What a result holds of a fit for its figure."""
    return {
        "shift_per_cm": x,
        "intensity_count": y,
        "baseline_count": found.baseline,
        "names": (CRYSTAL, GLASS),
        "components_count": (found.curves[CRYSTAL], found.curves[GLASS]),
        "areas": tuple((found.values[name, "area"], found.stds[name, "area"]) for name in (CRYSTAL, GLASS)),
        "region": "silicon",
    }


def smoothed(y: Array) -> bool:
    """Whether neighbouring intensities are not independent: second differences grow when they are taken wider.

    For white noise the median square of y[i-s] - 2 y[i] + y[i+s] does not depend on s; for a curve that an instrument's
    program interpolated or smoothed it grows as s^4.
    """
    narrow, wide = (float(np.median((y[: -2 * s] - 2 * y[s:-s] + y[2 * s :]) ** 2)) for s in (1, 2))
    return wide > _SMOOTHED * narrow


def _quality(line: Line, smooth: bool) -> tuple[Note, ...]:
    """What the fit itself doubts."""
    found, notes = line.fit, []
    if not found.converged:
        notes.append(Note("doubt", "fit_not_converged", "the fit stopped before it converged"))
    if smooth:
        text = "the points are interpolated or smoothed, not independent: the errors are those of the residuals"
        notes.append(Note("doubt", "smoothed_data", f"{text}, {found.correlation:.0f} of which tell the same"))
    elif found.reduced_chi2 > _MISSED:
        text = f"the model misses the data by {np.sqrt(found.reduced_chi2):.1f} times the noise: see the figure"
        notes.append(Note("doubt", "raman_lack_of_fit", text))
    tail, share = found.values[CRYSTAL, "tail"], found.values[CRYSTAL, "tail_share"]
    if share:
        whose = "its own: of the instrument, or of confined crystals" if line.own_tail else "the wafer's"
        text = f"{100 * share:.0f} % of the line has a tail of {abs(tail):.1f} 1/cm towards"
        side = "low" if tail > 0 else "high"
        notes.append(Note("info", "asymmetric_line", f"{text} {side} wavenumbers ({whose}); position is the maximum"))
    return tuple(notes)


def _sizes(
    line: Line, position: Quantity, wafer: WaferLine | None
) -> tuple[dict[str, Quantity], tuple[Row, ...], tuple[float, float] | None, tuple[Note, ...]]:
    """Shift and broadening against the wafer, and the size by each model."""
    if wafer is None:
        text = "no wafer of the same day: the position is the instrument's own, no shift and no size are given"
        return {}, (), None, (Note("refused", "no_wafer", text), *_calibration(position.value))
    found = line.fit
    shift = position.value - wafer.position_per_cm
    if not line.own_tail:  # one shape: the cores are compared, for a broader line's maximum moves into the tail
        shift = found.values[CRYSTAL, "position"] - wafer.core_per_cm
    std = float(np.hypot(position.std or 0.0, wafer.position_std_per_cm))
    wider = found.values[CRYSTAL, "lorentz"] - wafer.lorentz_per_cm
    wider_std = float(np.hypot(found.stds[CRYSTAL, "lorentz"], wafer.lorentz_std_per_cm))
    quantities = {
        "Si.shift": Quantity(shift, "1/cm", std, position.kind),
        "Si.broadening": Quantity(wider, "1/cm", wider_std, "fit covariance"),
    }
    if shift > -3 * std:
        text = f"the shift of {shift:.2f} 1/cm is within its error: no confinement seen, no size given"
        return quantities, (), None, (Note("info", "no_confinement", text),)
    rows, low, high = _by_model(shift, std)
    quantities["Si.size_low"] = Quantity(low, "nm", decimals=1)
    quantities["Si.size_high"] = Quantity(high, "nm", decimals=1)
    kelvin = shift / HEATING_PER_KELVIN
    notes = (
        Note("doubt", "size_model_range", f"the models put the size between {low:.1f} and {high:.1f} nm"),
        Note("doubt", "heating_or_stress", f"laser heating by {kelvin:.0f} K or tensile stress would shift as much"),
    )
    return quantities, rows, (low, high), notes


def _calibration(position: float) -> tuple[Note, ...]:
    """An unconfined, unstressed line stands near 520.5 1/cm; well above it the axis is the likelier reason."""
    if position <= _HIGHEST:
        return ()
    text = f"the line stands at {position:.1f} 1/cm, above any unstressed silicon: is the axis calibrated?"
    return (Note("doubt", "axis_uncalibrated", text),)


def _by_model(shift: float, std: float) -> tuple[tuple[Row, ...], float, float]:
    """Size by each model, with the ends of its error; a model without an answer stays empty."""
    rows, ends = [], []
    for model in MODELS:
        sizes = [size_of(value, model) for value in (shift - std, shift, shift + std)]
        ends += [size for size in sizes if np.isfinite(size)]
        shown = [float(size) if np.isfinite(size) else None for size in sizes]
        rows.append({"model": model, "size_nm": shown[1], "size_low_nm": shown[0], "size_high_nm": shown[2]})
    return tuple(rows), float(min(ends)), float(max(ends))


def _amorphous(
    line: Line, ratio: float | None, sizes: tuple[float, float] | None
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Amorphous share with its cross-section ratio; the range of sizes is carried into its error."""
    area, area_std, area_kind = widened(line, lambda fit: _share(fit, 1.0))
    quantities = {"amorphous_area_share": Quantity(area, "", area_std, area_kind)}
    ratios = [ratio] if ratio is not None else [0.1 + float(np.exp(-d / _BUSTARRET_NM)) for d in sizes or ()]
    notes = [_ratio_note(ratio, ratios)]
    if ratios:
        spread = float(np.ptp([_share(line.fit, y)[0] for y in ratios])) / 2
        share, std, kind = widened(line, lambda fit: _share(fit, float(np.mean(ratios))))
        kind = "spread over models" if spread > std else kind
        quantities["amorphous_fraction"] = Quantity(share, "", float(np.hypot(std, spread)), kind)
    said, refused = _not_seen(line.fit, area, area_std)
    return {} if refused else quantities, (*notes, *said)


def _not_seen(fit: PeakFit, area: float, std: float) -> tuple[tuple[Note, ...], bool]:
    """What is said of an amorphous band below the baseline or within the noise, and whether its share is refused.

    A share is refused where nothing can be said of it: its error is above a tenth and the band's own area within three
    of its errors, or it is beyond 0 to 1.
    """
    height = fit.values[GLASS, "area"] / max(fit.stds[GLASS, "area"], 1e-300)
    if area > 1.0 or (height < _BAND_SEEN and std > _UNKNOWN):
        text = f"no amorphous share: the band near 480 1/cm is not seen (its area is {height:.1f} errors)"
        note = Note("refused", "amorphous_refused", f"{text}; the fit's share, {Quantity(area, '', std)}, is of noise")
        return (note,), True
    if area < -2 * std:
        text = f"the area share of the amorphous band is negative ({area:.3f}): the baseline is not straight here"
        return (Note("doubt", "negative_amorphous", text),), False
    if height < _BAND_SEEN:
        most = min(max(area, 0.0) + 2 * std, 1.0)
        text = f"the amorphous band is within its noise ({height:.1f} errors): its area share is below {most:.2g}"
        return (Note("doubt", "amorphous_not_seen", text),), False
    return (), False


def _share(fit: PeakFit, ratio: float) -> tuple[float, float]:
    """Amorphous share X = A_a / (A_a + y A_c) and its standard error."""
    crystal, glass = fit.values[CRYSTAL, "area"], fit.values[GLASS, "area"]
    below = glass + ratio * crystal
    slopes = {(GLASS, "area"): ratio * crystal / below**2, (CRYSTAL, "area"): -ratio * glass / below**2}
    return glass / below, fit.std_of(slopes)


def _ratio_note(ratio: float | None, ratios: list[float]) -> Note:
    if ratio is not None:
        return Note("info", "cross_section_ratio", f"cross-section ratio y = {ratio:g}, as set")
    if not ratios:
        text = "no size, so no cross-section ratio: the share of areas is given, not the amorphous fraction"
        return Note("refused", "cross_section_ratio_unknown", f"{text}; set cross_section_ratio")
    text = f"cross-section ratio y = {min(ratios):.2f} to {max(ratios):.2f} after Bustarret, over the range of sizes"
    return Note("info", "cross_section_ratio", text)
