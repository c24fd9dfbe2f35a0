"""Figures and tables of diffraction: stacked patterns with phase ticks, crystallite sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Bars, Figure, Layer, Line, Panel, Text, Ticks
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.diffraction._result import DiffractionResult

_STEP = 1.15  # offset of stacked patterns in units of the highest


def pattern(results: Sequence[DiffractionResult]) -> Figure:
    """Patterns stacked from below in the order given, each scaled to its highest point; ticks of the phases below."""
    layers: list[Layer] = []
    for index, result in enumerate(results):
        low, high = float(result.counts.min()), float(result.counts.max())
        y = (result.counts - low) / max(high - low, 1e-12) + index * _STEP
        layers.append(Line(x=result.two_theta, y=y, colour=index, width_pt=0.6))
        if len(results) > 1 or result.label:
            place = result.two_theta[0] + 0.985 * (result.two_theta[-1] - result.two_theta[0])
            words = formula(result.label)
            layers.append(Text(x=place, y=index * _STEP + 0.72, text=words, align="right", colour=index))
    names = list(dict.fromkeys(name for result in results for name in result.ticks))
    for row, name in enumerate(names):
        place, height = next(result.ticks[name] for result in results if name in result.ticks)
        layers.append(Ticks(x=place, heights=height, label=formula(name), colour=row + len(results), row=row))
    low = min(float(result.two_theta[0]) for result in results)
    high = max(float(result.two_theta[-1]) for result in results)
    panel = Panel(
        x=Axis(label="2θ", unit="degree", low=low, high=high),
        y=Axis(label="Intensity", unit="arb. unit", no_numbers=True),
        layers=tuple(layers),
    )
    tall = min(45.0 + 14.0 * len(results), 150.0)
    return Figure(panels=(panel,), panel_height_mm=tall, simulated=any(r.simulated for r in results))


def crystallite_size(results: Sequence[DiffractionResult]) -> Figure:
    """Bars of the Scherrer size of the first phase of each sample, with its standard uncertainty."""
    phase = next((r.phases[0] for r in results if r.phases), "Si")
    found = [result.quantities.get(f"{phase}.scherrer_size") for result in results]
    x = np.arange(len(results), dtype=float)
    bars = Bars(
        x=x,
        y=np.array([q.value if q else np.nan for q in found]),
        y_error=np.array([q.std or 0.0 if q else np.nan for q in found]),
        names=tuple(formula(result.label) for result in results),
    )
    panel = Panel(x=Axis(), y=Axis(label=f"{formula(phase)} crystallite size", unit="nm", low=0.0), layers=(bars,))
    notes = sorted({note.text for r in results for note in r.notes if note.code in {"uncorrected", "scherrer"}})
    return Figure(panels=(panel,), notes=tuple(notes), simulated=any(r.simulated for r in results))


def sizes(results: Sequence[DiffractionResult]) -> Table:
    """Scherrer size of every phase of every sample."""
    columns = (
        Column(key="sample", label="Sample"),
        Column(key="phase", label="Phase"),
        Column(key="scherrer_size", label="Scherrer size", unit="nm"),
    )
    rows = tuple(
        (Entry(text=result.label), Entry(text=formula(name)), entry(result, f"{name}.scherrer_size"))
        for result in results
        for name in result.phases
    )
    return Table(columns=columns, rows=rows, simulated=any(r.simulated for r in results))
