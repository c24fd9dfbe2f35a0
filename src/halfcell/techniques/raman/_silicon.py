"""Silicon: joint fit of the crystalline line, the amorphous band and the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.line_shapes import voigt_width
from halfcell.maths.peak_fit import Peak, PeakFit, Prior, fit_peaks, noise
from halfcell.maths.phonon_confinement import HEATING_PER_KELVIN, MODELS, size_of
from halfcell.techniques.raman._records import RamanResult, WaferLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_BUSTARRET_NM = 25.0
_HIGHEST = 522.5  # 1/cm
_AMORPHOUS = Peak(
    name="a-Si",
    position=Prior(start=480.0, std=5.0, low=460.0, high=495.0),
    gauss=Prior(start=70.0, std=10.0, low=30.0, high=110.0),
    lorentz=Prior(start=0.0, std=0.0),
)


def fit(x: Array, y: Array, settings: Any) -> RamanResult | None:
    """Fit the window; None where no line stands above the noise."""
    sigma = noise(y)
    found = fit_peaks(x, y, sigma, (_crystalline(x, y, settings.wafer), _AMORPHOUS), settings.baseline_degree)
    if found.values["c-Si", "area"] < 5 * found.stds["c-Si", "area"]:
        return None
    line = _line(found)
    shift, rows, sizes, notes = _sizes(found, settings.wafer)
    share, ratio_notes = _amorphous(found, settings.cross_section_ratio, sizes)
    return RamanResult(
        technique="raman",
        quantities=line | shift | share,
        rows=rows,
        notes=(*_quality(found), *notes, *ratio_notes),
        shift_per_cm=x,
        intensity_count=y,
        baseline_count=found.baseline,
        names=("c-Si", "a-Si"),
        components_count=(found.curves["c-Si"], found.curves["a-Si"]),
        shape=(found.values["c-Si", "position"], found.values["c-Si", "gauss"], found.values["c-Si", "lorentz"]),
        position_std=found.stds["c-Si", "position"],
        region="silicon",
    )


def wafer_line(result: RamanResult) -> WaferLine:
    """The wafer's line from its own fit."""
    position, gauss, lorentz = result.shape
    return WaferLine(
        position_per_cm=position,
        position_std_per_cm=result.position_std,
        gauss_per_cm=gauss,
        lorentz_per_cm=lorentz,
    )


def _crystalline(x: Array, y: Array, wafer: WaferLine | None) -> Peak:
    """The crystalline line; with a wafer its Gaussian (instrument) part is the wafer's."""
    near = (x > 490) & (x < 540)
    start = float(x[near][np.argmax(y[near])]) if near.any() else 520.0
    gauss = Prior(start=wafer.gauss_per_cm, std=0.0) if wafer else Prior(start=4.0, low=0.05, high=25.0)
    lorentz = Prior(start=max(wafer.lorentz_per_cm, 1.0) if wafer else 4.0, low=0.05, high=40.0)
    return Peak(
        name="c-Si",
        position=Prior(start=start, low=start - 15, high=start + 15),
        gauss=gauss,
        lorentz=lorentz,
    )


def _line(found: PeakFit) -> dict[str, Quantity]:
    """Position and full width of the crystalline line."""
    gauss, lorentz = found.values["c-Si", "gauss"], found.values["c-Si", "lorentz"]
    width = voigt_width(gauss, lorentz)
    root = np.sqrt(0.2166 * lorentz**2 + gauss**2)
    slopes = {("c-Si", "lorentz"): 0.5346 + 0.2166 * lorentz / root, ("c-Si", "gauss"): gauss / root}
    position, std = found.values["c-Si", "position"], found.stds["c-Si", "position"]
    return {
        "Si.position": Quantity(position, "1/cm", std, "fit covariance"),
        "Si.width": Quantity(width, "1/cm", found.std_of(slopes), "fit covariance"),
    }


def _quality(found: PeakFit) -> tuple[Note, ...]:
    """What the fit itself doubts."""
    notes = []
    if not found.converged:
        notes.append(Note("doubt", "fit_not_converged", "the fit stopped before it converged"))
    if found.reduced_chi2 > 5:
        text = f"the model misses the data by {np.sqrt(found.reduced_chi2):.1f} times the noise: see the figure"
        notes.append(Note("doubt", "raman_lack_of_fit", text))
    return tuple(notes)


def _sizes(
    found: PeakFit, wafer: WaferLine | None
) -> tuple[dict[str, Quantity], tuple[Row, ...], tuple[float, float] | None, tuple[Note, ...]]:
    """Shift and broadening against the wafer, and the size by each model."""
    if wafer is None:
        text = "no wafer of the same day: the position is the instrument's own, no shift and no size are given"
        return {}, (), None, (Note("refused", "no_wafer", text), *_calibration(found.values["c-Si", "position"]))
    shift = found.values["c-Si", "position"] - wafer.position_per_cm
    std = float(np.hypot(found.stds["c-Si", "position"], wafer.position_std_per_cm))
    wider = found.values["c-Si", "lorentz"] - wafer.lorentz_per_cm
    quantities = {
        "Si.shift": Quantity(shift, "1/cm", std, "fit covariance"),
        "Si.broadening": Quantity(wider, "1/cm", found.stds["c-Si", "lorentz"], "fit covariance"),
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
    found: PeakFit, ratio: float | None, sizes: tuple[float, float] | None
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Amorphous share with its cross-section ratio; the range of sizes is carried into its error."""
    crystal, glass = found.values["c-Si", "area"], found.values["a-Si", "area"]
    area = glass / (glass + crystal)
    total = (glass + crystal) ** 2
    area_std = found.std_of({("a-Si", "area"): crystal / total, ("c-Si", "area"): -glass / total})
    quantities = {"amorphous_area_share": Quantity(area, "", area_std, "fit covariance")}
    ratios = [ratio] if ratio is not None else [0.1 + float(np.exp(-d / _BUSTARRET_NM)) for d in sizes or ()]
    notes = [_ratio_note(ratio, ratios)]
    if ratios:
        shares = [glass / (glass + y * crystal) for y in ratios]
        y = float(np.mean(ratios))
        below = (glass + y * crystal) ** 2
        std = found.std_of({("a-Si", "area"): y * crystal / below, ("c-Si", "area"): -y * glass / below})
        spread = float(np.ptp(shares)) / 2
        kind: Kind = "spread over models" if spread > std else "fit covariance"
        share = glass / (glass + y * crystal)
        quantities["amorphous_fraction"] = Quantity(share, "", float(np.hypot(std, spread)), kind)
    if area < -2 * area_std:
        text = f"the area share of the amorphous band is negative ({area:.3f}): the baseline is not straight here"
        notes.append(Note("doubt", "negative_amorphous", text))
    elif area < 2 * area_std:
        text = f"the amorphous band is within its error (area share {area:.3f}): at most {area + 2 * area_std:.3f}"
        notes.append(Note("info", "amorphous_not_seen", text))
    return quantities, tuple(notes)


def _ratio_note(ratio: float | None, ratios: list[float]) -> Note:
    if ratio is not None:
        return Note("info", "cross_section_ratio", f"cross-section ratio y = {ratio:g}, as set")
    if not ratios:
        text = "no size, so no cross-section ratio: the share of areas is given, not the amorphous fraction"
        return Note("refused", "cross_section_ratio_unknown", f"{text}; set cross_section_ratio")
    text = f"cross-section ratio y = {min(ratios):.2f} to {max(ratios):.2f} after Bustarret, over the range of sizes"
    return Note("info", "cross_section_ratio", text)
