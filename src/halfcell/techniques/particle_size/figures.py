"""Figures of particle size: share and cumulative share over the size, with D10, D50 and D90 marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Align, Area, Axis, Figure, Layer, Line, Panel, Points, Text
from halfcell.core.markup import formula
from halfcell.maths.size_distribution import cumulative, middles
from halfcell.techniques.common.figure_notes import panel_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.particle_size.result import ParticleSizeResult

_MOST = 12  # replicates that are drawn one by one
_PARTS = {"d10": 10.0, "d50": 50.0, "d90": 90.0}
_LEFT = 0.42  # of the axis: a mode further left leaves no room for text there


def size_distribution(results: Sequence[ParticleSizeResult]) -> Figure:
    """One panel per sample: share of each channel (left) and cumulative share (right), D10, D50 and D90 marked."""
    return panel_each(results, [_panel(result) for result in results], 50.0)


def _panel(result: ParticleSizeResult) -> Panel:
    middle = middles(result.edges)
    part = 100.0 * cumulative(result.share)
    low, high = _range(result)
    top = float(result.share.max())
    few = result.replicates if len(result.replicates) <= _MOST else ()
    layers: list[Layer] = [
        Line(x=middle, y=100.0 * s / s.sum(), colour=-1, width_pt=0.4, name=f"measurement {number}")
        for number, s in enumerate(few, 1)
    ]
    layers += [
        Area(x=middle, y=result.share, y_low=np.zeros_like(middle), colour=0, opacity=0.3, name="channels, filled"),
        Line(x=middle, y=result.share, colour=0, name="channels"),
        Line(x=result.edges, y=part, colour=1, side="right", dash="dash", name="cumulative"),
    ]
    sizes = np.array([result.quantities[name].value for name in _PARTS])
    marks = np.array(list(_PARTS.values()))
    layers.append(Points(x=sizes, y=marks, colour=1, marker="circle", side="right", name="D10, D50, D90"))
    mode = float(np.log10(middle[int(np.argmax(result.share))] / low) / np.log10(high / low))
    layers += _percentile_texts(result, mode)
    kind = "Volume" if result.basis == "volume" else "Number"
    return Panel(
        x=Axis(label="Particle size", unit="µm", low=low, high=high, log=True),
        y=Axis(label=kind, unit="%", low=0.0, high=1.19 * top),
        right=Axis(label="Cumulative", unit="%", low=0.0, high=119.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="none",
    )


def _percentile_texts(result: ParticleSizeResult, mode: float) -> list[Text]:
    """D10, D50 and D90 as text: upper left, or at the right below the cumulative curve where the mode is far left."""
    left = mode > _LEFT
    x, y = (0.04, 0.93) if left else (0.96, 0.74)
    texts = [f"D_{{{name[1:]}}} {result.quantities[name].number} µm" for name in _PARTS]
    align: Align = "left" if left else "right"
    return [Text(x=x, y=y - 0.085 * n, text=text, fraction=True, align=align) for n, text in enumerate(texts)]


def _range(result: ParticleSizeResult) -> tuple[float, float]:
    """Decades that hold the distribution."""
    there = np.flatnonzero(result.share > 1e-3 * result.share.max())
    low, high = result.edges[there[0]], result.edges[there[-1] + 1]
    return float(10.0 ** np.floor(np.log10(low))), float(10.0 ** np.ceil(np.log10(high)))


FIGURES = {"size distribution": size_distribution}
