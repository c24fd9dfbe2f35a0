"""The settings of an indentation analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How an indentation is analysed.

    Parameters
    ----------
    drift_nm_per_s
        Thermal drift (nm/s) to take off the depth; None: measured in a rest at low load where the record has one,
        else the instrument's own rate where the file has one that was not applied yet, else none. Without a time in the
        file no drift is taken off.
    drift_doubt_nm_per_s
        Standard uncertainty (nm/s) of a drift that was not measured in the record.
    frame_compliance_nm_per_mn
        Compliance of the frame (nm/mN) that is still in the depth; None: that of the file where it was not applied yet.
    tip_area_nm
        Coefficients C0, C1, C2 ... of the tip's area function C0 h^2 + C1 h + C2 h^1/2 + ... (nm); empty: that of the
        file, else the ideal Berkovich 24.5 h^2.
    tip_area_doubt_percent
        Standard uncertainty (%) of a calibrated tip area.
    tip_rounding_nm
        Standard uncertainty (nm) of the depth that the rounding of a tip without calibration is worth.
    frame_doubt_nm_per_mn
        Standard uncertainty (nm/mN) of the frame compliance that was taken off.
    hardness_at_mn
        Load (mN) of the unloading that hardness and modulus are taken from; None: the deepest unloading.
    particle_diameter_um, diameter_doubt_um
        Diameter of the particle, for its crush strength, and its standard uncertainty; None: that of the file, if any.
    poisson_ratio
        Poisson's ratio of the sample; None: that of the file, else 0.25.
    tip_modulus_gpa, tip_poisson_ratio
        Of the tip; diamond.
    epsilon, beta
        Of Oliver and Pharr's equations.
    unload_part
        The part of an unloading, between two fractions of its greatest load, to which the power law is fitted.
    mode
        What to take the test for; auto: an indent where there is an unloading branch, else a crush test.
    """

    drift_nm_per_s: float | None = None
    drift_doubt_nm_per_s: float = 0.05
    frame_compliance_nm_per_mn: float | None = None
    tip_area_nm: tuple[float, ...] = ()
    tip_area_doubt_percent: float = 2.0
    tip_rounding_nm: float = 20.0
    frame_doubt_nm_per_mn: float = 0.02
    hardness_at_mn: float | None = None
    particle_diameter_um: float | None = None
    diameter_doubt_um: float | None = None
    poisson_ratio: float | None = None
    tip_modulus_gpa: float = 1141.0
    tip_poisson_ratio: float = 0.07
    epsilon: float = 0.75
    beta: float = 1.0
    unload_part: tuple[float, float] = (0.5, 0.98)
    mode: Literal["auto", "indent", "crush"] = "auto"
