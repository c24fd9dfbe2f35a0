"""Apply a look to one panel: units and axes, series, title, legend, inset, annotations."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from halfcell.core.figure import Arrow, Axis, Span, Text, Ticks
from halfcell.core.looks.records import AxesLook
from halfcell.render.looks.axes import looked_axes
from halfcell.render.looks.breaks import break_axes
from halfcell.render.looks.far_texts import without_far_texts
from halfcell.render.looks.free_values import free_values
from halfcell.render.looks.gradient import with_gradient
from halfcell.render.looks.overlaps import with_dashes
from halfcell.render.looks.series import looked_series, names_of_series
from halfcell.render.style import TEXT_PT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Layer, Panel
    from halfcell.core.looks.records import Annotation, InsetLook, PanelLook
    from halfcell.render.boxes import Size

_CORNERS = ("upper left", "upper right", "lower left", "lower right")


def looked_panel(panel: Panel, look: PanelLook, size_mm: Size, *, solidus: bool) -> Panel:
    """Return a panel as its look wants it; `size_mm` is its size in the figure."""
    if isinstance(look.colours, Mapping) and not names_of_series(panel) & set(look.colours):
        look = dataclasses.replace(look, colours=())  # of series of other panels: dashes and colour bars stay here
    panel = looked_series(with_gradient(with_dashes(panel, look), look), look)
    panel = looked_axes(panel, look.axes, solidus=solidus)
    panel = without_far_texts(panel, look.axes, margin=0.0)
    if look.values is False:
        panel = dataclasses.replace(panel, layers=tuple(layer for layer in panel.layers if not _is_value(layer)))
    panel = dataclasses.replace(
        panel,
        title=panel.title if look.title is None else look.title,
        legend=look.legend.place or panel.legend,
        legend_columns=look.legend.columns or panel.legend_columns,
        height_ratio=look.height or panel.height_ratio,
    )
    if look.inset:
        small = tuple((_inset(panel, one), one.box) for one in look.inset)
        panel = dataclasses.replace(panel, more_insets=(*panel.more_insets, *small))
        if look.legend.place is None and panel.legend in _CORNERS:  # the technique did not know of the inset
            panel = dataclasses.replace(panel, legend="best")
    drawn = tuple(layer for annotation in look.annotations for layer in annotation_layers(annotation))
    panel = break_axes(dataclasses.replace(panel, layers=(*panel.layers, *drawn)), look.axes)
    if look.annotations or look.axes != AxesLook():
        panel = without_far_texts(panel, look.axes)
    return free_values(panel, size_mm) if look.inset else panel


def _is_value(layer: Layer) -> bool:
    """Whether a layer is a number that the analysis writes into the panel."""
    return isinstance(layer, Text) and any(sign.isdigit() for sign in layer.text)


def _inset(panel: Panel, look: InsetLook) -> Panel:
    """Return a part of the panel, to be drawn again inside it."""
    x, y = _cut(panel.x, look.x), _cut(panel.y, look.y)
    bare = [_unnamed(layer) for layer in panel.layers if not isinstance(layer, Text | Arrow) and _side(layer) == "left"]
    small = dataclasses.replace(panel, x=x, y=y, right=None, layers=tuple(bare), title="", legend="none")
    return dataclasses.replace(small, inset=None, more_insets=(), colour_bar=None)


def _unnamed(layer: Layer) -> Layer:
    """Return a layer for an inset: a row of ticks has its name beside the panel."""
    return dataclasses.replace(layer, label="") if isinstance(layer, Ticks | Span) else layer


def _cut(axis: Axis, limits: tuple[float, float] | None) -> Axis:
    low, high = limits or (None, None)
    return dataclasses.replace(axis, label="", unit="", low=low, high=high, tick_step=None)


def _side(layer: Layer) -> str:
    return getattr(layer, "side", "left")


def annotation_layers(look: Annotation) -> Iterator[Layer]:
    """Yield the layers of one annotation."""
    size = look.size or TEXT_PT - 0.5
    if look.arrow is not None:
        x0, y0, x1, y1 = look.arrow
        yield Arrow(x0=x0, y0=y0, x1=x1, y1=y1, text=look.text, colour=look.colour)
    elif look.at is not None:
        x, y = look.at
        yield Text(x=x, y=y, text=look.text, fraction=look.fraction, align=look.align, colour=look.colour, size_pt=size)
    dash = "dash" if look.line == "none" else look.line
    for axis, value in (("x", look.x), ("y", look.y)):
        if value is not None:
            start, stop = value if isinstance(value, tuple) else (value, value)
            text = look.text if look.at is None and look.arrow is None else ""
            yield Span(
                start=start, stop=stop, axis="x" if axis == "x" else "y", label=text, colour=look.colour, dash=dash
            )
