"""Where the text and the inset of an isotherm hide the fewest points, in parts of the panel."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.sorption.result import SorptionResult

    Array = NDArray[np.float64]

_LARGEST_SHARE = 0.04  # of the points that an inset may hide


@dataclass(frozen=True)
class Box:
    """A box in a panel: its left and lower edge, its width and height."""

    left: float
    bottom: float
    width: float
    height: float

    def hides(self, x: Array, y: Array) -> int:
        """How many points lie in the box."""
        across = (x > self.left) & (x < self.left + self.width)
        return int(np.sum(across & (y > self.bottom) & (y < self.bottom + self.height)))

    @property
    def with_axes(self) -> Box:
        """The box of an inset with the numbers and labels of its axes."""
        return Box(self.left - 0.08, self.bottom - 0.14, self.width + 0.1, self.height + 0.16)

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, bottom, width, height."""
        left, bottom, width, height = astuple(self)
        return left, bottom, width, height


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where the text begins, and the inset's box; None where every box hides too much."""

    text: tuple[float, float]
    inset: Box | None


# Corners of the panel where text may stand, from the best on.
_TEXTS = ((0.05, 0.9), (0.38, 0.14), (0.38, 0.5), (0.3, 0.9))
_INSETS = (
    Box(0.2, 0.36, 0.36, 0.34),
    Box(0.58, 0.2, 0.36, 0.32),
    Box(0.58, 0.42, 0.36, 0.32),
    Box(0.24, 0.2, 0.36, 0.3),
    Box(0.2, 0.5, 0.34, 0.3),
)
ANY_INSET = _INSETS[0]


def free_places(result: SorptionResult, high: float) -> Places:
    """Places for text and inset in the panel of an isotherm whose axis ends at `high`."""
    grid = np.linspace(0.0, 1.0, 300)
    parts = [(grid, np.interp(grid, b.pressure, b.loading) / high) for b in (result.adsorption, result.desorption) if b]
    x, y = (np.concatenate(column) for column in zip(*parts, strict=True))
    text = min(_TEXTS, key=lambda p: Box(p[0] - 0.02, p[1] - 0.13, 0.6, 0.2).hides(x, y))
    taken = Box(text[0] - 0.02, text[1] - 0.13, 0.62, 0.2)
    free = [box for box in _INSETS if not _overlap(box, taken)]
    best = min(free, key=lambda box: box.with_axes.hides(x, y))
    return Places(text=text, inset=best if best.with_axes.hides(x, y) < _LARGEST_SHARE * len(x) else None)


def _overlap(inset: Box, taken: Box) -> bool:
    """Whether an inset, with room for its labels at the left and below, meets the text."""
    across = inset.left - 0.08 < taken.left + taken.width and taken.left < inset.left + inset.width
    upward = inset.bottom - 0.14 < taken.bottom + taken.height and taken.bottom < inset.bottom + inset.height
    return across and upward
