"""Silicon: joint fit of the crystalline line, the amorphous band and the baseline."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.intensity_noise import noise
from halfcell.maths.peak import Peak, Prior
from halfcell.maths.peak_fit import PeakFit, fit_peaks
from halfcell.maths.phonon_confinement import MODELS, STRESS_MPA, heating_of, size_of
from halfcell.techniques.raman.described_line import described
from halfcell.techniques.raman.line_models import AMORPHOUS, BENDS
from halfcell.techniques.raman.lopsided_line import CRYSTAL, GLASS
from halfcell.techniques.raman.result import RamanResult
from halfcell.techniques.raman.silicon_line import (
    Line,
    fit_line,
    is_bounded,
    position_and_width,
    widened,
)
from halfcell.techniques.raman.wafer_line import WaferLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]

_BUSTARRET_NM = 25.0  # over which the cross-section ratio falls with the size
_HIGHEST = 522.5  # 1/cm, above which the line is not that of unstressed silicon
_LEAST, _GREATEST = 485.0, 535.0  # 1/cm, outside which a line is not that of crystalline silicon, whatever the axis
_SEEN = 5.0  # standard deviations
_BAND_SEEN = 3.0  # standard uncertainties of the amorphous band's area
_UNKNOWN = 0.1  # uncertainty of the area share above which nothing can be said about a band that is not seen
_MISSED = 5.0  # reduced chi-square above which the fit is doubted
_SMOOTHED = 4.0  # variance of wide over narrow second differences; 1 for independent points, 16 for a smooth curve


@dataclass(frozen=True, kw_only=True)
class _Confinement:
    """What follows from the shift from the wafer: quantities, one row per model, the range of sizes (nm), notes."""

    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    sizes_nm: tuple[float, float] | None = None
    notes: tuple[Note, ...] = ()


def fit(x: Array, y: Array, settings: Settings, *, is_wafer: bool = False) -> RamanResult | None:
    """Fit the window; None where no line is above the noise. A wafer has no confined phonons."""
    line = fit_line(x, y, settings, is_wafer=is_wafer)
    in_place = _LEAST < line.fit.values[CRYSTAL, "position"] < _GREATEST
    if line.strength < _SEEN or not in_place or not is_bounded(line):
        return None
    own = position_and_width(line)
    confined = _confinement(line, own, settings)
    share, ratio_notes = _amorphous(line, settings.cross_section_ratio, confined.sizes_nm)
    return dataclasses.replace(
        _curves(x, y, line.fit),
        quantities={**own, **confined.quantities, **share},
        rows=confined.rows,
        notes=(*_quality(line, smoothed(y), has_wafer=settings.wafer is not None), *confined.notes, *ratio_notes),
        line=described(line),
    )


def without_line(x: Array, y: Array, settings: Settings, like: WaferLine) -> RamanResult:
    """A state without a line: the line of another state is fitted in its place, which limits how large it could be."""
    fixed = Peak(
        name=CRYSTAL,
        position=Prior(start=like.core_per_cm, std=0.0),
        gauss=Prior(start=like.gauss_per_cm, std=0.0),
        lorentz=Prior(start=like.lorentz_per_cm, std=0.0),
        tail=Prior(start=like.tail_per_cm, std=0.0),
        tail_share=Prior(start=like.tail_share, std=0.0),
        inverse_size=Prior(start=like.inverse_size_per_nm, std=0.0),
        size_spread=Prior(start=like.size_spread, std=0.0),
    )
    peaks = (fixed, AMORPHOUS)
    found = fit_peaks(x, y, noise(y), peaks, settings.baseline_degree, BENDS)
    area, std = found.values[CRYSTAL, "area"], found.stds[CRYSTAL, "area"]
    text = f"no crystalline line above the noise: its area is below {max(area, 0.0) + 2 * std:.3g} counts/cm"
    return dataclasses.replace(_curves(x, y, found), notes=(Note("info", "line_absent", text),))


def _curves(x: Array, y: Array, found: PeakFit) -> RamanResult:
    """A result with the curves and areas of a fit, still without quantities."""
    return RamanResult(
        technique="raman",
        shift_per_cm=x,
        intensity_count=y,
        baseline_count=found.baseline,
        names=(CRYSTAL, GLASS),
        components_count=(found.curves[CRYSTAL], found.curves[GLASS]),
        areas=tuple((found.values[name, "area"], found.stds[name, "area"]) for name in (CRYSTAL, GLASS)),
        region="silicon",
    )


def smoothed(y: Array) -> bool:
    """Whether neighbouring intensities are not independent: second differences grow with the distance of the points.

    For white noise the median square of y[i-s] - 2 y[i] + y[i+s] does not depend on s; for a curve that was
    interpolated or smoothed by the instrument's software it grows as s^4.

    Parameters
    ----------
    y
        Intensities, shape (n,).

    Returns
    -------
    bool
        Whether they were smoothed.

    Source: definition.
    """
    narrow, wide = (float(np.median((y[: -2 * s] - 2 * y[s:-s] + y[2 * s :]) ** 2)) for s in (1, 2))
    return wide > _SMOOTHED * narrow


def _quality(line: Line, smooth: bool, *, has_wafer: bool) -> tuple[Note, ...]:
    """Doubts about the fit itself, and the asymmetry of the line."""
    found, notes = line.fit, []
    if line.sampling_std > 0:
        text = (
            f"the line has fewer than five points above half its height ({line.step_per_cm:.2g} 1/cm apart): position"
        )
        text += " and width hold what another shape through the same points would give; use a finer grating"
        notes.append(Note("doubt", "coarse_line", text))
    if not found.converged:
        notes.append(Note("doubt", "fit_not_converged", "the fit stopped before it converged"))
    if smooth:
        what = "neighbouring points are not independent (interpolated or smoothed data)"
        how = f"uncertainties come from the residuals, {found.correlation:.0f} of which hold the same information"
        notes.append(Note("doubt", "smoothed_data", f"{what}: {how}"))
    elif found.reduced_chi2 > _MISSED:
        text = f"the model misses the data by {np.sqrt(found.reduced_chi2):.1f} times the noise: see the figure"
        notes.append(Note("doubt", "raman_lack_of_fit", text))
    return (*notes, *_shape_notes(line, has_wafer=has_wafer))


def _shape_notes(line: Line, *, has_wafer: bool) -> tuple[Note, ...]:
    """In what way the line is lopsided; only a wafer tells what of it is the instrument's."""
    shape = {which: line.fit.values[CRYSTAL, which] for which in ("tail", "tail_share", "inverse_size")}
    if shape["inverse_size"]:
        what = f"that of phonons confined to crystals of {1 / shape['inverse_size']:.1f} nm (Campbell and Fauchet)"
        text = f"the line is lopsided as {what}; the position is that of the maximum"
        if not has_wafer:
            text += "; an instrument makes such lines, too: only a wafer measured with it tells which it is"
        return (Note("info", "confined_line" if has_wafer else "asymmetric_line", text),)
    if not shape["tail_share"]:
        return ()
    origin = "from the instrument or from confined crystals" if line.own_shape else "that of the wafer"
    side = "low" if shape["tail"] > 0 else "high"
    what = f"{100 * shape['tail_share']:.0f} % of the line has a tail of {abs(shape['tail']):.1f} 1/cm"
    text = f"{what} towards {side} wavenumbers ({origin}); the position is that of the maximum"
    return (Note("info", "asymmetric_line", text),)


