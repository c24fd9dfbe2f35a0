r"""Raman spectra: silicon line, amorphous share and size (as a range over models); carbon D and G bands.

**Silicon** (400-600 1/cm). One joint fit of the crystalline line (Voigt), the amorphous band (Gauss near 480 1/cm,
width near 70 1/cm, both under a prior) and a straight baseline: a baseline that is taken off first destroys the
amorphous share. Where a Voigt line misses the data, a part of it gets an exponential tail to one side (a spectrometer's
coma, or confined crystals), if Schwarz' criterion asks for it; the position is then that of the maximum.
Position and width are set against a wafer measured the same day (`wafer`, a file); without it no
shift and no size are given. The size is a range over three confinement models, since they differ by a factor of six.

.. math:: X_a = I_a / (I_a + y I_c), \quad y = 0.1 + e^{-D / 25\,\mathrm{nm}}

with the ratio y of scattering cross-sections after E. Bustarret, M. A. Hachicha and M. Brunel, Appl. Phys. Lett.
52 (1988) 1675, unless `cross_section_ratio` states another.

**Carbon** (1000-1800 1/cm). Joint fit of D4 (Lorentz, 1200), D (Lorentz, 1350), D3 (Gauss, 1500) and G (Lorentz,
1590) with a straight baseline: A. Sadezky et al., Carbon 43 (2005) 1731. I_D/I_G is given by area and by height,
each so named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from halfcell.techniques.raman import carbon_bands, silicon_bands, states
from halfcell.techniques.raman.figures import differences, spectrum, table_carbon, table_silicon, table_states
from halfcell.techniques.raman.fit_window import in_window, nothing_seen
from halfcell.techniques.raman.result import RamanResult, WaferLine
from halfcell.techniques.raman.simulate import Parameters, simulate
from halfcell.techniques.technique import Technique

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

__all__ = ["FIGURES", "REFERENCES", "TABLES", "TECHNIQUE", "Parameters", "RamanResult", "Settings", "analyse"]
__all__ += ["analyse_series", "simulate"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set.

    region: ``silicon`` or ``carbon``. window_per_cm: range of the fit (default 400-600 or 1000-1800). wafer: the
    same-day spectrum of a silicon wafer (a file in the study). laser_nm: laser line for axes in nm or absolute
    wavenumbers, where the file names none or a wrong one. cross_section_ratio: y of crystalline to amorphous silicon;
    without it y follows the size range (Bustarret). baseline_degree: degree of the baseline's polynomial.
    """

    region: Literal["silicon", "carbon"] = "silicon"
    window_per_cm: tuple[float, float] | None = None
    wafer: WaferLine | None = None
    laser_nm: float | None = None
    cross_section_ratio: float | None = None
    baseline_degree: int = 1


def analyse(measurement: Measurement, settings: Settings) -> RamanResult:
    """Fit the region and report line, shares and sizes.

    Raises
    ------
    InputError
        If the measurement has no Raman shift, only negative ones, or fewer than 30 points in the window.
    Refused
        If the window holds no line above the noise.
    """
    x, y = in_window(measurement, settings)
    fit = silicon_bands.fit if settings.region == "silicon" else carbon_bands.fit
    result = fit(x, y, settings)
    if result is None:
        raise nothing_seen(measurement, settings)
    return result


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[RamanResult, ...]:
    """Set the states of one electrode beside each other: amounts of bands, what appears, what vanishes, differences.

    Spectra of one file (a map) are no states: each is analysed by itself.

    Raises
    ------
    InputError, Refused
        As for a single spectrum.
    """
    if len({measurement.where for measurement in measurements if measurement.where}) == 1:
        return states.spectra(measurements, settings, analyse)
    return states.states(measurements, settings)


def _wafer(measurement: Measurement, settings: Settings) -> WaferLine:
    """The line of a silicon wafer: position and the widths of its Voigt profile."""
    plain = analyse(measurement, replace(settings, region="silicon", wafer=None))
    return cast("WaferLine", plain.line)


REFERENCES = {"wafer": _wafer}
FIGURES = {"spectrum": spectrum, "differences": differences}
TABLES = {"silicon line": table_silicon, "carbon bands": table_carbon, "states": table_states}

TECHNIQUE = Technique(
    name="raman",
    reads=("raman",),
    version="4",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
    references=REFERENCES,
)
