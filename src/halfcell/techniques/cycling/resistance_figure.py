"""The internal resistance over the cycles, from the steps of the current."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import MARKERS, Axis, Figure, Panel, Points
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.axes import caption_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult

_HEADROOM = 1.3  # times the largest resistance: the legend is above it


def internal_resistance(results: Sequence[CyclingResult]) -> Figure:
    """Resistance at the beginning of discharge (filled) and charge (hollow), over the number of the cycle."""
    layers: list[Points] = []
    for index, result in enumerate(results):
        found = (_points(result, name, index, single=len(results) == 1) for name in ("charge", "discharge"))
        for points in (one for one in found if one is not None):
            named = points.label in {layer.label for layer in layers}  # a sample has one entry in the legend
            layers.append(replace(points, label="") if named else points)
    if not layers:
        hint = "records closer to the step, or a later time: pulse_after_s"
        raise Refused("no record tells the resistance at the beginning of a half cycle", results[0].label, hint)
    after = results[0].settings.get("pulse_after_s", 10.0)
    panel = Panel(
        x=Axis(label="Cycle number", low=0.0, whole=True),
        y=Axis(label="Resistance", unit="Ω", low=0.0, high=_HEADROOM * max(float(layer.y.max()) for layer in layers)),
        layers=tuple(layers),
        title=formula(results[0].label) if len(results) == 1 else "",
    )
    caption = caption_of(results, f"Resistance {after:g} s after the current was switched (filled: discharge)")
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results))


def _points(result: CyclingResult, name: str, index: int, *, single: bool) -> Points | None:
    """The resistances of the complete cycles at the beginning of one half cycle; None where none is known."""
    pairs = [(row["cycle"], row.get(f"{name}_resistance")) for row in result.rows if row["complete"]]
    known = np.array([pair for pair in pairs if isinstance(pair[1], float)], float).reshape(-1, 2)
    if not len(known):
        return None
    hollow = name == "charge"
    return Points(
        x=known[:, 0],
        y=known[:, 1],
        label=name if single else formula(result.label),
        name=f"{result.label}, {name}".lstrip(", "),
        colour=index,
        marker=MARKERS[index % len(MARKERS)],
        hollow=hollow,
        size_pt=3.8 if hollow else 2.2,  # a dot in its ring where both are equal
    )