def _confinement(line: Line, own: Mapping[str, Quantity], settings: Settings) -> _Confinement:
    """Shift and broadening (excess of the full width) relative to the wafer, and the size by each model."""
    position, width, wafer = own["Si.position"], own["Si.width"], settings.wafer
    if wafer is None:
        text = "no wafer of the same day was given: the axis is not calibrated, and neither a shift nor a size is given"
        return _Confinement(notes=(Note("refused", "no_wafer", text), *_calibration(position.value)))
    found = line.fit
    shift = position.value - wafer.position_per_cm
    if not line.own_shape:  # the cores are compared, since the maximum of a broader line moves to the tail
        shift = found.values[CRYSTAL, "position"] - wafer.core_per_cm
    std = float(np.linalg.norm([position.std or 0.0, wafer.position_std_per_cm, settings.axis_doubt_per_cm]))
    wider_std = float(np.hypot(width.std or 0.0, wafer.width_std_per_cm))
    quantities = {
        "Si.shift": Quantity(shift, "1/cm", std, "propagated"),
        "Si.broadening": Quantity(width.value - wafer.width_per_cm, "1/cm", wider_std, width.kind),
    }
    if shift > -3 * std:
        text = f"the shift of {shift:.2f} 1/cm is within its uncertainty: no confinement is seen, no size is given"
        return _Confinement(quantities=quantities, notes=(Note("info", "no_confinement", text),))
    rows, low, high = _by_model(shift, std)
    quantities["Si.size_low"] = Quantity(low, "nm", decimals=1)
    quantities["Si.size_high"] = Quantity(high, "nm", decimals=1)
    notes = (
        Note("doubt", "size_model_range", f"the models put the size between {low:.1f} and {high:.1f} nm"),
        _other_causes(shift),
    )
    return _Confinement(quantities=quantities, rows=rows, sizes_nm=(low, high), notes=notes)


