"""What a card predicts, drawn into the figures of cycling: dotted lines over what was measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Colour, Figure, Panel
    from halfcell.twin.techniques.prediction.result import PredictedCurve, PredictionResult

Overlay = Callable[["Figure", "Sequence[PredictionResult]"], "Figure"]
_HALF = 0.4  # of a cycle, by which a level goes beyond its first and last one


def with_predictions(figure: Figure, show: str, results: Sequence[PredictionResult]) -> Figure:
    """The figure of cycling with what the cards predict.

    Raises
    ------
    InputError
        If there is no prediction of this show.
    """
    if show not in OVERLAYS:
        raise InputError(f"there is no prediction of {show!r}", hint=f"there is one of {', '.join(OVERLAYS)}")
    drawn = OVERLAYS[show](figure, results) if results else figure
    cards = ", ".join(dict.fromkeys(one.card for one in results if one.card))
    more = f" Dotted: discharges predicted from {cards}." if cards else ""
    return replace(drawn, caption=f"{drawn.caption}{more}" if drawn.caption else more.strip())


def _levels(figure: Figure, results: Sequence[PredictionResult]) -> Figure:
    """Over the cycle number: the predicted capacity of each stretch."""
    layers: list[Line] = []
    for index, one in enumerate(results):
        x, y = [], []
        for row in one.rows:
            x += [float(row["first_cycle"] or 0) - _HALF, float(row["cycle"] or 0) + _HALF, np.nan]
            y += [float(row["predicted_capacity"] or 0.0)] * 2 + [np.nan]
        layers.append(_line(one, "", index if len(results) > 1 else -2, np.array(x), np.array(y), first=index == 0))
    return _added(figure, {0: layers})


def _profiles(figure: Figure, results: Sequence[PredictionResult]) -> Figure:
    """Over the capacity: the discharge of each chosen cycle, in the colour of what was measured."""
    layers: list[Line] = []
    for index, one in enumerate(results):
        numbers = sorted({number for curve in one.curves for number in curve.chosen})
        for place, number in enumerate(numbers):
            curve = next(curve for curve in one.curves if number in curve.chosen)
            colour = place if len(results) == 1 else index
            layers.append(_discharge(one, curve, f"cycle {number}", colour, first=not layers))
    return _added(figure, {0: layers})


def _by_rate(figure: Figure, results: Sequence[PredictionResult]) -> Figure:
    """In each sample's panel: the discharge at each rate, slowest first."""
    added: dict[int, list[Line]] = {}
    for one in results:
        panel = next((n for n, panel in enumerate(figure.panels) if panel.title == one.label), None)
        if panel is None:
            continue
        curves = sorted(one.curves, key=partial(_current, one))
        for place, curve in enumerate(curves):
            rate = f"{_current(one, curve):.3g} mA/g"
            added.setdefault(panel, []).append(_discharge(one, curve, rate, place, first=place == 0))
    return _added(figure, added)


def _current(result: PredictionResult, curve: PredictedCurve) -> float:
    """The current density of a curve, mA/g."""
    return next(float(row["current_density"] or 0.0) for row in result.rows if row["cycle"] in curve.shown)


def _discharge(result: PredictionResult, curve: PredictedCurve, which: str, colour: int, *, first: bool) -> Line:
    return _line(result, which, colour, curve.capacity, curve.voltage, first=first)


def _line(result: PredictionResult, which: str, colour: Colour, x: np.ndarray, y: np.ndarray, *, first: bool) -> Line:
    name = ", ".join(part for part in (result.label, "predicted", which) if part)
    return Line(x=x, y=y, label="predicted" if first else "", colour=colour, dash="dot", name=name)


def _added(figure: Figure, layers: Mapping[int, Sequence[Line]]) -> Figure:
    panels: list[Panel] = list(figure.panels)
    for number, more in layers.items():
        panel = panels[number]
        legend = "best" if panel.legend == "none" else panel.legend
        panels[number] = replace(panel, layers=(*panel.layers, *more), legend=legend)
    return replace(figure, panels=tuple(panels))


OVERLAYS: Mapping[str, Overlay] = {
    "voltage profile": _profiles,
    "rate capability": _levels,
    "profile by rate": _by_rate,
}
