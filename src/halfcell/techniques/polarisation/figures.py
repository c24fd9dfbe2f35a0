"""Figures of polarisation: current over time with the steady window, the log-log test, biases, the cell to scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Points, Span, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.arrhenius_figure import arrhenius
from halfcell.techniques.common.figure_notes import one_panel
from halfcell.techniques.common.pellet_conductivity import ELECTRODES, SIGN, SUBSCRIPT, current_unit, power_of_ten
from halfcell.techniques.common.pellet_drawing import drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.polarisation.result import PolarisationResult, Reals
    from halfcell.techniques.technique import MakeFigure

_MOST = 600  # points of a line
_STEEP = 10  # times the steady current: on a linear axis the end would be lost


@dataclass(frozen=True, kw_only=True)
class TimeUnit:
    """A unit of time, and from which duration (s) on it is used."""

    second: float
    sign: str
    least: float


_TIMES = (
    TimeUnit(second=3600.0, sign="h", least=7200.0),
    TimeUnit(second=60.0, sign="min", least=600.0),
    TimeUnit(second=1.0, sign="s", least=0.0),
)


def current_time(results: Sequence[PolarisationResult]) -> Figure:
    """Current over time since the step; of a single record with the window of the mean and the conductivity."""
    ampere = current_unit(max(float(np.max(np.abs(r.current))) for r in results))
    longest = max(float(r.time[-1]) for r in results)
    unit = next(unit for unit in _TIMES if longest >= unit.least)
    layers: list[Layer] = []
    for i, r in enumerate(results):
        x, y = _thinned(r.time / unit.second, r.current / ampere.ampere)
        layers.append(Line(x=x, y=y, label=formula(r.label), colour=i))
        ends = np.array([r.window[0], r.window[1]]) / unit.second
        mean, words = np.full(2, r.steady_ampere / ampere.ampere), f"{formula(r.label)}, mean of the window"
        layers.append(Line(x=ends, y=mean, colour=-2, width_pt=1.4, name=words.removeprefix(", ")))
    if len(results) == 1:
        start, stop = results[0].window
        layers += [Span(start=start / unit.second, stop=stop / unit.second)]
        layers += [Text(x=0.5, y=0.82, text=_sentence(results[0]), fraction=True, align="center")]
        layers += [Text(x=0.5, y=0.91, text=f"{1000 * results[0].bias_volt:g} mV", fraction=True, align="center")]
    panel = Panel(
        x=Axis(label="Time", unit=unit.sign, low=0.0),
        y=Axis(label="Current", unit=ampere.sign, low=0.0),
        layers=tuple(layers),
        legend="best" if len(results) > 1 else "none",
    )
    return one_panel(results, panel)


def _thinned(x: Reals, y: Reals) -> tuple[Reals, Reals]:
    """Points spaced evenly in the logarithm of their number, so that the fast beginning is kept."""
    if len(x) <= _MOST:
        return x, y
    kept = np.unique(np.geomspace(1, len(x), _MOST).astype(int) - 1)
    return x[kept], y[kept]


def _sentence(r: PolarisationResult) -> str:
    if "conductivity" not in r.quantities:
        return ""
    quantity = r["conductivity"]
    number = quantity.number if r.bound == "value" else f"{quantity.value:.2g}"
    return f"σ{SUBSCRIPT[r.conduction]} {SIGN[r.bound]} {power_of_ten(number)} S cm^{{−1}}"


def log_log(results: Sequence[PolarisationResult]) -> Figure:
    """Current, in units of the steady one, over the logarithm of time: what only looks flat shows its slope here."""
    layers: list[Layer] = []
    for i, r in enumerate(results):
        x, y = _thinned(r.time, np.abs(r.current / r.steady_ampere))
        layers.append(Line(x=x, y=y, label=formula(r.label), colour=i))
        layers.append(Span(start=float(r.time[-1]) / 2, stop=float(r.time[-1]), opacity=0.08))
        if len(results) == 1:
            text = f"d ln I/d ln t = {r['steady_slope'].number}"
            layers.append(Text(x=0.95, y=0.9, text=text, fraction=True, align="right"))
    steep = any(float(np.max(np.abs(r.current / r.steady_ampere))) > _STEEP for r in results)
    panel = Panel(
        x=Axis(label="Time", unit="s", log=True),
        y=Axis(label="Current / steady current", log=steep, low=None if steep else 0.0),
        layers=tuple(layers),
        legend="best" if len(results) > 1 else "none",
    )
    return one_panel(results, panel)


def biases(results: Sequence[PolarisationResult]) -> Figure:
    """Steady current over bias."""
    x = np.array([1000 * r.bias_volt for r in results])
    y = np.array([r["steady_current"].value for r in results])
    errors = np.array([r["steady_current"].std or 0.0 for r in results])
    layers: list[Layer] = [Points(x=x, y=y, y_error=errors, hollow=True, name="measured")]
    if len(results) > 1:
        slope, zero = np.polyfit(x, y, 1)
        ends = np.array([min(0.0, float(x.min())), float(x.max()) * 1.05])
        layers.append(Line(x=ends, y=zero + slope * ends, colour=-2, width_pt=0.8, name="fit"))
    panel = Panel(x=Axis(label="Bias", unit="mV"), y=Axis(label="Steady current", unit="mA"), layers=tuple(layers))
    return one_panel(results, panel)


def schematic(results: Sequence[PolarisationResult]) -> Figure:
    """The cell drawn to scale from thickness, diameter and pressure of the first result."""
    r = results[0]
    return drawing(r.pellet, ELECTRODES.get(r.conduction), r.label if len(results) == 1 else "pellet")


FIGURES: dict[str, MakeFigure] = {
    "current-time": current_time,
    "log-log": log_log,
    "biases": biases,
    "schematic": schematic,
    "arrhenius": arrhenius,
}
