"""Draw one panel on paper: its axes, its layers in order, a right axis, an inset, the legend."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.figure import Points
from halfcell.render import style
from halfcell.render.insets import insets
from halfcell.render.paper import phase_ticks, text, theme
from halfcell.render.paper.annotations import name_ranges
from halfcell.render.paper.axes import adjust_to_layout, set_aspect, set_ranges_and_ticks, set_scales, set_titles
from halfcell.render.paper.colour_bar import draw_colour_bar, draw_gaps
from halfcell.render.paper.layers import draw_layer
from halfcell.render.paper.legend import add_legend
from halfcell.render.paper.placed_panel import PlacedPanel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from halfcell.core.figure import Box, Panel


def draw_panel(panel: Panel, axes: Axes, bottom: bool = True) -> PlacedPanel:
    """Draw a panel on matplotlib axes; only a `bottom` panel has numbers and a title along x."""
    placed = PlacedPanel(panel=panel, axes=axes, right=axes.twinx() if panel.right else None)
    if placed.right is not None:
        placed.right.yaxis.label.set_color(style.right_colour(panel))
    _draw_layers(placed)
    set_ranges_and_ticks(placed)
    phase_ticks.draw_strip(panel, axes)
    set_titles(placed, bottom)
    if panel.colour_bar:
        draw_colour_bar(panel.colour_bar, axes)
    draw_gaps(panel, axes)
    axes.set_title(text.from_prose(panel.title))
    return dataclasses.replace(placed, insets=tuple(_draw_inset(placed, *inset) for inset in insets(panel)))


def _draw_layers(placed: PlacedPanel) -> None:
    if any(isinstance(layer, Points) for layer in placed.panel.layers):
        placed.axes.set_xmargin(0.04)
    set_scales(placed)
    for layer in placed.panel.layers:
        draw_layer(layer, placed.axes_of(layer))
    set_aspect(placed)


def _draw_inset(placed: PlacedPanel, panel: Panel, box: Box) -> PlacedPanel:
    """Draw a small panel inside with smaller text."""
    small = placed.axes.inset_axes(box)
    small.tick_params(labelsize=theme.points(style.SMALL_PT - 0.5), pad=1.5, length=2.0)
    small.tick_params(which="minor", length=1.2)
    inset = draw_panel(panel, small)
    for axis in inset.all_axes:
        axis.drawn.label.set_fontsize(theme.points(style.SMALL_PT - 0.5))
        axis.drawn.labelpad = 1.0
    return inset


def finish_panel(placed: PlacedPanel) -> None:
    """Add what depends on the first layout: sizes of titles, the names of ranges, the legend."""
    adjust_to_layout(placed)
    name_ranges(placed)
    add_legend(placed)
