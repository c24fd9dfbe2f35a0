r"""Raman spectra: silicon line, amorphous share and size (as a range over models); carbon D and G bands.

**Silicon** (400-600 1/cm). One joint fit of the crystalline line (Voigt), the amorphous band (Gauss near 480 1/cm,
width near 70 1/cm, both under a prior) and a straight baseline: a baseline that is taken off first destroys the
amorphous share. Position and width are set against a wafer measured the same day (`wafer`, a file); without it no
shift and no size are given. The size is a range over three confinement models, since they differ by a factor of six.

.. math:: X_a = I_a / (I_a + y I_c), \quad y = 0.1 + e^{-D / 25\,\mathrm{nm}}

with the ratio y of scattering cross-sections after E. Bustarret, M. A. Hachicha and M. Brunel, Appl. Phys. Lett.
52 (1988) 1675, unless `cross_section_ratio` states another.

**Carbon** (1000-1800 1/cm). Joint fit of D4 (Lorentz, 1200), D (Lorentz, 1350), D3 (Gauss, 1500) and G (Lorentz,
1590) with a straight baseline: A. Sadezky et al., Carbon 43 (2005) 1731. I_D/I_G is given by area and by height,
each so named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.core.errors import InputError, Refused
from halfcell.techniques.raman import _carbon, _silicon
from halfcell.techniques.raman._figures import spectrum, table_carbon, table_silicon
from halfcell.techniques.raman._records import RamanResult, WaferLine
from halfcell.techniques.raman._simulate import Parameters, simulate

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

__all__ = ["FIGURES", "READS", "REFERENCES", "TABLES", "VERSION", "Parameters", "RamanResult", "Settings", "analyse"]
__all__ += ["simulate"]

READS = ("raman",)
VERSION = "1"
_WINDOWS = {"silicon": (400.0, 600.0), "carbon": (1000.0, 1800.0)}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set.

    region: ``silicon`` or ``carbon``. window_per_cm: range of the fit (default 400-600 or 1000-1800). wafer: the
    same-day spectrum of a silicon wafer (a file in the study). cross_section_ratio: y of crystalline to amorphous
    silicon; without it y follows the size range (Bustarret). baseline_degree: degree of the baseline's polynomial.
    """

    region: Literal["silicon", "carbon"] = "silicon"
    window_per_cm: tuple[float, float] | None = None
    wafer: WaferLine | None = None
    cross_section_ratio: float | None = None
    baseline_degree: int = 1


def analyse(measurement: Measurement, settings: Settings) -> RamanResult:
    """Fit the region and report line, shares and sizes.

    Raises
    ------
    InputError
        If the measurement has no Raman shift or fewer than 30 points in the window.
    Refused
        If the window holds no line above the noise.
    """
    low, high = settings.window_per_cm or _WINDOWS[settings.region]
    if "raman_shift_per_cm" not in measurement:
        raise InputError("the spectrum has no Raman shift", measurement.where, "its file names no laser line")
    shift = measurement["raman_shift_per_cm"]
    inside = (shift >= low) & (shift <= high)
    if inside.sum() < 30:
        span = f"the spectrum runs from {shift.min():.0f} to {shift.max():.0f} 1/cm: set window_per_cm"
        raise InputError(
            f"{inside.sum()} points between {low:g} and {high:g} 1/cm, 30 are needed", measurement.where, span
        )
    x, y = shift[inside], measurement["intensity_count"][inside]
    fit = _silicon.fit if settings.region == "silicon" else _carbon.fit
    result = fit(x, y, settings)
    if result is None:
        raise Refused("no line above the noise in the window", measurement.where, "is this the right region?")
    return result


def _wafer(measurement: Measurement, settings: Settings) -> WaferLine:
    """The line of a silicon wafer: position and the widths of its Voigt profile."""
    plain = analyse(
        measurement, Settings(window_per_cm=settings.window_per_cm, baseline_degree=settings.baseline_degree)
    )
    return _silicon.wafer_line(plain)


REFERENCES = {"wafer": _wafer}
FIGURES = {"spectrum": spectrum}
TABLES = {"silicon line": table_silicon, "carbon bands": table_carbon}
