"""Find the ranges of a panel's axes: what the figure fixes, otherwise what its layers need plus a margin."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from halfcell.core.figure import Arrow, Bars, Image, Span, Text
from halfcell.render.outlines import outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Array, Axis, Layer, Panel, Side
    from halfcell.render.boxes import Size

Direction = Literal["x", "y"]

_MARGINS: Final[dict[Direction, float]] = {"x": 0.025, "y": 0.06}


@dataclass(frozen=True, kw_only=True)
class Range:
    """The range of an axis in data units, ``low < high``, and the power of ten its numbers are printed in."""

    low: float
    high: float
    log: bool = False
    power: int = 0

    def fraction(self, values: Array) -> Array:
        """Convert data units to fractions of the axis, 0 at its low end; what a log axis cannot show becomes nan."""
        low, high, shown = self.low, self.high, np.asarray(values, float)
        if self.log:
            low, high = math.log10(low), math.log10(high)
            shown = np.log10(np.where(shown > 0, shown, np.nan))
        return np.asarray((shown - low) / (high - low))

    def at(self, fraction: float) -> float:
        """Convert a fraction of the axis to data units."""
        if self.log:
            return 10 ** (math.log10(self.low) + fraction * math.log10(self.high / self.low))
        return self.low + fraction * (self.high - self.low)


@dataclass(frozen=True, kw_only=True)
class PanelRanges:
    """The ranges of all axes of a panel."""

    x: Range
    left: Range
    right: Range | None = None

    def y_of(self, layer: Layer) -> Range:
        """Return the range of the y axis that a layer is drawn on."""
        return self.right if self.right is not None and is_right_sided(layer) else self.left

    def raised(self, fraction: float) -> PanelRanges:
        """Extend the y axes upwards, so that `fraction` of the panel's height becomes free at its top."""
        right = None if self.right is None else _raised(self.right, fraction)
        return dataclasses.replace(self, left=_raised(self.left, fraction), right=right)


def _raised(span: Range, fraction: float) -> Range:
    return dataclasses.replace(span, high=span.at(1 / (1 - fraction)))


@dataclass(frozen=True, eq=False)
class Extent:
    """The values of a layer along one axis; `from_zero` says that its bars start at zero."""

    values: Array
    from_zero: bool = False


def ranges(panel: Panel) -> PanelRanges:
    """Return the ranges of the axes of a panel."""
    tight = has_image(panel)
    return PanelRanges(
        x=_range(panel.x, [extent(layer, "x") for layer in panel.layers], _MARGINS["x"], tight),
        left=_range(panel.y, [extent(layer, "y") for layer in layers_on(panel, "left")], _MARGINS["y"], tight),
        right=_range(panel.right, [extent(layer, "y") for layer in layers_on(panel, "right")], _MARGINS["y"], tight)
        if panel.right
        else None,
    )


def is_right_sided(layer: Layer) -> bool:
    """Whether a layer asks for the right y axis (a panel without one draws it on the left)."""
    return getattr(layer, "side", "left") == "right"


def layers_on(panel: Panel, side: Side) -> list[Layer]:
    """Return the layers that are drawn on the left or on the right y axis of a panel."""
    right = side == "right"
    return [layer for layer in panel.layers if (panel.right is not None and is_right_sided(layer)) == right]


def has_image(panel: Panel) -> bool:
    """Whether a panel shows an image; it then has no margins."""
    return any(isinstance(layer, Image) for layer in panel.layers)


def widened_for_text(panel: Panel, found: PanelRanges, size: Size) -> PanelRanges:
    """Widen the x range of a drawing so that its texts fit; `size` is the panel's size in pixels."""
    texts = [layer for layer in panel.layers if isinstance(layer, Text) and not layer.fraction]
    low, high = found.x.low, found.x.high
    for _ in range(3):  # a wider range makes each pixel worth more
        unit = max((high - low) / size.width, (found.left.high - found.left.low) / size.height)
        for layer in texts:
            width = len(layer.text) * layer.size_pt * 1.05 * unit
            start = layer.x - {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align] * width
            low, high = min(low, start), max(high, start + width)
    return dataclasses.replace(found, x=dataclasses.replace(found.x, low=low, high=high))


def extent(layer: Layer, direction: Direction) -> Extent:
    """Return the values of a layer along an axis."""
    index = 0 if direction == "x" else 1
    match layer:
        case Image():
            return Extent(np.array(layer.extent[2 * index : 2 * index + 2]))
        case Arrow():
            return Extent(np.array([[layer.x0, layer.x1], [layer.y0, layer.y1]][index]))
        case Span():
            return Extent(np.array([layer.start, layer.stop]) if layer.axis == direction else np.empty(0))
    points = outline(layer)
    if points is None:
        return Extent(np.empty(0))
    return Extent(points[index], from_zero=isinstance(layer, Bars) and layer.horizontal == (direction == "x"))


def _range(axis: Axis, extents: Sequence[Extent], margin: float, tight: bool) -> Range:
    values = np.concatenate([np.empty(0), *(extent.values for extent in extents)])
    values = values[np.isfinite(values) & ((values > 0) | (not axis.log))]
    low, high = (float(values.min()), float(values.max())) if values.size else (1.0, 10.0) if axis.log else (0.0, 1.0)
    low, high = _widened(low, high, 0.0 if tight else margin, axis.log)
    if values.size and any(extent.from_zero for extent in extents):
        low = 10 ** math.floor(math.log10(values.min() / 1.6)) if axis.log else 0.0 if values.min() >= 0 else low
    low = low if axis.low is None or (axis.log and axis.low <= 0) else axis.low
    high = high if axis.high is None or (axis.log and axis.high <= 0) else axis.high
    if not low < high:
        low, high = (low / 2, low * 2) if axis.log else (low - 0.5, low + 0.5)
    return Range(low=low, high=high, log=axis.log, power=0 if tight else _power(low, high, axis))


def _widened(low: float, high: float, margin: float, log: bool) -> tuple[float, float]:
    if low == high:
        return (low / 2, high * 2) if log else (low - abs(low) * 0.05 - 0.05, high + abs(high) * 0.05 + 0.05)
    if log:
        factor = (high / low) ** margin
        return low / factor, high * factor
    return low - margin * (high - low), high + margin * (high - low)


def _power(low: float, high: float, axis: Axis) -> int:
    """Return the power of ten to take out of the numbers: none between 0.001 and 100,000."""
    largest = max(abs(low), abs(high))
    if axis.log or axis.no_numbers or axis.hidden or 1e-3 <= largest < 1e5 or largest == 0:
        return 0
    return math.floor(math.log10(largest))
