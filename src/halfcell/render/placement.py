"""Choose places inside a panel for legends and names by how much of the data they would cover."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.render.boxes import Box

if TYPE_CHECKING:
    from halfcell.core.figure import Array
    from halfcell.render.boxes import Size

PLACES: Final[dict[str, tuple[float, float]]] = {
    "upper right": (1.0, 1.0),
    "upper left": (0.0, 1.0),
    "lower right": (1.0, 0.0),
    "lower left": (0.0, 0.0),
    "center right": (1.0, 0.5),
    "center left": (0.0, 0.5),
    "upper center": (0.5, 1.0),
    "lower center": (0.5, 0.0),
    "center": (0.5, 0.5),
}
_POINTS_PER_BOX: Final = 50  # covering words is worse than covering a few points of the data


def box_at(place: str, size: Size) -> Box:
    """Return the box of a size (fractions of the panel) at one of the named `PLACES`."""
    across, up = PLACES[place]
    left, bottom = across * (1 - size.width), up * (1 - size.height)
    return Box(left, bottom, left + size.width, bottom + size.height)


@dataclass(frozen=True, eq=False)
class Occupied:
    """What a panel already shows, in fractions of the panel: points along its data, boxes of words and insets."""

    points: Array
    boxes: tuple[Box, ...] = ()

    def covered_by(self, box: Box) -> int:
        """Count the points that a box would cover; each box of words below it counts as many points."""
        x, y = self.points
        across = (x > box.left - 0.01) & (x < box.right + 0.01)
        inside = across & (y > box.bottom - 0.01) & (y < box.top + 0.01)
        return int(np.count_nonzero(inside)) + _POINTS_PER_BOX * sum(box.overlaps(other) for other in self.boxes)

    def plus(self, box: Box) -> Occupied:
        """Return the same with one more box."""
        return dataclasses.replace(self, boxes=(*self.boxes, box))
