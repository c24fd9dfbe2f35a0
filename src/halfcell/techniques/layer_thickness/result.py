"""What an analysis of layers returns: a picture with its edges, and the thickness over all pictures of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasuredLayer:
    """One picture: grey values (the layer runs along the columns), its pixel (nm), rows of both edges, the slope.

    `thickness` (um) is that of each column, `std` that of their mean without the scale, `count` the number of
    independent columns.
    """

    picture: Array
    pixel: tuple[float, float]
    upper: Array
    lower: Array
    slope: float
    thickness: Array
    std: float
    count: float
    contrast: float
    scale: float

    @property
    def mean(self) -> float:
        """Mean thickness (um)."""
        return float(self.thickness.mean())


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerThicknessResult(Result):
    """The pictures of one state; `collector_std` is the standard uncertainty of what was taken off (um)."""

    layers: tuple[MeasuredLayer, ...]
    state: str = ""
    collector_std: float = 0.0

    @property
    def sample(self) -> str:
        """The label without the state, which a study adds to it."""
        if self.state and self.label.startswith(self.state):
            return ""
        return self.label.partition(f", {self.state}")[0] if self.state else self.label
