"""Figures of impedance: Bode, residuals, arcs over a series; with the Nyquist plots the list of all shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Axis, Figure, Line, Panel, Points, Span
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.impedance.arc_evolution import evolution
from halfcell.techniques.impedance.nyquist import MARKERS, is_crowded, nyquist, nyquist_data
from halfcell.techniques.impedance.relaxation_times import relaxation_figure
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from halfcell.techniques.impedance.records import ImpedanceResult


def bode(results: Sequence[ImpedanceResult]) -> Figure:
    """Modulus and phase over frequency, points and fits."""
    results = in_order(results)
    crowded = is_crowded(results)
    modulus: list[Any] = []
    phase: list[Any] = []
    for i, r in enumerate(results):
        fine = np.geomspace(r.frequency.max(), r.frequency.min(), len(r.curve))
        f, z = r.frequency[r.used], r.impedance[r.used]
        modulus.append(_marks(i, f, np.abs(z), "" if crowded else r.label or "measured"))
        modulus += [Line(x=fine, y=np.abs(r.curve), colour=i, width_pt=0.8)]
        phase.append(_marks(i, f, -np.angle(z, deg=True), r.label if crowded else ""))
        phase += [Line(x=fine, y=-np.angle(r.curve, deg=True), colour=i, width_pt=0.8)]
    x = Axis(label="Frequency", unit="Hz", log=True)
    panels = (
        Panel(x=x, y=Axis(label="|Z|", unit="Ω", log=True), layers=tuple(modulus)),
        Panel(x=x, y=Axis(label="−Phase", unit="°"), layers=tuple(phase), legend="outside" if crowded else "none"),
    )
    height = max(55.0, 3.5 * len(results) + 8.0) if crowded else 55.0
    return Figure(panels=panels, columns=2, width_mm=180, panel_height_mm=height, simulated=simulated(results))


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


FIGURES: Mapping[str, Callable[[Sequence[Any]], Figure]] = {
    "nyquist": nyquist,
    "nyquist data": nyquist_data,
    "evolution": evolution,
    "bode": bode,
    "residuals": residuals,
    "relaxation times": relaxation_figure,
}
