"""Figures and table of polarisation: current over time with the steady window, log-log test, biases, the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Axis, Figure, Line, Panel, Points, Span, Text
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import one_panel, simulated
from halfcell.techniques.common.pellet import CONDITIONS, conditions
from halfcell.techniques.common.pellet_drawing import drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from halfcell.techniques.polarisation.records import PolarisationResult, Reals

_SCALES = ((1.0, "A"), (1e-3, "mA"), (1e-6, "µA"), (1e-9, "nA"))
_TIMES = ((7200.0, 3600.0, "h"), (600.0, 60.0, "min"), (0.0, 1.0, "s"))
_SIGN = {"value": "=", "lower": "≥", "upper": "≤", "open": "≈"}
_MOST = 600


def current_time(results: Sequence[PolarisationResult]) -> Figure:
    """Current over time since the step; the window of the mean is shaded, the conductivity of a single record named."""
    largest = max(float(np.max(np.abs(r.current))) for r in results)
    scale, unit = next(((s, u) for s, u in _SCALES if largest >= s), _SCALES[-1])
    longest = max(float(r.time[-1]) for r in results)
    _, second, word = next(t for t in _TIMES if longest >= t[0])
    layers: list[Any] = []
    for i, r in enumerate(results):
        x, y = _thinned(r.time / second, r.current / scale)
        layers.append(Line(x=x, y=y, label=formula(r.label), colour=i))
        ends = np.array([r.window[0], r.window[1]]) / second
        layers.append(Line(x=ends, y=np.full(2, r.steady_ampere / scale), colour=-2, width_pt=1.4))
    if len(results) == 1:
        layers += [Span(start=results[0].window[0] / second, stop=results[0].window[1] / second)]
        layers += [Text(x=0.5, y=0.82, text=_sentence(results[0]), fraction=True, align="center")]
        layers += [Text(x=0.5, y=0.91, text=f"{1000 * results[0].bias_volt:g} mV", fraction=True, align="center")]
    y_axis = Axis(label="Current", unit=unit, low=0.0)
    panel = Panel(
        x=Axis(label="Time", unit=word, low=0.0),
        y=y_axis,
        layers=tuple(layers),
        legend="best" if len(results) > 1 else "none",
    )
    return one_panel(results, panel)


def _thinned(x: Reals, y: Reals) -> tuple[Reals, Reals]:
    """Points evenly in the logarithm of their number, so that the fast beginning stays."""
    if len(x) <= _MOST:
        return x, y
    kept = np.unique(np.geomspace(1, len(x), _MOST).astype(int) - 1)
    return x[kept], y[kept]


def _sentence(r: PolarisationResult) -> str:
    if "conductivity" not in r.quantities:
        return ""
    quantity = r["conductivity"]
    number = quantity.number if r.bound == "value" else f"{quantity.value:.2g}"
    which = {"electronic": "_{e}", "ionic": "_{ion}"}.get(r.conduction, "")
    return f"σ{which} {_SIGN[r.bound]} {_power(number)} S cm^{{−1}}"


def _power(number: str) -> str:
    """``2.1e-05`` as ``2.1 × 10^{−5}``."""
    mantissa, e, exponent = number.partition("e")
    return f"{mantissa} × 10^{{{str(int(exponent)).replace('-', '−')}}}" if e else number


def log_log(results: Sequence[PolarisationResult]) -> Figure:
    """Current, in units of the steady one, over the logarithm of time: what only looks flat shows its slope here."""
    layers: list[Any] = []
    for i, r in enumerate(results):
        x, y = _thinned(r.time, np.abs(r.current / r.steady_ampere))
        layers.append(Line(x=x, y=y, label=formula(r.label), colour=i))
        layers.append(Span(start=float(r.time[-1]) / 2, stop=float(r.time[-1]), opacity=0.08))
        if len(results) == 1:
            text = f"d ln I/d ln t = {r['steady_slope'].number}"
            layers.append(Text(x=0.95, y=0.9, text=text, fraction=True, align="right"))
    steep = any(float(np.max(np.abs(r.current / r.steady_ampere))) > 10 for r in results)
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
    layers: list[Any] = [Points(x=x, y=y, y_error=errors, hollow=True)]
    if len(results) > 1:
        slope, zero = np.polyfit(x, y, 1)
        ends = np.array([min(0.0, float(x.min())), float(x.max()) * 1.05])
        layers.append(Line(x=ends, y=zero + slope * ends, colour=-2, width_pt=0.8))
    panel = Panel(x=Axis(label="Bias", unit="mV"), y=Axis(label="Steady current", unit="mA"), layers=tuple(layers))
    return one_panel(results, panel)


def schematic(results: Sequence[PolarisationResult]) -> Figure:
    """The cell drawn to scale from thickness, diameter and pressure of the first result."""
    r = results[0]
    electrodes = {"electronic": "ion-blocking", "ionic": "electron-blocking"}.get(r.conduction)
    return drawing(r.pellet, electrodes, r.label if len(results) == 1 else "pellet")  # type: ignore[arg-type]


def conductivities(results: Sequence[PolarisationResult]) -> Table:
    """A row a record: bias, steady current, resistance, conductivity or its bound, whether the current came to rest."""
    columns = (
        Column(key="label", label="Sample"),
        *CONDITIONS,
        Column(key="bias_mv", label="Bias", unit="mV"),
        Column(key="steady_current", label="Steady current", unit="mA"),
        Column(key="steady_slope", label="d ln I/d ln t"),
        Column(key="resistance", label="Resistance", unit="Ω"),
        Column(key="conductivity", label="Conductivity", unit="S cm^{−1}"),
        Column(key="kind", label="Kind"),
    )
    notes = {
        "lower": "≥: resistances in series are not known.",
        "upper": "≤: the current had not come to rest.",
        "open": "≈: the current had not come to rest, and resistances in series are not known.",
    }
    said = tuple(text for bound, text in notes.items() if any(r.bound == bound for r in results))
    rows = tuple(_row(r) for r in results)
    return Table(columns=columns, rows=rows, notes=said, simulated=simulated(results))


def _row(r: PolarisationResult) -> tuple[Entry | None, ...]:
    sigma = entry(r, "conductivity")
    if sigma.quantity is not None and r.bound != "value":
        text = f"{_SIGN[r.bound]} {_power(f'{sigma.quantity.value:.2g}')}"
        sigma = Entry(text=text, quantity=sigma.quantity, origin=sigma.origin, doubt=sigma.doubt)
    shown = [entry(r, name) for name in ("steady_current", "steady_slope", "resistance")]
    return (
        Entry(text=formula(r.label)),
        *conditions(r.pellet),
        Entry(text=f"{1000 * r.bias_volt:g}"),
        *shown,
        sigma,
        Entry(text=r.conduction),
    )


FIGURES: Mapping[str, Callable[[Sequence[Any]], Figure]] = {
    "current-time": current_time,
    "log-log": log_log,
    "biases": biases,
    "schematic": schematic,
}
TABLES: Mapping[str, Callable[[Sequence[Any]], Table]] = {"conductivity": conductivities}
