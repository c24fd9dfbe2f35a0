"""Figures of sorption: isotherms with the BJH distribution inset, BET windows, t-plots, pore sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Axis, Figure, Layer, Line, Panel, Points, Span, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, panel_each, simulated
from halfcell.techniques.sorption.free_places import ANY_INSET, free_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.sorption.result import SorptionResult

_SHOWN = 0.4  # p/p0: beyond, the BET plot is bent for every sample


def isotherms(results: Sequence[SorptionResult]) -> Figure:
    """One panel per sample: adsorption filled, desorption open, the BJH distribution inset, the BET area as text."""
    return panel_each(results, [_panel(result) for result in results], 55.0)


def _panel(result: SorptionResult) -> Panel:
    up, down = result.adsorption, result.desorption
    layers: list[Layer] = [Points(x=up.pressure, y=up.loading, label="adsorption", colour=0, joined=True, size_pt=2.5)]
    if down is not None:
        layers.append(
            Points(x=down.pressure, y=down.loading, label="desorption", colour=0, hollow=True, joined=True, size_pt=2.5)
        )
    high = 1.08 * float(max(branch.loading.max() for branch in (up, down) if branch is not None))
    places = free_places(result, high)
    x, y = places.text
    layers += [Text(x=x, y=y - 0.085 * row, text=text, fraction=True) for row, text in enumerate(_texts(result))]
    return Panel(
        x=Axis(label="Relative pressure, p/p_{0}", low=0.0, high=1.0),
        y=Axis(label="Quantity adsorbed", unit="cm^{3} STP g^{−1}", low=0.0, high=high),
        layers=tuple(layers),
        title=formula(result.label),
        legend="none",
        inset=_inset(result) if places.inset else None,
        inset_box=(places.inset or ANY_INSET).corners,
    )


def _texts(result: SorptionResult) -> list[str]:
    """BET area and class."""
    words = []
    if "bet_area" in result.quantities:
        words.append(f"BET {result['bet_area'].number} m^{{2}} g^{{−1}}")
    if result.isotherm_type != "undecided":
        loop = "" if result.hysteresis in {"none", "undecided"} else f", {result.hysteresis}"
        words.append(f"type {result.isotherm_type}{loop}".replace("H2", "H\N{ZERO WIDTH NON-JOINER}2"))  # no molecule
    return words


def _inset(result: SorptionResult) -> Panel | None:
    made = result.pores_adsorption
    if made is None or not len(made.volume) or float(made.volume.sum()) <= 0:
        return None
    return Panel(
        x=Axis(label="D", unit="nm", log=True, low=1.5, high=200.0),
        y=Axis(label="dV/dlogD", no_numbers=True, low=0.0),
        layers=(Line(x=made.diameter, y=made.per_log_diameter, colour=1, width_pt=0.8),),
        legend="none",
    )


def bet_windows(results: Sequence[SorptionResult]) -> Figure:
    """Two panels per sample: the BET line with its window, and the areas of all valid windows."""
    panels = [panel for result in results if result.bet is not None for panel in (_line(result), _areas(result))]
    return Figure(
        panels=tuple(panels),
        columns=2,
        width_mm=140,
        panel_height_mm=50.0,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _line(result: SorptionResult) -> Panel:
    window = result.bet
    p, n = result.adsorption.pressure, result.adsorption.loading
    shown = p < _SHOWN
    layers: list[Layer] = [Points(x=p[shown], y=(p / (n * (1.0 - p)))[shown], colour=0, hollow=True, label="measured")]
    if window is not None:
        ends = p[[window.first, window.last]]
        layers.append(Span(start=float(ends[0]), stop=float(ends[1])))
        layers.append(Line(x=ends, y=window.slope * ends + window.intercept, colour=1, label=f"C = {window.c:.4g}"))
    return Panel(
        x=Axis(label="p/p_{0}", low=0.0, high=0.4),
        y=Axis(label="p/[n(p_{0} − p)]", unit="g cm^{−3}", low=0.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="upper left",
    )


def _areas(result: SorptionResult) -> Panel:
    areas = result.areas if result.areas is not None else np.empty(0)
    order = np.arange(1, len(areas) + 1, dtype=float)
    chosen = result.quantities["bet_area"].value
    return Panel(
        x=Axis(label="Valid windows, by area", low=0.0),
        y=Axis(label="BET area", unit="m^{2} g^{−1}"),
        layers=(
            Points(x=order, y=areas, colour=0, size_pt=2.0, name="valid windows"),
            Span(start=chosen, stop=chosen, axis="y", label="chosen"),
        ),
        legend="none",
    )


def pore_sizes(results: Sequence[SorptionResult]) -> Figure:
    """dV/dlogD of both branches, and of a DFT kernel where it was used: one panel per sample."""
    panels = []
    for result in results:
        layers: list[Layer] = []
        sides = (("adsorption", result.pores_adsorption, 0), ("desorption", result.pores_desorption, 1))
        for word, made, colour in sides:
            if made is not None:
                layers.append(Line(x=made.diameter, y=made.per_log_diameter, colour=colour, label=word))
        if result.dft is not None:
            density = result.dft.per_log_width
            layers.append(Area(x=result.dft.width, y=density, y_low=np.zeros_like(density), label="DFT", colour=2))
        panels.append(
            Panel(
                x=Axis(label="Pore diameter", unit="nm", log=True),
                y=Axis(label="dV/dlogD", unit="cm^{3} g^{−1}", low=0.0),
                layers=tuple(layers),
                title=formula(result.label),
            )
        )
    return panel_each(results, panels, 50.0)


def t_plots(results: Sequence[SorptionResult]) -> Figure:
    """The adsorbed liquid over the film's thickness with its straight line: one panel per sample."""
    panels = []
    for result in results:
        if result.t_plot is None:
            continue
        t, line = result.t_plot.thickness, result.t_plot.line
        layers: list[Layer] = [Points(x=t, y=result.t_plot.liquid, colour=0, hollow=True, name="measured")]
        if line is not None:
            ends = np.array([0.0, float(t.max())])
            layers.append(Line(x=ends, y=line.volume + line.area * 1e-3 * ends, colour=1, name="line"))
        panels.append(
            Panel(
                x=Axis(label="Film thickness", unit="nm", low=0.0),
                y=Axis(label="Adsorbed liquid", unit="cm^{3} g^{−1}", low=0.0),
                layers=tuple(layers),
                title=formula(result.label),
                legend="none",
            )
        )
    return Figure(
        panels=tuple(panels),
        columns=min(max(len(panels), 1), 2),
        width_mm=140 if len(panels) > 1 else 90,
        panel_height_mm=50.0,
        letters=len(panels) > 1,
        simulated=simulated(results),
    )


