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
    """The same-day line of a silicon wafer: place of its maximum and of its core, and its shape (1/cm).

    The shape: FWHM of the Gaussian (instrument) and Lorentzian parts, length of the tail (positive: towards low
    wavenumbers) and the share of the area that it smears.
    """

    position_per_cm: float
    position_std_per_cm: float
    core_per_cm: float
    gauss_per_cm: float
    lorentz_per_cm: float
    lorentz_std_per_cm: float = 0.0
    tail_per_cm: float = 0.0
    tail_share: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class RamanResult(Result):
    """A fit: shift axis, data, baseline and each component's curve (counts, without the baseline).

    areas: area of each component and its standard error (counts x 1/cm). line: the crystalline line of silicon. state:
    name of the state in a series. difference: intensity without baseline, minus that of the first state, and its
    standard uncertainty, on the axis of the first state (counts, or counts per second of exposure).
    """

    shift_per_cm: Array
    intensity_count: Array
    baseline_count: Array
    names: tuple[str, ...]
    components_count: tuple[Array, ...]
    areas: tuple[tuple[float, float], ...]
    region: str
    line: WaferLine | None = None
    state: str = ""
    difference: tuple[Array, Array, Array] | None = None  # axis, value, standard uncertainty
