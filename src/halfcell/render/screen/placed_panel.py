"""Keep a panel together with its place on the screen: names of its axes, their ranges, its box in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.figure import Panel
    from halfcell.render.boxes import Rectangle, Size
    from halfcell.render.ranges import PanelRanges


@dataclass(frozen=True, kw_only=True, slots=True)
class Domain:
    """The edges of a panel in fractions of the picture, as plotly wants them."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def across(self) -> list[float]:
        """Left and right edge."""
        return [self.left, self.right]

    @property
    def up(self) -> list[float]:
        """Lower and upper edge."""
        return [self.bottom, self.top]


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacedPanel:
    """A panel and its place on the screen.

    `number` names its axes (``x3``, ``y3``, its right axis ``y103``, its strip of ticks ``y203``) and its legend;
    `box` is its place in a picture of the given `size`, both in pixels; `strip` is the fraction of the box that phase
    ticks take, `above` the height of a legend above it; `small` panels have smaller numbers.
    """

    panel: Panel
    number: int
    ranges: PanelRanges
    box: Rectangle
    size: Size
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

    def domain(self) -> Domain:
        """Return the place of the data in fractions of the picture; the strip of ticks is below it."""
        box, size = self.box, self.size
        low = box.bottom + self.strip * box.height
        return Domain(
            left=box.left / size.width,
            right=(box.left + box.width) / size.width,
            bottom=low / size.height,
            top=(box.bottom + box.height) / size.height,
        )
