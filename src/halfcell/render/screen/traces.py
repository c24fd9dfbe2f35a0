"""Make what the traces of a panel share on the screen: axes, entry in the legend, numbers for JSON."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core import markup
from halfcell.render.ranges import is_right_sided
from halfcell.render.screen import text
from halfcell.render.screen.legend import legend_of

if TYPE_CHECKING:
    from halfcell.core.figure import Area, Array, Axis, Bars, Line, Points, Shape, Ticks
    from halfcell.core.json_values import JsonObject
    from halfcell.render.screen.placed_panel import PlacedPanel

    Data = Line | Points | Bars | Area | Shape | Ticks


def trace(layer: Data, placed: PlacedPanel) -> JsonObject:
    """Return a trace with its axes and its entry in the legend, without data."""
    right = placed.panel.right is not None and is_right_sided(layer)
    found: JsonObject = {"type": "scatter", "xaxis": placed.x, "yaxis": placed.right if right else placed.y}
    if layer.label:
        found |= {"name": text.from_prose(layer.label), "legendgroup": f"{placed.number} {layer.label}"}
    return found | {
        "hovertemplate": _hover(layer, placed, right=right),
        "showlegend": bool(layer.label) and placed.panel.legend != "none",
        "legend": legend_of(placed, layer.label),
        "hoverlabel": {"namelength": -1},
    }


def _hover(layer: Data, placed: PlacedPanel, *, right: bool) -> str:
    """Return what the pointer shows: both values with their names and units, and the name of the series."""
    panel = placed.panel
    y = panel.right if right and panel.right else panel.y
    y_span = placed.ranges.right if right and placed.ranges.right else placed.ranges.left
    lines = [
        _value(panel.x, "x", placed.ranges.x.power, broken=panel.x_gap is not None),
        _value(y, "y", y_span.power, broken=panel.y_gap is not None),
    ]
    name = text.from_prose(layer.label or getattr(layer, "name", ""))
    return "<br>".join(line for line in lines if line) + f"<extra>{name}</extra>"


def hover_of_raised(layer: Line, placed: PlacedPanel) -> str:
    """Return what the pointer shows of a line of a stack: its data (`customdata`), not the height where it is drawn."""
    panel = placed.panel
    x = _value(panel.x, "x", placed.ranges.x.power, broken=panel.x_gap is not None)
    y = _value(replace(panel.y, no_numbers=False), "customdata:.5g", placed.ranges.y_of(layer).power, broken=False)
    name = text.from_prose(layer.label or layer.name)
    return "<br>".join(line for line in (x, y) if line) + f"<extra>{name}</extra>"


def hover_of_tick(layer: Ticks, placed: PlacedPanel) -> str:
    """Return what the pointer shows of a tick of a phase: its place with its unit, and the phase."""
    place = _value(placed.panel.x, "x", placed.ranges.x.power, broken=placed.panel.x_gap is not None)
    return f"{place}<extra>{text.from_prose(layer.label)}</extra>"


def _value(axis: Axis, name: str, power: int, *, broken: bool) -> str:
    """Return one line of the hover text; none where the numbers along the axis are not those of the data."""
    if axis.no_numbers or axis.hidden or broken:
        return ""
    unit = " ".join(
        [f"×10<sup>{power}</sup>"] * bool(power)
        + [text.from_markup(markup.unit(axis.unit).replace("^{-", "^{−"))] * bool(axis.unit)
    )
    label = f"{text.from_prose(axis.label)}: " if axis.label else ""
    return f"{label}%{{{name}}} {unit}".rstrip()


def numbers(values: Array, power: int = 0) -> list[float | None]:
    """Return floats for JSON in units of ``10**power``, to a hundred-thousandth of their range; gaps are null."""
    shown = np.asarray(values, float) / 10.0**power
    finite = shown[np.isfinite(shown)]
    if not finite.size:
        return [None] * len(shown)
    wide = float(np.ptp(finite)) or float(abs(finite[0])) or 1.0
    digits = 5 - math.floor(math.log10(wide))
    small = finite[finite > 0]
    if small.size and small.min() < wide * 1e-4:  # a series over decades keeps five digits of each value
        return [float(f"{value:.5g}") if np.isfinite(value) else None for value in shown.tolist()]
    return [round(value, digits) if np.isfinite(value) else None for value in shown.tolist()]
