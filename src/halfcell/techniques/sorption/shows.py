"""Figures and tables of sorption: isotherms with BJH inset, BET windows, t-plot, pore sizes, areas and volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Area, Axis, Figure, Line, Panel, Points, Span, Text
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.maths import bet
from halfcell.techniques.common.figure_notes import doubts, panel_each, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.sorption.records import Sorption


_WORD_PLACES = ((0.05, 0.9), (0.38, 0.14), (0.38, 0.5), (0.3, 0.9))
_BOXES = (
    (0.2, 0.36, 0.36, 0.34),
    (0.58, 0.2, 0.36, 0.32),
    (0.58, 0.42, 0.36, 0.32),
    (0.24, 0.2, 0.36, 0.3),
    (0.2, 0.5, 0.34, 0.3),
)


def isotherms(results: Sequence[Sorption]) -> Figure:
    """A panel a sample: adsorption filled, desorption open, the BJH distribution in an inset, the BET area written."""
    return panel_each(results, [_panel(result) for result in results], 55.0)


def _panel(result: Sorption) -> Panel:
    up, down = result.adsorption, result.desorption
    layers: list[Any] = [Points(x=up.pressure, y=up.loading, label="adsorption", colour=0, joined=True, size_pt=2.5)]
    if down is not None:
        layers.append(
            Points(x=down.pressure, y=down.loading, label="desorption", colour=0, hollow=True, joined=True, size_pt=2.5)
        )
    high = 1.08 * float(max(branch.loading.max() for branch in (up, down) if branch is not None))
    place, box = _places(result, high)
    for row, text in enumerate(_words(result)):
        layers.append(Text(x=place[0], y=place[1] - 0.085 * row, text=text, fraction=True))
    return Panel(
        x=Axis(label="Relative pressure, p/p_{0}", low=0.0, high=1.0),
        y=Axis(label="Quantity adsorbed", unit="cm^{3} STP g^{−1}", low=0.0, high=high),
        layers=tuple(layers),
        title=formula(result.label),
        legend="none",
        inset=_inset(result) if box is not None else None,
        inset_box=box or _BOXES[0],
    )


def _words(result: Sorption) -> list[str]:
    """BET area and class."""
    words = []
    if "bet_area" in result.quantities:
        words.append(f"BET {result.quantities['bet_area'].number} m^{{2}} g^{{−1}}")
    if result.isotherm_type != "undecided":
        loop = "" if result.hysteresis in {"none", "undecided"} else f", {result.hysteresis}"
        words.append(f"type {result.isotherm_type}{loop}".replace("H2", "H\N{ZERO WIDTH NON-JOINER}2"))  # no molecule
    return words


def _places(result: Sorption, high: float) -> tuple[tuple[float, float], tuple[float, float, float, float] | None]:
    """Where the words and the inset hide the fewest points, in parts of the panel; no inset where all places do."""
    grid = np.linspace(0.0, 1.0, 300)
    parts = [(grid, np.interp(grid, b.pressure, b.loading) / high) for b in (result.adsorption, result.desorption) if b]
    x, y = (np.concatenate(column) for column in zip(*parts, strict=True))

    def hidden(left: float, bottom: float, width: float, height: float) -> int:
        return int(np.sum((x > left) & (x < left + width) & (y > bottom) & (y < bottom + height)))

    place = min(_WORD_PLACES, key=lambda p: hidden(p[0] - 0.02, p[1] - 0.13, 0.6, 0.2))
    taken = (place[0] - 0.02, place[1] - 0.13, 0.62, 0.2)
    free = [box for box in _BOXES if not _overlap(box, taken)]
    best = min(free, key=lambda b: hidden(b[0] - 0.08, b[1] - 0.14, b[2] + 0.1, b[3] + 0.16))
    covered = hidden(best[0] - 0.08, best[1] - 0.14, best[2] + 0.1, best[3] + 0.16)
    return place, best if covered < 0.04 * len(x) else None


def _overlap(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    across = one[0] - 0.08 < two[0] + two[2] and two[0] < one[0] + one[2]
    return across and one[1] - 0.14 < two[1] + two[3] and two[1] < one[1] + one[3]


def _inset(result: Sorption) -> Panel | None:
    made = result.pores_adsorption
    if made is None or not len(made.volume) or float(made.volume.sum()) <= 0:
        return None
    return Panel(
        x=Axis(label="D", unit="nm", log=True, low=1.5, high=200.0),
        y=Axis(label="dV/dlogD", no_numbers=True, low=0.0),
        layers=(Line(x=made.diameter, y=made.per_log_diameter, colour=1, width_pt=0.8),),
        legend="none",
    )


def bet_windows(results: Sequence[Sorption]) -> Figure:
    """For each sample the BET line with its window, and the areas of all valid windows."""
    panels = [panel for result in results if result.bet is not None for panel in (_line(result), _areas(result))]
    return Figure(
        panels=tuple(panels),
        columns=2,
        width_mm=140,
        panel_height_mm=50.0,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _line(result: Sorption) -> Panel:
    window = result.bet
    p, n = result.adsorption.pressure, result.adsorption.loading
    shown = p < 0.4
    layers: list[Any] = [Points(x=p[shown], y=(p / (n * (1.0 - p)))[shown], colour=0, hollow=True, label="measured")]
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


def _areas(result: Sorption) -> Panel:
    areas = result.areas if result.areas is not None else np.empty(0)
    order = np.arange(1, len(areas) + 1, dtype=float)
    chosen = result.quantities["bet_area"].value
    return Panel(
        x=Axis(label="Valid windows, by area", low=0.0),
        y=Axis(label="BET area", unit="m^{2} g^{−1}"),
        layers=(
            Points(x=order, y=areas, colour=0, size_pt=2.0),
            Span(start=chosen, stop=chosen, axis="y", label="chosen"),
        ),
        legend="none",
    )


def pore_sizes(results: Sequence[Sorption]) -> Figure:
    """dV/dlogD of both branches, a panel a sample."""
    panels = []
    for result in results:
        layers: list[Any] = []
        sides = (("adsorption", result.pores_adsorption, 0), ("desorption", result.pores_desorption, 1))
        for word, made, colour in sides:
            if made is not None:
                layers.append(Line(x=made.diameter, y=made.per_log_diameter, colour=colour, label=word))
        if result.dft is not None:
            layers.append(
                Area(x=result.dft[0], y=result.dft[1], y_low=np.zeros_like(result.dft[1]), label="DFT", colour=2)
            )
        panels.append(
            Panel(
                x=Axis(label="Pore diameter", unit="nm", log=True),
                y=Axis(label="dV/dlogD", unit="cm^{3} g^{−1}", low=0.0),
                layers=tuple(layers),
                title=formula(result.label),
            )
        )
    return panel_each(results, panels, 50.0)


def t_plots(results: Sequence[Sorption]) -> Figure:
    """The adsorbed liquid over the film's thickness with its straight line, a panel a sample."""
    panels = []
    for result in results:
        if result.t_curve is None:
            continue
        t, liquid = result.t_curve
        layers: list[Any] = [Points(x=t, y=liquid, colour=0, hollow=True)]
        if result.t_line is not None:
            ends = np.array([0.0, float(t.max())])
            layers.append(Line(x=ends, y=result.t_line[1] + result.t_line[0] * 1e-3 * ends, colour=1))
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


def areas_and_volumes(results: Sequence[Sorption]) -> Table:
    """A row a sample: BET area with the range over windows, C, volumes, class."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="bet_area", label="BET area", unit="m^{2} g^{−1}"),
        Column(key="bet_area_low", label="least"),
        Column(key="bet_area_high", label="greatest"),
        Column(key="bet_c", label="C"),
        Column(key="pore_volume", label="Pore volume", unit="cm^{3} g^{−1}"),
        Column(key="micropore_volume", label="Micropore volume", unit="cm^{3} g^{−1}"),
        Column(key="bjh_mode_adsorption", label="BJH mode", unit="nm"),
        Column(key="isotherm_type", label="Type"),
    )
    rows = []
    for result in results:
        own = [entry(result, column.key) for column in columns[1:-1]]
        rows.append((Entry(text=formula(result.label)), *own, Entry(text=result.isotherm_type)))
    said = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code == "bjh_settings"))
    notes = ("Least and greatest: over all windows that meet Rouquerol's criteria.", *said)
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


def chosen_window(result: Sorption) -> bet.Window | None:
    """The window that the BET area comes from."""
    return result.bet
