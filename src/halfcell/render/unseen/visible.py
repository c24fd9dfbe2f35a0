"""Reduce a drawable figure to what can be seen of it, so that two looks that give one picture give equal figures."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Area, Axis, Bars, Line, Points, Shape, Ticks
from halfcell.render.figure_size import row_ratios
from halfcell.render.phase_rows import names_stand_beside
from halfcell.render.ranges import ranges
from halfcell.render.tick_numbers import MOST_TICKS, bar_names

if TYPE_CHECKING:
    from halfcell.core.figure import Figure, Panel
    from halfcell.render.ranges import Range


def visible(figure: Figure) -> Figure:
    """Return a drawable figure without what the drawing does not show: the letter of a single panel, for example."""
    lettered = figure.letters and len(figure.panels) > 1
    ratios = row_ratios(figure)
    panels = tuple(_panel(panel, figure, index, ratios) for index, panel in enumerate(figure.panels))
    look = figure.look
    if look is not None and all(panel.x.hidden and panel.y.hidden for panel in panels):
        look = dataclasses.replace(look, frame_pt=None)
    style = (figure.letter_style or "a") if lettered else None
    return dataclasses.replace(figure, panels=panels, letters=lettered, letter_style=style, look=look)


def _panel(panel: Panel, figure: Figure, index: int, ratios: list[float]) -> Panel:
    names = _names_in_legend(panel)
    shown = names > 0 and panel.legend != "none"
    is_bottom = not figure.share_x or index + figure.columns >= len(figure.panels)
    found, bars = ranges(panel), bar_names(panel)
    x = _axis(panel.x, found.x, is_named=bars is not None and not bars.horizontal)
    return dataclasses.replace(
        panel,
        x=x if is_bottom else dataclasses.replace(x, label="", unit="", solidus=False),
        y=_axis(panel.y, found.left, is_named=bars is not None and bars.horizontal),
        right=_axis(panel.right, found.right) if panel.right and found.right else None,
        legend=panel.legend if shown else "none",
        legend_columns=min(panel.legend_columns or 0, names) or None if shown and names > 1 else None,
        height_ratio=ratios[index // figure.columns],
    )


def _names_in_legend(panel: Panel) -> int:
    """Return how many names the legend of a panel has."""
    beside = names_stand_beside(panel)
    kinds = (Line, Points, Bars, Area, Shape) if beside else (Line, Points, Bars, Area, Shape, Ticks)
    return len({layer.label for layer in panel.layers if isinstance(layer, kinds) and layer.label})


def _axis(axis: Axis, span: Range, *, is_named: bool = False) -> Axis:
    """Return an axis without the settings that have no effect on it."""
    if axis.hidden:
        return Axis(hidden=True, low=axis.low, high=axis.high, log=axis.log, reverse=axis.reverse)
    if is_named or not steps_fit(axis, span):
        axis = dataclasses.replace(axis, tick_step=None)
    if not axis.unit or axis.unit == "%":
        axis = dataclasses.replace(axis, solidus=False)
    return axis


def steps_fit(axis: Axis, span: Range) -> bool:
    """Whether the distance of the ticks that is asked for can be drawn."""
    if not axis.tick_step or axis.log or axis.ticks or axis.no_numbers:
        return False
    return axis.tick_step <= span.high - span.low <= MOST_TICKS * axis.tick_step


def same(one: Any, other: Any) -> bool:
    """Whether two figures, or parts of them, have equal content; arrays may hold nan."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
    if dataclasses.is_dataclass(one):
        return all(same(getattr(one, item.name), getattr(other, item.name)) for item in dataclasses.fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - two nan are the same
