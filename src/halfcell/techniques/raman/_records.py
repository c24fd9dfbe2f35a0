"""Records of the Raman technique."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class WaferLine:
    """The same-day line of a silicon wafer: position and FWHM of the Gaussian and Lorentzian parts (1/cm)."""

    position_per_cm: float
    position_std_per_cm: float
    gauss_per_cm: float
    lorentz_per_cm: float


@dataclass(frozen=True, kw_only=True, eq=False)
class RamanResult(Result):
    """A fit: shift axis, data, baseline and each component's curve (counts, without the baseline)."""

    shift_per_cm: Array
    intensity_count: Array
    baseline_count: Array
    names: tuple[str, ...]
    components_count: tuple[Array, ...]
    shape: tuple[float, float, float]  # position, gauss and lorentz FWHM of the main line
    position_std: float
    region: str