def alpha_plots(results: Sequence[SorptionResult]) -> Figure:
    """The adsorbed liquid over alpha-s with its line: one panel per sample with a reference isotherm."""
    panels = []
    for result in results:
        if result.alpha is None:
            continue
        alpha = result.alpha.alpha
        layers: list[Layer] = [Points(x=alpha, y=result.alpha.liquid, colour=0, hollow=True, name="measured")]
        if result.alpha.line is not None:
            intercept, slope = result.alpha.line
            ends = np.array([0.0, float(min(alpha.max(), 1.4))])
            layers.append(Line(x=ends, y=intercept + slope * ends, colour=1, name="line"))
        panels.append(
            Panel(
                x=Axis(label="α_{s}", low=0.0),
                y=Axis(label="Adsorbed liquid", unit="cm^{3} g^{−1}", low=0.0),
                layers=tuple(layers),
                title=formula(result.label),
                legend="none",
            )
        )
    return panel_each(results, panels, 50.0)


def dft_fits(results: Sequence[SorptionResult]) -> Figure:
    """The isotherm and the fit of the DFT kernel: one panel per sample where a kernel was used."""
    panels = []
    for result in results:
        if result.dft is None:
            continue
        up = result.adsorption
        layers: tuple[Layer, ...] = (
            Points(x=up.pressure, y=up.loading, colour=0, hollow=True, label="measured"),
            Line(x=result.dft.pressure, y=result.dft.fitted, colour=1, label="DFT kernel"),
        )
        panels.append(
            Panel(
                x=Axis(label="Relative pressure, p/p_{0}", log=True),
                y=Axis(label="Quantity adsorbed", unit="cm^{3} STP g^{−1}", low=0.0),
                layers=layers,
                title=formula(result.label),
            )
        )
    return panel_each(results, panels, 50.0)


FIGURES = {
    "isotherm": isotherms,
    "BET windows": bet_windows,
    "pore sizes": pore_sizes,
    "t-plot": t_plots,
    "alpha-s plot": alpha_plots,
    "DFT fit": dft_fits,
}
