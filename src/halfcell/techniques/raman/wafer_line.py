"""The line of a silicon wafer, which calibrates position and width of other silicon lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WaferLine:
    """The line of a silicon wafer of the same day: positions of its maximum and of its core, and its shape (1/cm).

    The shape is described by its FWHM, that of the Gaussian (instrument) and Lorentzian parts, the length of the tail
    (positive: towards low wavenumbers) and the share of the area that the tail smears; of a sample that is described
    like a wafer also the reciprocal of the size to which its phonons are confined (1/nm), and the scatter of its
    logarithm.
    """

    position_per_cm: float
    position_std_per_cm: float
    core_per_cm: float
    gauss_per_cm: float
    lorentz_per_cm: float
    lorentz_std_per_cm: float = 0.0
    width_per_cm: float = 0.0
    width_std_per_cm: float = 0.0
    tail_per_cm: float = 0.0
    tail_share: float = 0.0
    inverse_size_per_nm: float = 0.0
    size_spread: float = 0.0
