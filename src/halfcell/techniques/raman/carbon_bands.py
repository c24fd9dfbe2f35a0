"""Carbon: joint fit of the D4, D, D3, G and, where the data ask for it, D2 bands with the baseline; La."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.intensity_noise import noise
from halfcell.maths.peak import Peak, Prior
from halfcell.maths.peak_fit import PeakFit, fit_peaks
from halfcell.techniques.raman.result import RamanResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]

_UNKNOWN: Final = 20  # 1/cm: a position that is known no better is free
_MISSED: Final = 5  # reduced chi2: a misfit of more than twice the noise
_SEEN: Final = 3  # standard uncertainties of a band that is there
_OFF_BOUNDS: Final = (1.01, 0.99)  # times the bounds of a width: nearer is on the bound


def _lorentz(name: str, position: float, room: float, width: float, most: float) -> Peak:
    free = room > _UNKNOWN
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
_D2: Final = Peak(
    name="D2",
    position=Prior(start=1620.0, std=6.0, low=1605.0, high=1635.0),
    gauss=Prior(start=0.0, std=0.0),
    lorentz=Prior(start=25.0, std=10.0, low=5.0, high=60.0),
)
_REQUIRED: Final = 10.0  # how far Schwarz' criterion with D2 must be from that without it to decide between them
_WIDEST_G: Final = 50.0  # 1/cm; a wider G is that of carbon without graphitic domains, where I_D/I_G rises with La
_CANCADO: Final = 2.4e-10  # nm^-3 (L. G. Cancado et al., Appl. Phys. Lett. 88 (2006) 163106)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Carbon:
    """The fit that is taken, its bands, and another that describes the data as well, if there is one."""

    fit: PeakFit
    bands: tuple[Peak, ...]
    other: PeakFit | None


def fit(x: Array, y: Array, settings: Settings, laser_nm: float | None = None) -> RamanResult | None:
    """Fit the window; None where D and G are not above the noise. With the laser line (nm) La is given."""
    chosen = _chosen(x, y, settings.baseline_degree)
    found = chosen.fit
    if not all(_is_seen(found, peak) for peak in chosen.bands if peak.name in {"D", "G"}):
        return None
    ratios = _ratios(chosen)
    sizes, notes = _domain_size(found, ratios["id_ig_area"], laser_nm)
    quantities = {}
    for name in ("D", "G"):
        position, width = found.values[name, "position"], found.values[name, "lorentz"]
        quantities[f"{name}.position"] = Quantity(position, "1/cm", found.stds[name, "position"], "fit covariance")
        quantities[f"{name}.width"] = Quantity(width, "1/cm", found.stds[name, "lorentz"], "fit covariance")
    names = tuple(peak.name for peak in chosen.bands)
    return RamanResult(
        technique="raman",
        quantities=quantities | ratios | sizes,
        notes=(*_notes(chosen), *notes),
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
    if found.values[peak.name, "area"] < _SEEN * found.stds[peak.name, "area"]:
        return False
    place, width = found.values[peak.name, "position"], found.values[peak.name, "lorentz"]
    inside = peak.position.low + 0.5 < place < peak.position.high - 0.5
    return inside and _OFF_BOUNDS[0] * peak.lorentz.low < width < _OFF_BOUNDS[1] * peak.lorentz.high


def _chosen(x: Array, y: Array, degree: int) -> _Carbon:
    """The fit with or without D2, by Schwarz' criterion; the other too where the data do not decide."""
    sigma, with_d2 = noise(y), (*_BANDS, _D2)
    plain, more = (fit_peaks(x, y, sigma, bands, degree) for bands in (_BANDS, with_d2))
    gain = plain.criterion(more.correlation) - more.criterion(more.correlation)
    if more.values["D2", "area"] < _SEEN * more.stds["D2", "area"]:
        gain = min(gain, 0.0)
    undecided = abs(gain) < _REQUIRED
    if gain > 0:
        return _Carbon(fit=more, bands=with_d2, other=plain if undecided else None)
    return _Carbon(fit=plain, bands=_BANDS, other=more if undecided else None)


def _ratios(carbon: _Carbon) -> dict[str, Quantity]:
    """I_D / I_G by area and by height; where D2 is not decided, its effect is part of the uncertainty."""
    found = _ratios_of(carbon.fit)
    if carbon.other is None:
        return found
    other = _ratios_of(carbon.other)
    return {
        name: Quantity(
            one.value, "", float(np.hypot(one.std or 0.0, one.value - other[name].value)), "spread over models"
        )
        for name, one in found.items()
    }


def _domain_size(
    found: PeakFit, ratio: Quantity, laser_nm: float | None
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """La = 2.4e-10 nm^-3 lambda^4 / (I_D/I_G by area): L. G. Cancado et al., Appl. Phys. Lett. 88 (2006) 163106."""
    if laser_nm is None:
        text = "no in-plane size La: the file does not state the laser line; set laser_nm"
        return {}, (Note("refused", "la_without_laser", text),)
    width = found.values["G", "lorentz"]
    if width > _WIDEST_G:
        text = f"no in-plane size La: G is {width:.0f} 1/cm wide, that of carbon without graphitic domains, for which"
        return {}, (Note("refused", "la_disordered", f"{text} I_D/I_G does not fall with La (Ferrari and Robertson)"),)
    size = _CANCADO * laser_nm**4 / ratio.value
    text = (
        f"La by Cancado at {laser_nm:g} nm, calibrated between 20 and 500 nm; its own error is not in the uncertainty"
    )
    made = Quantity(size, "nm", size * (ratio.std or 0.0) / ratio.value, ratio.kind)
    return {"in_plane_size": made}, (Note("info", "la_cancado", text),)


def _ratios_of(found: PeakFit) -> dict[str, Quantity]:
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


def _notes(carbon: _Carbon) -> tuple[Note, ...]:
    found = carbon.fit
    has_d2 = any(band.name == "D2" for band in carbon.bands)
    lines = "D4, D, G and D2" if has_d2 else "D4, D and G"
    text = f"{lines} are Lorentz lines, D3 is a Gauss line (Sadezky 2005); I_D/I_G by area and by height differ"
    notes = [Note("info", "band_definition", text)]
    if carbon.other is not None:
        text = "the data do not tell whether D2 (1620 1/cm) is part of G: both are in the uncertainty of I_D/I_G"
        notes.append(Note("doubt", "d2_undecided", text))
    if found.reduced_chi2 > _MISSED:
        missed = f"the model misses the data by {np.sqrt(found.reduced_chi2):.1f} times the noise: see the figure"
        notes.append(Note("doubt", "raman_lack_of_fit", missed))
    return tuple(notes)
