"""Make what the traces of a panel share on the screen: axes, entry in the legend, numbers for JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.render.ranges import is_right_sided
from halfcell.render.screen import text

if TYPE_CHECKING:
    from halfcell.core.figure import Area, Array, Bars, Line, Points, Shape, Ticks
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
        "showlegend": bool(layer.label) and placed.panel.legend != "none",
        "legend": placed.legend,
        "hoverlabel": {"namelength": -1},
    }


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
