"""Figures of impedance: Bode, residuals, arcs over a series; with the Nyquist plots the list of all shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Axis, Figure, Line, Panel, Points, Span
from halfcell.techniques._shown import doubts, simulated
from halfcell.techniques.impedance.nyquist import MARKERS, nyquist, nyquist_data
from halfcell.techniques.impedance.relaxation import relaxation_figure
from halfcell.techniques.impedance.states import in_order, state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from halfcell.techniques.impedance.records import ImpedanceResult


def bode(results: Sequence[ImpedanceResult]) -> Figure:
    """Modulus and phase over frequency, points and fits."""
    results = in_order(results)
    modulus: list[Any] = []
    phase: list[Any] = []
    for i, r in enumerate(results):
        fine = np.geomspace(r.frequency.max(), r.frequency.min(), len(r.curve))
        f, z = r.frequency[r.used], r.impedance[r.used]
        modulus.append(_marks(i, f, np.abs(z), r.label or "measured"))
        modulus += [Line(x=fine, y=np.abs(r.curve), colour=i, width_pt=0.8)]
        phase.append(_marks(i, f, -np.angle(z, deg=True), ""))
        phase += [Line(x=fine, y=-np.angle(r.curve, deg=True), colour=i, width_pt=0.8)]
    x = Axis(label="Frequency", unit="Hz", log=True)
    panels = (
        Panel(x=x, y=Axis(label="|Z|", unit="Ω", log=True), layers=tuple(modulus)),
        Panel(x=x, y=Axis(label="−Phase", unit="°"), layers=tuple(phase), legend="none"),
    )
    return Figure(panels=panels, columns=2, width_mm=180, panel_height_mm=55.0, simulated=simulated(results))


def _marks(number: int, x: Any, y: Any, label: str) -> Points:
    marker = MARKERS[number % len(MARKERS)]
    return Points(x=x, y=y, label=label, colour=number, marker=marker, hollow=True, size_pt=2.6)


def residuals(results: Sequence[ImpedanceResult]) -> Figure:
    """What the Kramers-Kronig model and the circuit leave, relative to the modulus, a row of panels a result."""
    results = in_order(results)
    panels = []
    for r in results:
        for title, left in (("Kramers–Kronig", r.kk_residual), ("circuit", r.residual)):
            layers = (
                Span(start=0.0, stop=0.0, axis="y"),
                Points(
                    x=r.frequency[r.used], y=100 * left.real[r.used], label="Z′", colour=0, joined=True, size_pt=2.4
                ),
                Points(
                    x=r.frequency[r.used],
                    y=100 * left.imag[r.used],
                    label="Z″",
                    colour=1,
                    marker="square",
                    joined=True,
                    size_pt=2.4,
                ),
            )
            name = f"{r.label}, {title}" if r.label else title
            x, y = Axis(label="Frequency", unit="Hz", log=True), Axis(label="Residual", unit="% of |Z|")
            panels.append(Panel(x=x, y=y, layers=layers, title=name))
    return Figure(panels=tuple(panels), columns=2, width_mm=180, panel_height_mm=45.0, simulated=simulated(results))


def evolution(results: Sequence[ImpedanceResult]) -> Figure:
    """Arc resistances over the states of a series with their 95 % intervals; open where they are not to be quoted."""
    states = [state(r.meta) for r in results]
    numbered = all(s is not None for s in states)
    x = np.array([s if numbered and s is not None else float(i) for i, s in enumerate(states)])
    order = np.argsort(x, kind="stable")
    names = list(dict.fromkeys(str(row["arc"]) for r in results for row in r.arcs))
    layers: list[Any] = []
    for i, name in enumerate(names):
        layers += _track([results[k] for k in order], x[order], name, i)
    reach = 1.06 * float(x.max()) if numbered else None
    axis = Axis(label="Cycle number" if numbered else "State", low=0.0 if numbered else None, high=reach)
    panel = Panel(x=axis, y=Axis(label="Resistance", unit="Ω", low=0.0), layers=tuple(layers))
    text = "Bars: 95 % intervals. Open symbols: the arc's resistance is not known well enough to be quoted."
    notes = (text, *doubts(results))
    return Figure(panels=(panel,), panel_height_mm=55.0, simulated=simulated(results), notes=notes)


def _track(results: Sequence[ImpedanceResult], x: Any, name: str, colour: int) -> list[Any]:
    rows = [next((row for row in r.arcs if row["arc"] == name), None) for r in results]
    there = np.array([row is not None for row in rows])
    found = [row for row in rows if row is not None]
    y = np.array([float(row["resistance_ohm"] or 0.0) for row in found])
    quoted = np.array([bool(row["quoted"]) for row in found])
    marker = MARKERS[colour % len(MARKERS)]
    label = f"R_{{{name}}}"
    layers: list[Any] = [Line(x=x[there], y=y, colour=colour, width_pt=0.7)]
    for place, row in zip(x[there], found, strict=True):
        ends = np.array([float(row["low_ohm"] or np.nan), float(row["high_ohm"] or np.nan)])
        layers.append(Line(x=np.array([place, place]), y=ends, colour=colour, width_pt=1.0))
    for mask, hollow in ((quoted, False), (~quoted, True)):
        if mask.any():
            named = label if not hollow or not quoted.any() else ""
            layers.append(
                Points(
                    x=x[there][mask], y=y[mask], label=named, colour=colour, marker=marker, hollow=hollow, size_pt=4.0
                )
            )
    return layers


FIGURES: Mapping[str, Callable[[Sequence[Any]], Figure]] = {
    "nyquist": nyquist,
    "nyquist data": nyquist_data,
    "evolution": evolution,
    "bode": bode,
    "residuals": residuals,
    "relaxation times": relaxation_figure,
}
