"""A cell drawn from its definition: its layers to scale, its casing, pressure, terminals and dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Layer, Line, Panel, Text
from halfcell.study.files.own_content import StackLayer, StackSpec, length
from halfcell.study.items.own.stack_casings import HALF_WIDTH, box, casing
from halfcell.study.items.own.stack_heights import Heights, heights

_FILLS = {
    "collector": "#d9a066",
    "anode": "#5b6470",
    "cathode": "#6b8fb3",
    "separator": "#f2efe4",
    "electrolyte": "#e8d9a8",
    "lithium": "#cfd4da",
    "spacer": "#c9ced6",
    "": "#b8c0cc",
}
_HATCHES: Mapping[str, Literal["", "lines", "dots"]] = {"separator": "lines", "electrolyte": "dots"}
_REACH: Mapping[str, tuple[float, float]] = {  # how far the casing reaches above and below the layers
    "stack": (2.0, 2.0),
    "coin": (21.0, 8.0),
    "pouch": (5.0, 5.0),
    "pressed": (22.0, 22.0),
}
_STEP = 9.0  # between the names of two layers, so that they do not touch


def stack_figure(spec: StackSpec, title: str) -> Figure:
    """The drawing of a cell as a figure of one panel."""
    given = [length(layer.thickness) for layer in spec.layers]
    drawn = heights([None if one is None else one[0] / 1000.0 for one in given])
    top = sum(drawn.drawn)
    layers = (
        *casing(spec, top),
        *_layers(spec.layers, drawn),
        *_names(spec.layers, drawn),
        *_contacts(spec, drawn, top),
        *_scale(drawn, top),
        *_surroundings(spec, top),
    )
    hidden_x, hidden_y = Axis(hidden=True, low=-75.0, high=100.0), Axis(hidden=True, low=-42.0, high=top + 36.0)
    panel = Panel(x=hidden_x, y=hidden_y, layers=layers, title=title, equal=True, legend="none")
    marked = ("* drawn thicker than to scale",) if any(drawn.enlarged) else ()
    notes = marked if drawn.scale else ("Layers are not to scale: a thickness is not given.",)
    return Figure(panels=(panel,), width_mm=90, panel_height_mm=70.0, notes=notes)


def _edges(drawn: Heights) -> list[tuple[float, float]]:
    """Lower and upper edge of each layer; the first layer is the uppermost."""
    total = sum(drawn.drawn)
    tops = [total - above for above in accumulate((0.0, *drawn.drawn[:-1]))]
    return [(top - height, top) for top, height in zip(tops, drawn.drawn, strict=True)]


def _layers(layers: Sequence[StackLayer], drawn: Heights) -> Iterator[Layer]:
    for layer, edges, enlarged in zip(layers, _edges(drawn), drawn.enlarged, strict=True):
        fill, hatch = layer.colour or _FILLS[layer.role], _HATCHES.get(layer.role, "")
        yield box((-HALF_WIDTH, HALF_WIDTH), edges, fill, hatch)
        if enlarged:
            yield from _break(edges)


def _break(edges: tuple[float, float]) -> Iterator[Layer]:
    """Two short slanted strokes at the left edge of a layer that is not to scale."""
    low, high = edges
    for x in (-HALF_WIDTH + 3.0, -HALF_WIDTH + 5.0):
        yield Line(x=np.array([x - 1.0, x + 1.0]), y=np.array([low - 0.8, high + 0.8]), colour=-2, width_pt=0.6)


def _names(layers: Sequence[StackLayer], drawn: Heights) -> Iterator[Layer]:
    """Names and thicknesses at the right, spread so that they do not touch, each with a line to its layer."""
    middles = [(low + high) / 2 for low, high in _edges(drawn)]
    for layer, middle, place, enlarged in zip(layers, middles, _spread(middles), drawn.enlarged, strict=True):
        star = "*" if enlarged else ""
        text = f"{layer.name}, {layer.thickness}{star}" if layer.thickness else layer.name
        yield Arrow(x0=HALF_WIDTH + 16.0, y0=place, x1=HALF_WIDTH - 2.0, y1=middle, head=False)
        yield Text(x=HALF_WIDTH + 17.5, y=place, text=text.replace(" um", " µm"))


def _contacts(spec: StackSpec, drawn: Heights, top: float) -> Iterator[Layer]:
    """The names of the rods and of the die of a press, above and below those of the layers."""
    if spec.form != "pressed":
        return
    places = _spread([(low + high) / 2 for low, high in _edges(drawn)])
    above, below = max(top + 12.0, places[0] + _STEP), min(-9.0, places[-1] - _STEP)
    for text, place, x, y in (
        ("steel rod, contact", above, HALF_WIDTH - 2.0, top + 9.0),
        ("insulating die", below, HALF_WIDTH + 2.5, -8.0),
    ):
        yield Arrow(x0=HALF_WIDTH + 16.0, y0=place, x1=x, y1=y, head=False)
        yield Text(x=HALF_WIDTH + 17.5, y=place, text=text)


def _spread(middles: Sequence[float]) -> list[float]:
    """Places for the names of layers from above, at least a step apart, as near to the layers as that allows."""
    places: list[float] = []
    for middle in middles:
        places.append(min(middle, places[-1] - _STEP) if places else middle)
    shift = (sum(middles) - sum(places)) / len(places)
    return [place + shift for place in places]


def _scale(drawn: Heights, top: float) -> Iterator[Layer]:
    """A scale bar for the thickness at the left, or the words that there is none."""
    bar = drawn.bar()
    if bar is None:
        yield Text(x=-HALF_WIDTH - 14.0, y=top / 2, text="not to scale", align="right")
        return
    height, text = bar
    x, low = -HALF_WIDTH - 16.0, (top - height) / 2
    yield Arrow(x0=x, y0=low, x1=x, y1=low + height, double=True)
    yield Text(x=x - 2.0, y=low + height / 2, text=text, align="right")


def _surroundings(spec: StackSpec, top: float) -> Iterator[Layer]:
    """The diameter below, the pressure and the signs of the terminals."""
    above, below = _REACH[spec.form]
    if spec.diameter:
        foot = -below - (11.0 if spec.positive else 5.0)
        for x0, x1 in ((-3.0, -HALF_WIDTH), (3.0, HALF_WIDTH)):
            yield Arrow(x0=x0, y0=foot, x1=x1, y1=foot)
        for x in (-3.0, 3.0):  # the width is not to scale with the thickness
            yield Line(x=np.array([x - 0.8, x + 0.8]), y=np.array([foot - 2.0, foot + 2.0]), colour=-2, width_pt=0.6)
        yield Text(x=0.0, y=foot - 6.0, text=f"D = {spec.diameter}", align="center")
    if spec.pressure:
        yield Arrow(x0=-14.0, y0=top + above + 10.0, x1=-14.0, y1=top + above)
        yield Text(x=-17.0, y=top + above + 8.0, text=spec.pressure, align="right")
    if spec.positive:
        upper, lower = ("+", "−") if spec.positive == "top" else ("−", "+")
        tabs = spec.form == "pouch"
        places = ((-63.0, top - 2.2), (-63.0, 2.2)) if tabs else ((0.0, top + above + 4.0), (0.0, -below - 4.0))
        for sign, (x, y) in zip((upper, lower), places, strict=True):
            yield Text(x=x, y=y, text=f"({sign})", align="center", bold=True, size_pt=8.0)
