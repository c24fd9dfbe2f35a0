"""Where a panel stands on the screen: the names of its axes, its ranges, its box in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from halfcell.core.figure import Panel
    from halfcell.render.ranges import Range

Part = tuple[Literal["data", "shapes", "annotations", "images"], dict[str, Any]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """A panel on the screen.

    `number` names its axes (``x3``, ``y3``, its right axis ``y103``, its strip of ticks ``y203``) and its legend;
    `box` is left, bottom, width, height in pixels of a picture of `size` pixels; `strip` is the part of the box that
    phase ticks take, `above` the room of a legend above it.
    """

    panel: Panel
    number: int
    ranges: dict[str, Range]
    box: tuple[float, float, float, float]
    size: tuple[float, float]
    strip: float = 0.0
    above: float = 0.0
    small: bool = False

    @property
    def x(self) -> str:
        """Name of the x axis, as traces say it."""
        return "x" if self.number == 1 else f"x{self.number}"

    @property
    def y(self) -> str:
        """Name of the y axis."""
        return "y" if self.number == 1 else f"y{self.number}"

    @property
    def right(self) -> str:
        """Name of the right y axis."""
        return f"y{100 + self.number}"

    @property
    def ticks(self) -> str:
        """Name of the y axis of the strip of ticks."""
        return f"y{200 + self.number}"

    @property
    def legend(self) -> str:
        """Name of the legend."""
        return "legend" if self.number == 1 else f"legend{self.number}"

    def domain(self) -> tuple[list[float], list[float]]:
        """The box of the data in parts of the picture, across and upwards; the strip of ticks is below it."""
        left, bottom, width, height = self.box
        across = [left / self.size[0], (left + width) / self.size[0]]
        low = bottom + self.strip * height
        return across, [low / self.size[1], (bottom + height) / self.size[1]]
