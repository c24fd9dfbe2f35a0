"""The result of a Raman analysis with its curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.raman.wafer_line import WaferLine

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class RamanResult(Result):
    """A fitted spectrum.

    Parameters
    ----------
    shift_per_cm, intensity_count, baseline_count
        The fitted window and its baseline.
    names, components_count, areas
        Names of the components, their curves without the baseline, and their areas with standard uncertainties
        (counts x 1/cm).
    region
        ``silicon`` or ``carbon``.
    line
        The crystalline line of silicon, as a reference for other spectra.
    state
        Name of the state in a series.
    difference
        Axis of the first state, intensity without baseline minus that of the first state, and its standard uncertainty
        (counts, or counts per second of exposure).
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
    difference: tuple[Array, Array, Array] | None = None
