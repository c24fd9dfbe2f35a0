"""Figure and table of a series of states: difference patterns with their noise, what appears and what vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Axis, Figure, Layer, Line, Panel, Text
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.diffraction._figures import tick_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.diffraction._result import DiffractionResult


def differences(results: Sequence[DiffractionResult]) -> Figure:
    """Each state minus the first on a common scale, stacked; the band is two standard uncertainties of the counting."""
    shown = [result for result in results if result.difference is not None]
    layers: list[Layer] = []
    curves = [result.difference[0] for result in shown if result.difference is not None]
    step = 1.1 * max((float(np.ptp(curve)) for curve in curves), default=1.0)
    high = max((index * step + float(curve.max()) for index, curve in enumerate(curves)), default=1.0) + 0.2 * step
    for index, result in enumerate(shown):
        if result.difference is None:
            continue
        value, std = result.difference
        x, base = result.two_theta, index * step
        layers.append(Area(x=x, y=base + 2 * std, y_low=base - 2 * std, colour=-1))
        layers.append(Line(x=x, y=base + value, colour=index + 1, width_pt=0.5))
        words = f"{formula(result.state)} − {formula(results[0].state)}"
        place = float(x[0] + 0.985 * (x[-1] - x[0]))
        layers.append(Text(x=place, y=base + 0.12 * step, text=words, align="right", colour=index + 1))
    layers += tick_rows(results, len(results))
    panel = Panel(
        x=Axis(label="2θ", unit="degree"), y=Axis(label="Difference", unit="counts", high=high), layers=tuple(layers)
    )
    return Figure(panels=(panel,), panel_height_mm=80.0, simulated=any(result.simulated for result in results))


def states(results: Sequence[DiffractionResult]) -> Table:
    """Amount of each phase in each state, per cent of its largest, and what it does."""
    names = list(dict.fromkeys(str(row["phase"]) for result in results for row in result.rows if "change" in row))
    columns = [Column(key="state", label="State")]
    for name in names:
        columns.append(Column(key=f"{name}.amount", label=formula(name), unit="%"))
        columns.append(Column(key=f"{name}.change", label="Change"))
    rows = []
    for result in results:
        does = {str(row["phase"]): str(row["change"]) for row in result.rows if "change" in row}
        cells = [Entry(text=result.state or result.label)]
        for name in names:
            cells += [entry(result, f"{name}.amount"), Entry(text=does.get(name, "-"))]
        rows.append(tuple(cells))
    return Table(columns=tuple(columns), rows=tuple(rows), simulated=any(result.simulated for result in results))
