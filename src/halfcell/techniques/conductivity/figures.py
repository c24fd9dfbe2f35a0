"""Figures of I-V sweeps: currents with their ohmic lines, conductivity bars, the cell to scale, a thickness series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Bars, Figure, Layer, Line, Marker, Panel, Points, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.arrhenius_figure import arrhenius
from halfcell.techniques.common.figure_notes import one_panel
from halfcell.techniques.common.pellet_conductivity import ELECTRODES, SIGN, SUBSCRIPT, current_unit
from halfcell.techniques.common.pellet_drawing import drawing
from halfcell.techniques.conductivity.thickness_series import series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.conductivity.result import ConductivityResult
    from halfcell.techniques.technique import MakeFigure

_MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")
_SHOWN = 40  # markers on a line that can still be told apart
_IN_MILLIVOLTS = 0.8  # V: a narrower axis reads better in mV
_FOUR_WIRES = 4  # voltage and current have contacts of their own


def iv(results: Sequence[ConductivityResult]) -> Figure:
    """Current over voltage with the fitted ohmic lines; the conductivity of a single sample is written in the panel."""
    unit = current_unit(max(float(np.max(np.abs(r.current))) for r in results))
    widest = max(float(np.max(np.abs(r.voltage))) for r in results)
    volt, volt_unit = (1e-3, "mV") if widest < _IN_MILLIVOLTS else (1.0, "V")
    layers: list[Layer] = []
    for i, r in enumerate(results):
        layers += _curve(r, i, unit.ampere, volt)
    if len(results) == 1 and "conductivity" in results[0].quantities:
        layers.append(Text(x=0.96, y=0.08, text=_sentence(results[0]), fraction=True, align="right"))
    panel = Panel(
        x=Axis(label="Voltage", unit=volt_unit),
        y=Axis(label="Current", unit=unit.sign),
        layers=tuple(layers),
        legend="upper left",
    )
    return one_panel(results, panel)


def _curve(r: ConductivityResult, number: int, ampere: float, volt: float) -> list[Layer]:
    step = max(len(r.voltage) // _SHOWN, 1)
    ends = np.array([r.voltage[r.used].min(), r.voltage[r.used].max()])
    found: list[Layer] = [
        Points(
            x=r.voltage[r.used][::step] / volt,
            y=r.current[r.used][::step] / ampere,
            label=formula(r.label) or "measured",
            colour=number,
            marker=_MARKERS[number % len(_MARKERS)],
            hollow=True,
            size_pt=2.6,
        ),
        Line(
            x=ends / volt,
            y=(r.zero_ampere + r.conductance * ends) / ampere,
            colour=number,
            width_pt=0.8,
            name=", ".join(part for part in (r.label, "fit") if part),
        ),
    ]
    if not r.used.all():
        x, y = r.voltage[~r.used] / volt, r.current[~r.used] / ampere
        name = ", ".join(part for part in (r.label, "left out") if part)
        found.append(Points(x=x, y=y, colour=-1, marker="cross", size_pt=2.2, name=name))
    return found


def _sentence(r: ConductivityResult) -> str:
    quantity = r["conductivity"]
    which, sign = SUBSCRIPT[r.conduction], SIGN[r.bound]
    return f"σ{which} {sign} {quantity.number if r.bound == 'value' else f'{quantity.value:.2g}'} S cm^{{−1}}"


def bars(results: Sequence[ConductivityResult]) -> Figure:
    """Bars of conductivity with standard uncertainties; an arrow and >= mark lower bounds."""
    shown = [r for r in results if "conductivity" in r.quantities]
    values = np.array([r["conductivity"].value for r in shown])
    errors = np.array([r["conductivity"].std or 0.0 for r in shown])
    names = tuple(formula(r.label) for r in shown)
    log = bool(len(values) and values.max() > 30 * values.min())
    layers: list[Layer] = [
        Bars(x=np.arange(len(shown), dtype=float), y=values, names=names, y_error=errors, width=0.55)
    ]
    top = float(values.max()) if len(values) else 1.0
    for place, r in enumerate(shown):
        sign = "" if r.bound == "value" else f"{SIGN[r.bound]} "
        high = (values[place] + errors[place]) * 1.12 if log else values[place] + errors[place] + 0.05 * top
        layers.append(Text(x=float(place), y=float(high), text=f"{sign}{values[place]:.2g}", align="center"))
        if r.bound == "lower":
            start, end = (high * 1.5, high * 2.4) if log else (high + 0.08 * top, high + 0.19 * top)
            layers.append(Arrow(x0=float(place), y0=float(start), x1=float(place), y1=float(end)))
    kinds = {r.conduction for r in shown}
    which = SUBSCRIPT[next(iter(kinds))] if len(kinds) == 1 else ""
    y = Axis(label=f"σ{which}", unit="S cm^{−1}", log=log, low=None if log else 0.0, high=None if log else 1.4 * top)
    return one_panel(results, Panel(x=Axis(low=-0.6, high=len(shown) - 0.4), y=y, layers=tuple(layers), legend="none"))


def schematic(results: Sequence[ConductivityResult]) -> Figure:
    """The cell drawn to scale from thickness, diameter and pressure of the first result."""
    r = results[0]
    wires: Literal[2, 4] = 4 if any(row.get("wires") == _FOUR_WIRES for row in r.rows) else 2
    return drawing(r.pellet, ELECTRODES.get(r.conduction), r.label if len(results) == 1 else "pellet", wires)


def thickness_series(results: Sequence[ConductivityResult]) -> Figure:
    """Resistance over thickness with the line R_c + L/(sigma A)."""
    found = series(results)
    usable = [r for r in results if r.pellet.thickness_um is not None]
    x = np.array([r.pellet.thickness_um or 0.0 for r in usable])
    y = np.array([r["resistance"].value for r in usable])
    errors = np.array([r["resistance"].std or 0.0 for r in usable])
    layers: list[Layer] = [Points(x=x, y=y, y_error=errors, label="measured", hollow=True)]
    if found is not None:
        ends = np.array([0.0, float(x.max()) * 1.05])
        area = usable[0].pellet.area or 1.0
        layers.append(
            Line(
                x=ends, y=found.contact.value + ends * 1e-4 / (found.conductivity.value * area), colour=-2, label="fit"
            )
        )
        text = f"σ = {found.conductivity.number} S cm^{{−1}}, R_{{c}} = {found.contact.number} Ω"
        layers.append(Text(x=0.96, y=0.08, text=text, fraction=True, align="right"))
    x_axis = Axis(label="Thickness", unit="µm", low=0.0)
    return one_panel(results, Panel(x=x_axis, y=Axis(label="Resistance", unit="Ω", low=0.0), layers=tuple(layers)))


FIGURES: dict[str, MakeFigure] = {
    "I-V": iv,
    "conductivity": bars,
    "schematic": schematic,
    "thickness series": thickness_series,
    "arrhenius": arrhenius,
}
