"""The set-up of a nanoindentation test as a labelled drawing: transducer, tip, particle, mount and stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Layer, Panel, Shape, Text
from halfcell.core.markup import formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.indentation.result import IndentationResult

_STEEL, _RESIN, _DIAMOND, _BODY, _PARTICLE = "#b8bec6", "#f0e3c4", "#cfe8f3", "#8f98a3", "#5b5b66"


def schematic(results: Sequence[IndentationResult]) -> Figure:
    """One drawing for the first sample: not to scale; load and depth are those of its tests."""
    first = results[0] if results else None
    panel = Panel(
        x=Axis(low=-6.2, high=8.2, hidden=True),
        y=Axis(low=-3.4, high=8.6, hidden=True),
        layers=(*_frame(), *_tip(), *_sample(), *_labels(first), *_close_up(first)),
        equal=True,
        legend="none",
    )
    simulated = first is not None and first.simulated
    return Figure(panels=(panel,), width_mm=140, panel_height_mm=105.0, letters=False, simulated=simulated)


def _box(left: float, bottom: float, width: float, height: float, fill: str, hatch: Literal["", "dots"] = "") -> Shape:
    x = np.array([left, left + width, left + width, left, left])
    y = np.array([bottom, bottom, bottom + height, bottom + height, bottom])
    return Shape(x=x, y=y, fill=fill, hatch=hatch)


def _frame() -> list[Layer]:
    """Stage, column and cross-head of the instrument."""
    return [
        _box(-4.6, -3.0, 7.4, 0.7, _STEEL),
        _box(-4.6, -2.3, 0.7, 10.3, _STEEL),
        _box(-4.6, 7.3, 6.2, 0.7, _STEEL),
    ]


def _tip() -> list[Layer]:
    """Transducer, shaft and diamond."""
    point = np.array([-0.45, 0.45, 0.0, -0.45])
    return [
        _box(-1.3, 5.4, 2.6, 1.9, _BODY),
        _box(-0.16, 3.0, 0.32, 2.4, _STEEL),
        _box(-0.45, 2.6, 0.9, 0.4, _STEEL),
        Shape(x=point, y=np.array([2.6, 2.6, 1.75, 2.6]), fill=_DIAMOND),
        Arrow(x0=-2.1, y0=5.2, x1=-2.1, y1=3.4, text=""),
        Text(x=-2.35, y=4.2, text="load P", align="right"),
    ]


def _sample() -> list[Layer]:
    """Mount with particles, one of them under the tip."""
    layers: list[Layer] = [_box(-2.6, -2.3, 5.2, 1.0, _STEEL), _box(-2.3, -1.3, 4.6, 2.1, _RESIN, "dots")]
    for centre, height, radius in ((0.0, 0.95, 0.8), (-1.55, 0.45, 0.5), (1.5, 0.5, 0.55)):
        angle = np.linspace(0.0, 2.0 * np.pi, 60)
        wobble = radius * (1.0 + 0.05 * np.sin(5.0 * angle + centre))
        layers.append(Shape(x=centre + wobble * np.cos(angle), y=height + wobble * np.sin(angle), fill=_PARTICLE))
    return layers


def _labels(result: IndentationResult | None) -> list[Layer]:
    """Names of the parts, each with a line to it."""
    particle = f"{formula(result.label)} particle" if result is not None and result.label else "particle"
    names = (
        ("load and depth transducer", 1.3, 6.3),
        ("diamond tip (Berkovich)", 0.45, 2.45),
        (particle, 0.6, 1.42),
        ("mount", 2.3, -0.4),
        ("holder", 2.6, -1.8),
        ("stage (x, y, z)", 2.8, -2.65),
    )
    layers: list[Layer] = []
    for text, x, y in names:
        layers.append(Arrow(x0=3.1, y0=y, x1=x, y1=y, head=False))
        layers.append(Text(x=3.2, y=y, text=text))
    return layers


def _close_up(result: IndentationResult | None) -> list[Layer]:
    """What the tests of the sample were: peak load, depth, number."""
    if result is None or "peak_load" not in result.quantities:
        return []
    load, depth = result.quantities["peak_load"], result.quantities["peak_depth"]
    count = len(result.tests)
    lines = [
        f"P_{{max}} = {load.value:.3g} mN",
        f"h_{{max}} = {depth.value:.3g} nm",
        f"n = {count}",
        "not to scale",
    ]
    return [Text(x=4.4, y=4.9 - 0.62 * row, text=text) for row, text in enumerate(lines)]
