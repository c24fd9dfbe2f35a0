"""Choose the numbers along a log axis and the names below bars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Bars

if TYPE_CHECKING:
    from halfcell.core.figure import Panel


_SHORT = 20.0  # ratio of the ends of a log axis, below which also numbers between powers of ten are written
MOST_TICKS: Final = 100  # along an axis whose author chose their distance


def log_digits(low: float, high: float) -> str:
    """Return the first digits of the numbers along a log axis of few decades: as few as give at least three numbers."""
    first = math.floor(math.log10(low))
    for digits in ("125", "12346", "123456789"):
        marks = [int(digit) * 10.0**power for power in range(first, first + 4) for digit in digits]
        if sum(low <= mark <= high for mark in marks) >= 3:
            return digits
    return "123456789"


def has_few_decades(low: float, high: float) -> bool:
    """Whether the powers of ten alone would leave a log axis without numbers: the range is short, or holds only one."""
    return high / low < _SHORT or math.floor(math.log10(high)) - math.ceil(math.log10(low)) < 1


def is_written_in_full(low: float, high: float) -> bool:
    """Whether the numbers of a log axis are everyday ones, written in full and not as powers of ten."""
    return low >= 0.9e-2 and high <= 1.1e5


@dataclass(frozen=True, kw_only=True)
class BarNames:
    """The names that stand in place of numbers along bars, and where."""

    horizontal: bool
    names: tuple[str, ...]
    positions: tuple[float, ...]


def bar_names(panel: Panel) -> BarNames | None:
    """Return the names of a panel's bars, each at the middle of the bars that bear it; None without named bars."""
    bars = [layer for layer in panel.layers if isinstance(layer, Bars) and layer.names]
    if not bars:
        return None
    found: dict[str, list[float]] = {}
    for layer in bars:
        for x, name in zip(layer.x, layer.names, strict=False):
            found.setdefault(name, []).append(float(x))
    middles = tuple(sum(values) / len(values) for values in found.values())
    return BarNames(horizontal=bars[0].horizontal, names=tuple(found), positions=middles)
