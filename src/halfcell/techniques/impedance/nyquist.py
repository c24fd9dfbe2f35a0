"""Nyquist plots: measured points with or without fits, both axes on one scale, very different spectra in own panels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Marker, Panel, Points
from halfcell.maths.circuit.grammar import leaves, parse
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.impedance.circuit_drawing import circuit_panel, ratio
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.elements import Complexes
    from halfcell.techniques.impedance.result import ImpedanceResult

MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")
_UNLIKE = 4.0  # spectra whose largest moduli differ by more than this factor do not share a panel
_CROWD = 6  # spectra above which the legend is beside the panel
_INSET_PART = 0.6  # of the width of a panel, for the drawing of its circuit
_INSET_PT = 5.0  # the smallest letters that journals accept
_BELOW_INSET = 0.1  # of the width of a panel, between the drawing of a circuit and the points
_WIDE = 1.25  # times as wide as high at least is a panel with such a drawing
_MOST_DRAWN = 7  # elements of a circuit that is drawn inside a panel
_HIGHEST_PART = 0.35  # of the width, that the drawing may be high
_UNITS = ((1e6, "MΩ"), (1e3, "kΩ"), (1.0, "Ω"), (1e-3, "mΩ"))


def nyquist(results: Sequence[ImpedanceResult]) -> Figure:
    """Measured points and fitted circuits, both axes on one scale."""
    return _figure(in_order(results), fits=True)


def nyquist_data(results: Sequence[ImpedanceResult]) -> Figure:
    """Measured points without fits, both axes on one scale."""
    return _figure(in_order(results), fits=False)


def _figure(results: Sequence[ImpedanceResult], fits: bool) -> Figure:
    reaches = [_reach(r) for r in results]
    apart = max(reaches) > _UNLIKE * min(reaches)
    groups = [[r] for r in results] if apart else [list(results)]
    panels = [_panel(group, fits, group[0].label if apart else "") for group in groups]
    columns = min(len(panels), 3)
    crowded = is_crowded(groups[0])
    width: Literal[90, 140, 180] = 140 if crowded else (90, 140, 180)[columns - 1]
    height = _height(panels, (100 if crowded else width) / columns)
    return Figure(
        panels=tuple(panels),
        columns=columns,
        width_mm=width,
        panel_height_mm=max(height, 3.5 * len(results) + 8.0) if crowded else height,
        simulated=simulated(results),
        notes=doubts(results),
    )


def is_crowded(results: Sequence[ImpedanceResult]) -> bool:
    """Whether a panel of these results has its legend beside it because there is no room above the arcs."""
    return len(results) > _CROWD


def _height(panels: Sequence[Panel], width: float) -> float:
    """Height (mm) of a row of panels with one scale on both axes, so that no space is left empty above and below."""
    tallest = max(_span(panel.y) / _span(panel.x) for panel in panels)
    words = 10.0 + (5.0 if any(panel.title for panel in panels) else 0.0)
    return float(np.clip((width - 13.0) * tallest + words, 35.0, 75.0))


def _span(axis: Axis) -> float:
    return (axis.high or 0.0) - (axis.low or 0.0)


def _reach(r: ImpedanceResult) -> float:
    return float(np.max(np.abs(r.impedance[r.used])))


def _panel(results: Sequence[ImpedanceResult], fits: bool, title: str) -> Panel:
    reach = max(_reach(r) for r in results)
    scale, unit = next(((s, u) for s, u in _UNITS if reach >= 3 * s), _UNITS[-1])
    layers: list[Layer] = []
    for i, r in enumerate(results):
        layers.append(_points(r, i, scale, fits, "measured" if title or not r.label else r.label))
    if fits:
        layers += [  # in black, so that they can be seen on the points
            Line(x=r.curve.real / scale, y=-r.curve.imag / scale, colour=-2, label="fit", width_pt=0.7, name=_fit(r))
            for r in results
        ]
    left = np.concatenate([r.impedance[~r.used] for r in results]) / scale
    if len(left):
        layers.append(Points(x=left.real, y=-left.imag, label="left out", colour=-1, marker="cross"))
    crowded = is_crowded(results)
    x, y = _axes([r.impedance[r.used] / scale for r in results], unit)
    legend: Literal["outside", "upper left"] = "outside" if crowded else "upper left"
    panel = Panel(x=x, y=y, layers=tuple(layers), equal=True, legend=legend, title=title)
    circuits = {r.circuit for r in results}
    return _with_circuit(panel, *circuits) if fits and len(circuits) == 1 and not crowded else panel


def _with_circuit(panel: Panel, circuit: str) -> Panel:
    """The panel with its circuit drawn above the arcs, beside the legend; not with one too long to be read there."""
    wide = _span(panel.x)
    tall = _INSET_PART * wide * ratio(circuit)
    if len(leaves(parse(circuit))) > _MOST_DRAWN or tall > _HIGHEST_PART * wide:
        return panel
    top = max((float(np.max(layer.y)) for layer in panel.layers if isinstance(layer, Points)), default=0.0)
    least = _WIDE * (top - (panel.y.low or 0.0)) / (1.0 - _WIDE * (_INSET_PART * ratio(circuit) + _BELOW_INSET))
    if wide < least:  # one scale on both axes makes a narrow panel, in which the drawing covers the legend
        panel = replace(panel, x=replace(panel.x, high=(panel.x.low or 0.0) + least))
        wide = least
        tall = _INSET_PART * wide * ratio(circuit)
    y = replace(panel.y, high=max(panel.y.high or 0.0, top + tall + _BELOW_INSET * wide))
    high = _span(y)
    box = (0.985 - _INSET_PART, 1.0 - (tall + 0.03 * wide) / high, _INSET_PART, tall / high)
    return replace(panel, y=y, inset=circuit_panel(circuit, size_pt=_INSET_PT), inset_box=box)


def _fit(r: ImpedanceResult) -> str:
    """The name of a fitted curve in the figure's data file."""
    return f"{r.label}, fit" if r.label else "fit"


def _points(r: ImpedanceResult, number: int, scale: float, fits: bool, label: str) -> Points:
    z = r.impedance[r.used] / scale
    marker = MARKERS[number % len(MARKERS)]
    return Points(
        x=z.real,
        y=-z.imag,
        label=label,
        colour=number,
        marker=marker,
        hollow=fits,
        joined=not fits,
        size_pt=2.6,
    )


def _axes(spectra: Sequence[Complexes], unit: str) -> tuple[Axis, Axis]:
    """Both axes from zero (or from below, where there are points), with room for a legend above the arcs."""
    z = np.concatenate(spectra)
    top, low = float(np.max(-z.imag)), float(np.min(-z.imag))
    right, left = float(np.max(z.real)), float(np.min(z.real))
    reach = 1.06 * max(right, top)
    x = Axis(label="Z′", unit=unit, low=min(0.0, 1.06 * left), high=reach)
    return x, Axis(label="−Z″", unit=unit, low=min(0.0, 1.06 * low), high=max(1.06 * top, 0.6 * reach))
