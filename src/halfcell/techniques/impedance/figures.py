"""Figures of impedance: Nyquist plots, the circuit, arcs over a series, Bode plots, residuals, relaxation times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Points, Span
from halfcell.techniques.common.figure_notes import one_panel, simulated
from halfcell.techniques.impedance.arc_evolution import evolution
from halfcell.techniques.impedance.circuit_drawing import circuit
from halfcell.techniques.impedance.nyquist import MARKERS, is_crowded, nyquist, nyquist_data
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.elements import Reals
    from halfcell.techniques.impedance.result import ImpedanceResult


def bode(results: Sequence[ImpedanceResult]) -> Figure:
    """Modulus and phase over frequency: points and fits."""
    results = in_order(results)
    crowded = is_crowded(results)
    modulus: list[Layer] = []
    phase: list[Layer] = []
    for i, r in enumerate(results):
        fine = np.geomspace(r.frequency.max(), r.frequency.min(), len(r.curve))
        f, z = r.frequency[r.used], r.impedance[r.used]
        name = r.label or "measured"
        fitted = f"{r.label}, fit" if r.label else "fit"
        modulus.append(_marks(i, (f, np.abs(z)), "" if crowded else name, name))
        modulus += [Line(x=fine, y=np.abs(r.curve), colour=i, width_pt=0.8, name=fitted)]
        phase.append(_marks(i, (f, -np.angle(z, deg=True)), r.label if crowded else "", name))
        phase += [Line(x=fine, y=-np.angle(r.curve, deg=True), colour=i, width_pt=0.8, name=fitted)]
    x = Axis(label="Frequency", unit="Hz", log=True)
    panels = (
        Panel(x=x, y=Axis(label="|Z|", unit="Ω", log=True), layers=tuple(modulus)),
        Panel(x=x, y=Axis(label="−Phase", unit="°"), layers=tuple(phase), legend="outside" if crowded else "none"),
    )
    height = max(55.0, 3.5 * len(results) + 8.0) if crowded else 55.0
    return Figure(panels=panels, columns=2, width_mm=180, panel_height_mm=height, simulated=simulated(results))


def _marks(number: int, xy: tuple[Reals, Reals], label: str, name: str) -> Points:
    marker = MARKERS[number % len(MARKERS)]
    return Points(x=xy[0], y=xy[1], label=label, colour=number, marker=marker, hollow=True, size_pt=2.6, name=name)


def residuals(results: Sequence[ImpedanceResult]) -> Figure:
    """Residuals of the Kramers-Kronig model and of the circuit relative to |Z|; one row of panels per result."""
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


def relaxation_figure(results: Sequence[ImpedanceResult]) -> Figure:
    """Distribution of relaxation times; dashed lines are the time constants of the fitted arcs.

    Raises
    ------
    InputError
        If none was computed.
    """
    results = [r for r in in_order(results) if r.relaxation is not None]
    if not results:
        raise InputError("no distribution of relaxation times was computed", hint="set relaxation_times = true")
    layers: list[Layer] = []
    for i, r in enumerate(results):
        tau, gamma = r.relaxation if r.relaxation is not None else (np.zeros(0), np.zeros(0))
        layers.append(Line(x=tau, y=gamma, label=r.label or "γ", colour=i))
        places = [place for row in r.arcs if isinstance(place := row["time_constant_s"], float)]
        layers += [Span(start=place, stop=place, colour=i) for place in places]
    x, y = Axis(label="τ", unit="s", log=True), Axis(label="γ", unit="Ω", low=0.0)
    figure = one_panel(results, Panel(x=x, y=y, layers=tuple(layers)))
    said = [f"{r.label}: {n.text}" for r in results for n in r.notes if n.code == "relaxation_times"]
    return replace(figure, notes=("Dashed: time constants of the fitted arcs.", *dict.fromkeys((*said, *figure.notes))))


FIGURES = {
    "nyquist": nyquist,
    "nyquist data": nyquist_data,
    "evolution": evolution,
    "circuit": circuit,
    "bode": bode,
    "residuals": residuals,
    "relaxation times": relaxation_figure,
}
