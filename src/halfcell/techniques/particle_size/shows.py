"""Figures and tables of particle size: volume share and cumulative share over the size, with the D-marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.core.figure import Area, Axis, Figure, Line, Panel, Points, Text
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.maths import distribution
from halfcell.techniques.common.figure_notes import panel_each, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.particle_size.records import ParticleSize

_MOST = 12  # replicates that are drawn each
_PARTS = {"d10": 10.0, "d50": 50.0, "d90": 90.0}


def size_distribution(results: Sequence[ParticleSize]) -> Figure:
    """A panel a sample: share of each channel (left) and cumulative share (right), D10, D50 and D90 marked."""
    return panel_each(results, [_panel(result) for result in results], 50.0)


def _panel(result: ParticleSize) -> Panel:
    middle = distribution.middles(result.edges)
    part = 100.0 * distribution.cumulative(result.share)
    low, high = _range(result)
    top = float(result.share.max())
    few = result.replicates if len(result.replicates) <= _MOST else ()
    layers: list[Any] = [Line(x=middle, y=100.0 * s / s.sum(), colour=-1, width_pt=0.4) for s in few]
    layers += [
        Area(x=middle, y=result.share, y_low=np.zeros_like(middle), colour=0, opacity=0.3),
        Line(x=middle, y=result.share, colour=0),
        Line(x=result.edges, y=part, colour=1, side="right", dash="dash"),
    ]
    sizes = np.array([result.quantities[name].value for name in _PARTS])
    layers.append(Points(x=sizes, y=np.array(list(_PARTS.values())), colour=1, marker="circle", side="right"))
    mode = float(np.log10(middle[int(np.argmax(result.share))] / low) / np.log10(high / low))
    layers += _sizes_beside(result, mode)
    kind = "Volume" if result.basis == "volume" else "Number"
    return Panel(
        x=Axis(label="Particle size", unit="µm", low=low, high=high, log=True),
        y=Axis(label=kind, unit="%", low=0.0, high=1.19 * top),
        right=Axis(label="Cumulative", unit="%", low=0.0, high=119.0),
        layers=tuple(layers),
        title=formula(result.label),
        legend="none",
    )


def _sizes_beside(result: ParticleSize, mode: float) -> list[Text]:
    """The D-marks in words: upper left, or to the right below the cumulative curve where the mode is far left."""
    left = mode > 0.42
    x, y = (0.04, 0.93) if left else (0.96, 0.74)
    texts = [f"D_{{{name[1:]}}} {result.quantities[name].number} µm" for name in _PARTS]
    align: Literal["left", "right"] = "left" if left else "right"
    return [Text(x=x, y=y - 0.085 * n, text=text, fraction=True, align=align) for n, text in enumerate(texts)]


def _range(result: ParticleSize) -> tuple[float, float]:
    """Decades that hold the distribution."""
    there = np.flatnonzero(result.share > 1e-3 * result.share.max())
    low, high = result.edges[there[0]], result.edges[there[-1] + 1]
    return float(10.0 ** np.floor(np.log10(low))), float(10.0 ** np.ceil(np.log10(high)))


def sizes(results: Sequence[ParticleSize]) -> Table:
    """Percentiles, span and means, a row a sample."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="d10", label="D_{10}", unit="µm"),
        Column(key="d50", label="D_{50}", unit="µm"),
        Column(key="d90", label="D_{90}", unit="µm"),
        Column(key="span", label="Span"),
        Column(key="d43", label="D[4,3]", unit="µm"),
        Column(key="d32", label="D[3,2]", unit="µm"),
    )
    rows = [(Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results]
    kinds = sorted({result.basis for result in results})
    notes = (f"By {' and '.join(kinds)}; span = (D_{{90}} − D_{{10}})/D_{{50}}.",)
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))
