"""The result of a diffraction analysis with its curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class DiffractionResult(Result):
    """Quantities and rows, the scan, and where the lines of each phase stand.

    `ticks` maps a phase to the angles of its lines and their calculated heights, the strongest 1.
    """

    two_theta: Array
    counts: Array
    phases: tuple[str, ...] = ()
    ticks: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)
