"""Figure of steps of the potential: diffusion coefficients over the held voltage, with the plain formulas beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import MARKERS, Axis, Figure, Panel, Points
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.axes import caption_of, volts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult

_PLAIN = {"cottrell_coefficient": "beginning alone", "late_coefficient": "end alone"}
_RING, _DOT = 4.2, 2.2  # pt, symbols of the plain formulas and of the analysis


def potential_steps_over_voltage(results: Sequence[CyclingResult]) -> Figure:
    """The diffusion coefficient over the held voltage; of a single result also what the plain formulas would give.

    Raises
    ------
    Refused
        If no step of the potential gives a diffusion coefficient.
    """
    layers = [layer for index, result in enumerate(results) for layer in _points(result, index, len(results) == 1)]
    if not layers:
        hint = "a titration with held voltages, and the setting diffusion_length_um, are needed"
        raise Refused("no step of the potential gives a diffusion coefficient", results[0].label, hint)
    values = np.concatenate([layer.y for layer in layers])
    low, high = float(np.floor(np.log10(values.min()))), float(np.ceil(np.log10(1.01 * values.max())))
    x = Axis(label="Held voltage", unit=volts(results))
    y = Axis(label="Diffusion coefficient", unit="cm^{2} s^{−1}", log=True, low=10**low, high=10**high)
    caption = caption_of(results, "Diffusion coefficients from steps of the potential over the held voltage")
    panel = Panel(x=x, y=y, layers=tuple(layers), legend="best")
    return Figure(panels=(panel,), caption=caption, width_mm=90, simulated=simulated(results))


def _points(result: CyclingResult, index: int, alone: bool) -> list[Points]:
    """The steps of one result that give a coefficient; hollow ones are those of the plain formulas."""
    rows = [row for row in result.potential_steps if isinstance(row["step_diffusion_coefficient"], float)]
    named = {"step_diffusion_coefficient": result.label} | (_PLAIN if alone else {})
    made = []
    for place, (name, label) in enumerate(named.items()):
        pairs = [(row["to_voltage"], row[name]) for row in rows if isinstance(row[name], float)]
        if pairs:
            x, y = np.array(pairs, float).T
            marker = MARKERS[(index + place) % len(MARKERS)]
            colour = index + place
            size = _RING if place else _DOT
            made.append(Points(x=x, y=y, label=label, colour=colour, marker=marker, hollow=place > 0, size_pt=size))
    return made[::-1]  # the dots over the rings, which may stand at the same place
