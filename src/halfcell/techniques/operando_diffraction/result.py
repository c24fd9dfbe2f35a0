"""What operando diffraction returns: the map of all scans, and the voltage over the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class FollowedLine:
    """Area (counts degree) and centre (degree) of one line in each scan, with standard errors; NaN where unseen."""

    area: Array
    area_std: Array
    centre: Array
    centre_std: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class OperandoResult(Result):
    """The counts (scans x angles) over 2theta (degree) and time (h) or number of scan, and the voltage (V).

    Parameters
    ----------
    two_theta, counts
        The scans on common angles.
    time
        Start of each scan in hours since the first; None where no file says when it was started.
    voltage
        Time (h) since the first scan and voltage (V); None where there is no record, or it cannot be placed.
    lines
        The lines that are followed, by their window: ``28.0-28.9``.
    """

    two_theta: Array
    counts: Array
    time: Array | None = None
    voltage: tuple[Array, Array] | None = None
    lines: Mapping[str, FollowedLine] = field(default_factory=dict)