def _other_causes(shift: float) -> Note:
    """What else shifts the line down: heat (unless silicon would have melted) and stress."""
    kelvin = heating_of(shift)
    heat = f"laser heating by {kelvin:.0f} K or " if np.isfinite(kelvin) else ""
    stress = f"{heat}tensile stress of {shift * STRESS_MPA:.0f} MPa would shift as much"
    return Note("doubt", "heating_or_stress", stress)


def _calibration(position: float) -> tuple[Note, ...]:
    """An unconfined, unstressed line is near 520.5 1/cm; if it is well above that, the axis is the likely reason."""
    if position <= _HIGHEST:
        return ()
    text = f"the line is at {position:.1f} 1/cm, above that of any unstressed silicon: is the axis calibrated?"
    return (Note("doubt", "axis_uncalibrated", text),)


def _by_model(shift: float, std: float) -> tuple[tuple[Row, ...], float, float]:
    """One row per model with the size and the ends of its uncertainty (empty if it has none), and the overall range."""
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
    """Amorphous share with its cross-section ratio; the range of sizes enters its uncertainty."""
    area, area_std, area_kind = _uncertain(line, 1.0)
    quantities = {"amorphous_area_share": Quantity(area, "", area_std, area_kind)}
    ratios = [ratio] if ratio is not None else [0.1 + float(np.exp(-d / _BUSTARRET_NM)) for d in sizes or ()]
    notes = [_ratio_note(ratio, ratios)]
    if ratios:
        spread = float(np.ptp([_share(line.fit, y)[0] for y in ratios])) / 2
        share, std, kind = _uncertain(line, float(np.mean(ratios)))
        kind = "spread over models" if spread > std else kind
        quantities["amorphous_fraction"] = Quantity(share, "", float(np.hypot(std, spread)), kind)
    doubts, is_refused = _not_seen(line.fit, area, area_std)
    return {} if is_refused else quantities, (*notes, *doubts)


def _uncertain(line: Line, ratio: float) -> tuple[float, float, Kind]:
    """Amorphous share, its standard uncertainty, and the kind of that.

    It is that of the fits, which leave the area of the LO band of the glass free within its range, over degrees of the
    baseline and shapes of the line.
    """
    return widened(line, lambda fit: _share(fit, ratio))


def _not_seen(fit: PeakFit, area: float, std: float) -> tuple[tuple[Note, ...], bool]:
    """Notes on an amorphous band below the baseline or within the noise, and whether its share is refused.

    A share is refused if it is above 1, or if its uncertainty is above a tenth and the area of the band is below three
    times its own uncertainty.
    """
    height = fit.values[GLASS, "area"] / max(fit.stds[GLASS, "area"], 1e-300)
    if area > 1.0 or (height < _BAND_SEEN and std > _UNKNOWN):
        what = f"the band near 480 1/cm is not seen (its area is {height:.1f} times its uncertainty)"
        text = f"no amorphous share: {what}; the fitted share, {Quantity(area, '', std)}, is noise"
        return (Note("refused", "amorphous_refused", text),), True
    if area < -2 * std:
        text = f"the area share of the amorphous band is negative ({area:.3f}): the baseline is not straight here"
        return (Note("doubt", "negative_amorphous", text),), False
    if height < _BAND_SEEN:
        most = min(max(area, 0.0) + 2 * std, 1.0)
        what = f"the amorphous band is within the noise (its area is {height:.1f} times its uncertainty)"
        return (Note("doubt", "amorphous_not_seen", f"{what}: its area share is below {most:.2g}"),), False
    return (), False


def _share(fit: PeakFit, ratio: float) -> tuple[float, float]:
    """Amorphous share X = y A_a / (A_c + y A_a) and its standard uncertainty.

    y is the cross-section of crystalline over that of amorphous silicon, so that A / cross-section is a volume.
    """
    crystal, glass = fit.values[CRYSTAL, "area"], fit.values[GLASS, "area"]
    below = crystal + ratio * glass
    slopes = {(GLASS, "area"): ratio * crystal / below**2, (CRYSTAL, "area"): -ratio * glass / below**2}
    return ratio * glass / below, fit.std_of(slopes)


def _ratio_note(ratio: float | None, ratios: list[float]) -> Note:
    if ratio is not None:
        return Note("info", "cross_section_ratio", f"cross-section ratio y = {ratio:g}, as set")
    if not ratios:
        text = "without a size the cross-section ratio is unknown: the area share is given, but no amorphous fraction"
        return Note("refused", "cross_section_ratio_unknown", f"{text}; set cross_section_ratio")
    text = f"cross-section ratio y = {min(ratios):.2f} to {max(ratios):.2f} over the range of sizes, after Bustarret"
    return Note("info", "cross_section_ratio", text)
