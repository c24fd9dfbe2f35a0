"""Figures of prediction: capacities and mean voltages over the current, measured and predicted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import MARKERS, Area, Axis, Figure, Layer, Line, Panel, Points
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.twin.techniques.prediction.rows import refuse_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.result import Row
    from halfcell.twin.techniques.prediction.result import PredictionResult

    Floats = NDArray[np.float64]

_APART = 1.2  # ratio of neighbouring currents whose labels do not touch
_MOST_TICKS = 8  # labels that fit below a panel


def beside(results: Sequence[PredictionResult]) -> Figure:
    """Capacity and mean voltage over the current: points are measured, lines predicted, areas their 5 to 95 %."""
    refuse_empty(results)
    panels = tuple(
        Panel(
            x=Axis(label="Current density", unit="mA g^{-1}", log=True, ticks=_ticks(results)),
            y=axis,
            layers=tuple(
                layer for index, one in enumerate(results) for layer in _layers(one, index, names, len(results))
            ),
            title=results[0].label if len(results) == 1 else "",
        )
        for names, axis in (
            (("capacity", "predicted_capacity"), Axis(label="Discharge capacity", unit="mAh g^{-1}", low=0.0)),
            (("mean_voltage", "predicted_voltage"), Axis(label="Mean voltage", unit="V")),
        )
    )
    cards = ", ".join(dict.fromkeys(one.card for one in results if one.card))
    caption = "Discharges, measured (points) and predicted (lines)" + (f" from {cards}." if cards else ".")
    return Figure(
        panels=panels, columns=2, width_mm=180, caption=caption, simulated=simulated(results), notes=doubts(results)
    )


def _ticks(results: Sequence[PredictionResult]) -> tuple[tuple[float, str], ...]:
    """The measured currents as the numbers of the axis, where they are few and not too near each other."""
    currents = sorted({float(f"{row['current_density']:.3g}") for one in results for row in one.rows})
    apart = all(high > _APART * low for low, high in pairwise(currents))
    return tuple((one, f"{one:g}") for one in currents) if apart and len(currents) <= _MOST_TICKS else ()


def _layers(result: PredictionResult, index: int, names: tuple[str, str], count: int) -> list[Layer]:
    """Band, line and points of one cell."""
    rows = sorted(result.rows, key=lambda row: float(row["current_density"] or 0.0))
    x, measured, predicted, low, high = (
        _column(rows, key) for key in ("current_density", *names, f"{names[1]}_low", f"{names[1]}_high")
    )
    name = f"{result.label}, " if result.label else ""
    labels = ("measured", "predicted") if count == 1 else (result.label, "")
    made: list[Layer] = []
    if np.isfinite(low).all() and len(x) > 1:
        made.append(Area(x=x, y=high, y_low=low, colour=index, name=f"{name}5 to 95 %"))
    made.append(Line(x=x, y=predicted, label=labels[1], colour=index, dash="dash", name=f"{name}predicted"))
    marker = MARKERS[index % len(MARKERS)]
    made.append(Points(x=x, y=measured, label=labels[0], colour=index, marker=marker, name=f"{name}measured"))
    return made


def _column(rows: Sequence[Row], key: str) -> Floats:
    return np.array([np.nan if row[key] is None else float(row[key] or 0.0) for row in rows])


FIGURES = {"measured and predicted": beside}
