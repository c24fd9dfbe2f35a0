"""Carbon: joint fit of the D4, D, D3 and G bands with the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.peak_fit import Peak, PeakFit, Prior, fit_peaks, noise
from halfcell.techniques.raman.result import RamanResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]


def _lorentz(name: str, position: float, room: float, width: float, most: float) -> Peak:
    free = room > 20
    return Peak(
        name=name,
        position=Prior(start=position, std=np.inf if free else room, low=position - 60, high=position + 60),
        gauss=Prior(start=0.0, std=0.0),
        lorentz=Prior(start=width, std=np.inf if free else width / 3, low=5.0, high=most),
    )


_BANDS = (
    _lorentz("D4", 1200.0, 10.0, 150.0, 300.0),
    _lorentz("D", 1350.0, 30.0, 120.0, 350.0),
    Peak(
        name="D3",
        position=Prior(start=1500.0, std=10.0, low=1470.0, high=1540.0),
        gauss=Prior(start=130.0, std=40.0, low=30.0, high=250.0),
        lorentz=Prior(start=0.0, std=0.0),
    ),
    _lorentz("G", 1590.0, 30.0, 70.0, 200.0),
)


def fit(x: Array, y: Array, settings: Settings) -> RamanResult | None:
    """Fit the window; None where D and G are not above the noise."""
    found = fit_peaks(x, y, noise(y), _BANDS, settings.baseline_degree)
    if not all(_is_seen(found, peak) for peak in _BANDS if peak.name in {"D", "G"}):
        return None
    quantities = {}
    for name in ("D", "G"):
        position, width = found.values[name, "position"], found.values[name, "lorentz"]
        quantities[f"{name}.position"] = Quantity(position, "1/cm", found.stds[name, "position"], "fit covariance")
        quantities[f"{name}.width"] = Quantity(width, "1/cm", found.stds[name, "lorentz"], "fit covariance")
    names = tuple(peak.name for peak in _BANDS)
    return RamanResult(
        technique="raman",
        quantities=quantities | _ratios(found),
        notes=_notes(found),
        shift_per_cm=x,
        intensity_count=y,
        baseline_count=found.baseline,
        names=names,
        components_count=tuple(found.curves[name] for name in names),
        areas=tuple((found.values[name, "area"], found.stds[name, "area"]) for name in names),
        region="carbon",
    )


def _is_seen(found: PeakFit, peak: Peak) -> bool:
    """Whether the data bound a band: area beyond three uncertainties, position and width not at a limit.

    A background without bands is fitted by one as wide as is allowed, or by one that left its place.
    """
    if found.values[peak.name, "area"] < 3 * found.stds[peak.name, "area"]:
        return False
    place, width = found.values[peak.name, "position"], found.values[peak.name, "lorentz"]
    inside = peak.position.low + 0.5 < place < peak.position.high - 0.5
    return inside and 1.01 * peak.lorentz.low < width < 0.99 * peak.lorentz.high


def _ratios(found: PeakFit) -> dict[str, Quantity]:
    """I_D / I_G by area (A_D / A_G) and by height (A / width of the Lorentzians)."""
    d, g = found.values["D", "area"], found.values["G", "area"]
    widths = found.values["D", "lorentz"], found.values["G", "lorentz"]
    by_area = {("D", "area"): 1 / g, ("G", "area"): -d / g**2}
    ratio = d / widths[0] / (g / widths[1])
    by_height = {
        ("D", "area"): ratio / d,
        ("G", "area"): -ratio / g,
        ("D", "lorentz"): -ratio / widths[0],
        ("G", "lorentz"): ratio / widths[1],
    }
    return {
        "id_ig_area": Quantity(d / g, "", found.std_of(by_area), "fit covariance"),
        "id_ig_height": Quantity(ratio, "", found.std_of(by_height), "fit covariance"),
    }


def _notes(found: PeakFit) -> tuple[Note, ...]:
    text = "D4, D and G are Lorentz lines, D3 is a Gauss line (Sadezky 2005); I_D/I_G by area and by height differ"
    notes = [Note("info", "band_definition", text)]
    if found.reduced_chi2 > 5:
        missed = f"the model misses the data by {np.sqrt(found.reduced_chi2):.1f} times the noise: see the figure"
        notes.append(Note("doubt", "raman_lack_of_fit", missed))
    return tuple(notes)
