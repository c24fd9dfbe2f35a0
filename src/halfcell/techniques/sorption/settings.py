"""The settings of a sorption analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings

SurfaceKind = Literal["", "carbon", "silica", "oxide", "zeolite"]


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How an isotherm is analysed.

    Parameters
    ----------
    bet_method
        windows: all windows are fitted, and the valid one that ends at the highest pressure counts; instrument: the
        window in the instrument's report.
    bet_window
        A window of relative pressure to fit instead.
    fewest_points, least_r2, largest_error
        What a valid window needs: number of points, R2 of the line, and the limit of Rouquerol's fourth criterion.
    cross_section_nm2
        Cross-section of the adsorptive's molecule; None: 0.162 for N2, 0.142 for Ar at 87 K (0.138 at 77 K), 0.202 for
        Kr.
    cold_volume_doubt_cm3
        Standard uncertainty of the cold free space, as the nitrogen (cm3 STP) that it holds at 77 K and one atmosphere:
        0.05 cm3 STP are 0.014 cm3 of volume. Of another gas it holds as much as its p0/T makes.
    mass_doubt_mg
        Standard uncertainty of the mass of the sample (weighed by difference, degassed).
    thickness
        The curve of the film's thickness for t-plot and BJH; instrument: the curve in the instrument's report.
    t_range_nm
        Where the t-plot's windows may lie.
    pore_limits_nm
        Diameters of the pores that BJH counts; None: those in the instrument's report, else 1.7 to 300 nm.
    kelvin_factor_nm
        The Kelvin factor of BJH; None: that in the instrument's report, else 0.953 nm.
    sample_mass_g
        Mass of the sample; None: that of the file.
    surface
        The surface of the sample; a DFT kernel is used only where it is for the same surface. A carbon gets its STSA.
    kernel_surface
        The surface for which the kernel was calculated.
    alpha_reference
        The isotherm of a nonporous powder of the same surface, given as its file, for the alpha-s plot.
    kernel
        A DFT kernel, given as its file: rows of (pressure, loading of each pore), the first row the pore widths.
    """

    bet_method: Literal["windows", "instrument"] = "windows"
    bet_window: tuple[float, float] | None = None
    fewest_points: int = 11
    least_r2: float = 0.9
    largest_error: float = 0.2
    cross_section_nm2: float | None = None
    cold_volume_doubt_cm3: float = 0.05
    mass_doubt_mg: float = 0.3
    thickness: Literal["harkins-jura", "halsey", "instrument"] = "harkins-jura"
    t_range_nm: tuple[float, float] = (0.3, 0.6)
    pore_limits_nm: tuple[float, float] | None = None
    kelvin_factor_nm: float | None = None
    sample_mass_g: float | None = None
    surface: SurfaceKind = ""
    kernel_surface: SurfaceKind = "carbon"
    alpha_reference: tuple[tuple[float, float], ...] = ()
    kernel: tuple[tuple[float, ...], ...] = ()
