"""Keep a panel together with the matplotlib axes it is drawn on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.render.ranges import is_right_sided

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis as DrawnAxis

    from halfcell.core.figure import Axis, Layer, Panel


@dataclass(frozen=True, eq=False)
class PlacedAxis:
    """An axis of matplotlib, and what the figure asks of it."""

    drawn: DrawnAxis
    wanted: Axis
    is_x: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacedPanel:
    """A panel and the axes it is drawn on; `right` holds those of its right y axis."""

    panel: Panel
    axes: Axes
    right: Axes | None = None
    insets: tuple[PlacedPanel, ...] = ()

    @property
    def x(self) -> PlacedAxis:
        """The x axis."""
        return PlacedAxis(self.axes.xaxis, self.panel.x, is_x=True)

    @property
    def y_axes(self) -> tuple[PlacedAxis, ...]:
        """The y axes: the left one and, where there is one, the right one."""
        left = PlacedAxis(self.axes.yaxis, self.panel.y)
        if self.right is None or self.panel.right is None:
            return (left,)
        return left, PlacedAxis(self.right.yaxis, self.panel.right)

    @property
    def all_axes(self) -> tuple[PlacedAxis, ...]:
        """The x axis and the y axes."""
        return self.x, *self.y_axes

    def axes_of(self, layer: Layer) -> Axes:
        """Return the matplotlib axes that a layer is drawn on."""
        return self.right if self.right is not None and is_right_sided(layer) else self.axes
