"""Settings of the Raman analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings
from halfcell.techniques.raman.wafer_line import WaferLine


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a spectrum is analysed.

    Parameters
    ----------
    region
        Which bands are fitted: those of ``silicon`` or of ``carbon``.
    window_per_cm
        Range of the fit; by default 400 to 600 for silicon and 1000 to 1800 for carbon.
    wafer
        A file: the spectrum of a silicon wafer measured on the same day. Without it neither a shift nor a size is
        given.
    laser_nm
        Laser line for axes in nm or absolute wavenumbers, if the file does not state it or states a wrong one.
    cross_section_ratio
        Ratio y of the scattering cross-sections of crystalline and amorphous silicon; by default y follows from the
        range of sizes (Bustarret).
    baseline_degree
        Degree of the polynomial baseline; for silicon the least one: it may bend as luminescence does, and has up
        to two more where Akaike's criterion asks for them.
    axis_doubt_per_cm
        By how much the axis may have moved between wafer and sample (one standard deviation): part of the uncertainty
        of the shift.
    """

    region: Literal["silicon", "carbon"] = "silicon"
    window_per_cm: tuple[float, float] | None = None
    wafer: WaferLine | None = None
    laser_nm: float | None = None
    cross_section_ratio: float | None = None
    baseline_degree: int = 1
    axis_doubt_per_cm: float = 0.1
