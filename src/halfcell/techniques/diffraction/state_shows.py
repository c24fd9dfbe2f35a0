"""Figure and table of a series of states: difference patterns with their noise, what appears and what vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.figure import Axis, Figure, Panel
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import (
    Difference,
    change_table,
    difference_axis,
    difference_layers,
    words,
)
from halfcell.techniques.diffraction.figures import tick_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.table import Table
    from halfcell.techniques.diffraction.result import DiffractionResult


def differences(results: Sequence[DiffractionResult]) -> Figure:
    """Each state minus the first on a common scale, stacked; the band is two standard uncertainties of the counting."""
    shown = [
        Difference(x=r.two_theta, value=r.difference[0], std=r.difference[1], words=words(r.state, results[0].state))
        for r in results
        if r.difference is not None
    ]
    layers, high = difference_layers(shown)
    layers += tick_rows(results, len(results))
    panel = Panel(x=Axis(label="2θ", unit="degree"), y=difference_axis("counts", high), layers=tuple(layers))
    return Figure(panels=(panel,), panel_height_mm=80.0, simulated=simulated(results))


def states(results: Sequence[DiffractionResult]) -> Table:
    """Amount of each phase in each state, per cent of its largest, and what it does."""
    return change_table(results, "phase")
