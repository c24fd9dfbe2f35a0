"""The result of an EXAFS analysis with its curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ExafsResult(Result):
    """One scan: normalised absorption, chi(k) and |chi(R)|.

    Parameters
    ----------
    energy_electronvolt, normalised
        The scan, normalised.
    k, chi, r_angstrom, magnitude
        chi(k) and |chi(R)|.
    k_weight, k_range
        Weight and range of the transform.
    fitted
        |chi(R)| of the fitted scattering path, if there is one.
    noise
        Standard deviation of |chi(R)| from the noise of the scan.
    state
        Name of the state in a series.
    difference
        |chi(R)| minus that of the first state, and its standard uncertainty from the noise of both.
    """

    energy_electronvolt: Column
    normalised: Column
    k: Column
    chi: Column
    r_angstrom: Column
    magnitude: Column
    k_weight: int
    k_range: tuple[float, float]
    fitted: Column | None = None
    noise: float = 0.0
    state: str = ""
    difference: tuple[Column, Column] | None = None
