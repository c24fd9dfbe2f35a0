"""Figures of diffraction: stacked patterns with phase ticks, sizes, the fit, Williamson-Hall, states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Axis, Bars, Figure, Layer, Line, Panel, Points, Text, Ticks
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import Difference, difference_axis, difference_layers, words
from halfcell.techniques.diffraction.line_labels import HEADROOM_MM, card_notes, is_labelled, line_labels
from halfcell.techniques.diffraction.size_notes import size_notes
from halfcell.techniques.diffraction.unidentified_lines import UNIDENTIFIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.result import DiffractionResult

    Array = NDArray[np.float64]

_BESIDE_MM = 16.0  # of a panel's height, that numbers, title and phase ticks take
_STEP = 1.15  # offset of stacked patterns in units of their height
_ANGLE = Axis(label="2θ", unit="degree")
_SHOWN = 0.01  # of the strongest line: weaker ticks would say nothing


def pattern(results: Sequence[DiffractionResult]) -> Figure:
    """Patterns stacked upwards in the order given, each scaled to its highest point; ticks of the phases below."""
    layers: list[Layer] = []
    tall = min(45.0 + 14.0 * len(results), 150.0)
    labelled = any(map(is_labelled, results))
    unit_mm = (tall - _BESIDE_MM) / (_STEP * len(results))
    step = _STEP + (HEADROOM_MM / unit_mm if labelled else 0.0)
    for index, result in enumerate(results):
        layers += _stacked(result, index, results, step)
        layers += line_labels(result, _scaled(result), index * step, index, unit_mm * _STEP / step)
    layers += tick_rows(results)
    y = replace(_intensity(), high=len(results) * step - 0.05) if labelled else _intensity()
    panel = Panel(x=_range(results), y=y, layers=tuple(layers))
    return Figure(panels=(panel,), panel_height_mm=tall, simulated=simulated(results), notes=card_notes(results))


def _scaled(result: DiffractionResult) -> Array:
    """The counts between 0 and 1."""
    low, high = float(result.counts.min()), float(result.counts.max())
    return (result.counts - low) / max(high - low, 1e-12)


def _stacked(result: DiffractionResult, index: int, results: Sequence[DiffractionResult], step: float) -> list[Layer]:
    y, name = _scaled(result), result.state or result.label
    layers: list[Layer] = [Line(x=result.two_theta, y=y, colour=index, width_pt=0.6, name=name, raised=index * step)]
    words = formula(name)
    if words:
        low, high = _ends(results)
        layers.append(
            Text(x=low + 0.985 * (high - low), y=index * step + 0.72, text=words, align="right", colour=index)
        )
    return layers


def tick_rows(results: Sequence[DiffractionResult], first_colour: int | None = None) -> list[Layer]:
    """One row of ticks per phase; a phase that is doubtful in all results that have it is marked with a ``?``.

    They are black beside curves of samples, whose colours mean something else; beside areas of phases they have the
    areas' colours, which begin with `first_colour`.
    """
    names = list(dict.fromkeys(name for result in results for name in result.ticks))
    layers: list[Layer] = []
    for row, name in enumerate(names):
        given = [result.ticks[name] for result in results if name in result.ticks]
        given = given if name == UNIDENTIFIED else given[:1]
        place, height = (np.concatenate(part) for part in zip(*given, strict=True))
        seen = height > _SHOWN
        sure = name == UNIDENTIFIED or any(name in r.ticks and name not in r.doubtful for r in results)
        words = formula(name) if sure else f"{formula(name)} ?"
        colour = -2 if first_colour is None else row + first_colour
        layers.append(Ticks(x=place[seen], heights=height[seen], label=words, colour=colour, row=row))
    return layers


def _ends(results: Sequence[DiffractionResult]) -> tuple[float, float]:
    """First and last angle of all scans."""
    return min(float(r.two_theta[0]) for r in results), max(float(r.two_theta[-1]) for r in results)


def _range(results: Sequence[DiffractionResult]) -> Axis:
    low, high = _ends(results)
    return Axis(label="2θ", unit="degree", low=low, high=high)


def _intensity() -> Axis:
    return Axis(label="Intensity", unit="arb. unit", no_numbers=True)


def crystallite_size(results: Sequence[DiffractionResult]) -> Figure:
    """Bars of the Scherrer size of the first phase, and of L_V from the whole pattern where it was determined."""
    phase = next((r.phases[0] for r in results if r.phases), "Si")
    names = tuple(formula(result.label) for result in results)
    x = np.arange(len(results), dtype=float)
    shown = [("scherrer_size", "Scherrer", x), ("column_length", "L_{V}, whole pattern", x)]
    shown = [(q, label, at) for q, label, at in shown if any(f"{phase}.{q}" in r.quantities for r in results)]
    width = 0.76 / max(len(shown), 1)
    layers: list[Layer] = []
    for index, (quantity, label, at) in enumerate(shown):
        value, std = _column(results, f"{phase}.{quantity}")
        place = at + (index - (len(shown) - 1) / 2) * width
        bars = Bars(x=place, y=value, y_error=std, names=names, label=label, colour=index, width=0.94 * width)
        layers.append(bars)
    title = f"{formula(phase)} crystallite size"
    top = Axis(label=title, unit="nm", low=0.0)
    panel = Panel(x=Axis(), y=top, layers=tuple(layers))
    return Figure(panels=(panel,), notes=size_notes(results, phase), simulated=simulated(results))


def _column(results: Sequence[DiffractionResult], name: str) -> tuple[Array, Array]:
    """Values and uncertainties of a quantity over results; NaN where it was not determined.

    Where the spread over size models is known it is added in quadrature.
    """
    found = [result.quantities.get(name) for result in results]
    spread = [result.quantities.get(f"{name}_spread") for result in results]
    value = np.array([q.value if q else np.nan for q in found])
    std = np.array(
        [np.hypot(q.std or 0.0, s.value if s else 0.0) if q else np.nan for q, s in zip(found, spread, strict=True)]
    )
    return value, std


def fit(results: Sequence[DiffractionResult]) -> Figure:
    """Measured and calculated pattern, background, each phase, and the difference below; one panel per result."""
    panels = tuple(_fit_panel(result) for result in results)
    notes = card_notes(results)
    return Figure(panels=panels, width_mm=140, panel_height_mm=70.0, simulated=simulated(results), notes=notes)


def _fit_panel(result: DiffractionResult) -> Panel:
    x = result.two_theta
    layers: list[Layer] = [Line(x=x, y=result.counts, label="measured", colour=-1, width_pt=0.5)]
    if result.model is not None and result.background is not None:
        layers.append(Line(x=x, y=result.model, label="calculated", colour=1, width_pt=0.8))
        layers.append(Line(x=x, y=result.background, label="background", colour=-2, dash="dash", width_pt=0.5))
        for index, (name, part) in enumerate(result.parts.items()):
            shown = Area(
                x=x, y=result.background + part, y_low=result.background, label=formula(name), colour=index + 2
            )
            layers.append(shown)
        below = 0.12 * float(result.counts.max() - result.counts.min())
        offset = float(result.counts.min()) - below
        rest = result.counts - result.model
        layers.append(Line(x=x, y=rest, label="difference", colour=0, width_pt=0.4, raised=offset))
    layers += tick_rows([result], first_colour=2)
    axis = Axis(label="Intensity", unit="counts")
    return Panel(x=_range([result]), y=axis, layers=tuple(layers), title=formula(result.label))


def williamson_hall(results: Sequence[DiffractionResult]) -> Figure:
    """Integral breadths of single lines over s = 2 sin(theta)/lambda, with the line that gives size and strain."""
    layers: list[Layer] = []
    for index, result in enumerate(results):
        for name, (s, breadth, std) in result.widths.items():
            label = formula(f"{result.label} {name}".strip())
            layers.append(Points(x=s, y=breadth, y_error=std, label=label, colour=index))
            size = result.quantities.get(f"{name}.williamson_hall_size")
            strain = result.quantities.get(f"{name}.williamson_hall_strain")
            if size is not None and strain is not None:
                ends = np.array([0.0, 1.05 * float(s.max())])
                y, words = 1 / size.value + 0.02 * strain.value * ends, f"{label}, fit"
                layers.append(Line(x=ends, y=y, colour=index, dash="dash", name=words))
    panel = Panel(
        x=Axis(label="2 sinθ/λ", unit="nm-1", low=0.0),
        y=Axis(label="β cosθ/λ", unit="nm-1", low=0.0),
        layers=tuple(layers),
    )
    return Figure(panels=(panel,), simulated=simulated(results))


def differences(results: Sequence[DiffractionResult]) -> Figure:
    """Each state minus the first on a common scale, stacked; bands are two standard uncertainties of the counts."""
    shown = [
        Difference(x=r.two_theta, value=r.difference[0], std=r.difference[1], words=words(r.state, results[0].state))
        for r in results
        if r.difference is not None
    ]
    layers, high = difference_layers(shown)
    layers += tick_rows(results)
    panel = Panel(x=_ANGLE, y=difference_axis("counts", high, len(shown)), layers=tuple(layers))
    return Figure(panels=(panel,), panel_height_mm=80.0, simulated=simulated(results))


FIGURES = {
    "pattern": pattern,
    "crystallite size": crystallite_size,
    "fit": fit,
    "Williamson-Hall": williamson_hall,
    "differences": differences,
}
