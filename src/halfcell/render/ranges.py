"""The ranges of a panel's axes: what the record fixes, else what its layers ask for, with a margin."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Arrow, Axis, Bars, Image, Layer, Panel, Span, Text
from halfcell.render import placement as ink

if TYPE_CHECKING:
    from halfcell.render.placement import Array

_MARGINS = {"x": 0.025, "y": 0.06}


@dataclass(frozen=True, kw_only=True)
class Range:
    """An axis' range in data units, ``low < high``, and the power of ten its numbers are printed in."""

    low: float
    high: float
    log: bool = False
    power: int = 0

    def part(self, values: Array) -> Array:
        """Data units -> parts of the axis, 0 at the low end; what a log axis cannot show is nan."""
        low, high, shown = self.low, self.high, np.asarray(values, float)
        if self.log:
            low, high = math.log10(low), math.log10(high)
            shown = np.log10(np.where(shown > 0, shown, np.nan))
        return np.asarray((shown - low) / (high - low))

    def at(self, part: float) -> float:
        """Parts of the axis -> data units."""
        if self.log:
            return 10 ** (math.log10(self.low) + part * math.log10(self.high / self.low))
        return self.low + part * (self.high - self.low)


def ranges(panel: Panel) -> dict[str, Range]:
    """Ranges of the axes of a panel: ``x``, ``left`` and, where it has one, ``right``."""
    found = {"x": _range(panel.x, [extent(layer, 0) for layer in panel.layers], "x", _tight(panel))}
    axes = {"left": panel.y} | ({"right": panel.right} if panel.right else {})
    for side, axis in axes.items():
        layers = [layer for layer in panel.layers if side_of(layer, panel) == side]
        found[side] = _range(axis, [extent(layer, 1) for layer in layers], "y", _tight(panel))
    return found


def side_of(layer: object, panel: Panel) -> str:
    """The y axis that a layer is drawn on: the right one only where the panel has one."""
    return "right" if panel.right is not None and getattr(layer, "side", "left") == "right" else "left"


def with_words(panel: Panel, found: dict[str, Range], room: tuple[float, ...]) -> dict[str, Range]:
    """The ranges of a drawing, wide enough for the words in it; `room` is its width and height in pixels."""
    texts = [layer for layer in panel.layers if isinstance(layer, Text) and not layer.fraction]
    x, y = found["x"], found["left"]
    low, high = x.low, x.high
    for _ in range(3):  # more range makes a pixel worth more
        unit = max((high - low) / room[0], (y.high - y.low) / room[1])
        for layer in texts:
            width = len(layer.text) * layer.size_pt * 1.05 * unit
            start = layer.x - {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align] * width
            low, high = min(low, start), max(high, start + width)
    return found | {"x": Range(low=low, high=high, log=x.log, power=x.power)}


def _tight(panel: Panel) -> bool:
    """Pictures fill their panel."""
    return any(isinstance(layer, Image) for layer in panel.layers)


def extent(layer: Layer, axis: int) -> tuple[Array, bool]:
    """The values of a layer along an axis, and whether they stand on zero."""
    none = np.empty(0)
    match layer:
        case Image():
            return np.array(layer.extent[2 * axis : 2 * axis + 2]), False
        case Arrow():
            return np.array([[layer.x0, layer.x1], [layer.y0, layer.y1]][axis]), False
        case Span():
            return (np.array([layer.start, layer.stop]) if layer.axis == "xy"[axis] else none), False
    outline = ink.outline(layer)
    if outline is None:
        return none, False
    standing = isinstance(layer, Bars) and layer.horizontal == (axis == 0)
    return outline[axis], standing


def _range(axis: Axis, extents: list[tuple[Array, bool]], name: str, tight: bool) -> Range:
    values = np.concatenate([np.empty(0), *(extent for extent, _ in extents)])
    standing = any(stands for _, stands in extents)
    values = values[np.isfinite(values) & ((values > 0) | (not axis.log))]
    low, high = (float(values.min()), float(values.max())) if values.size else (1.0, 10.0) if axis.log else (0.0, 1.0)
    low, high = _widened(low, high, 0.0 if tight else _MARGINS[name], axis.log)
    if standing and values.size:
        low = 10 ** math.floor(math.log10(values.min() / 1.6)) if axis.log else 0.0 if values.min() >= 0 else low
    low = low if axis.low is None else axis.low
    high = high if axis.high is None else axis.high
    if not low < high:
        low, high = (low / 2, low * 2) if axis.log else (low - 0.5, low + 0.5)
    return Range(low=low, high=high, log=axis.log, power=0 if tight else _power(low, high, axis))


def log_digits(low: float, high: float) -> str:
    """First digits of the numbers that stand along a log axis of few decades: as few as give three numbers at least."""
    first = math.floor(math.log10(low))
    for digits in ("125", "12346", "123456789"):
        marks = [int(digit) * 10.0**power for power in range(first, first + 4) for digit in digits]
        if sum(low <= mark <= high for mark in marks) >= 3:
            return digits
    return "123456789"


def _widened(low: float, high: float, margin: float, log: bool) -> tuple[float, float]:
    if low == high:
        return (low / 2, high * 2) if log else (low - abs(low) * 0.05 - 0.05, high + abs(high) * 0.05 + 0.05)
    if log:
        factor = (high / low) ** margin
        return low / factor, high * factor
    return low - margin * (high - low), high + margin * (high - low)


def _power(low: float, high: float, axis: Axis) -> int:
    """A power of ten to take out of the numbers: none between 0.001 and 100,000."""
    largest = max(abs(low), abs(high))
    if axis.log or axis.no_numbers or axis.hidden or 1e-3 <= largest < 1e5 or largest == 0:
        return 0
    return math.floor(math.log10(largest))
