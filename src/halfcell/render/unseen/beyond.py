"""Find annotations beyond the axes, limits and insets without data, and texts behind an inset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Span
from halfcell.core.markup import plain
from halfcell.render.boxes import Size
from halfcell.render.drawable import drawable
from halfcell.render.insets import insets
from halfcell.render.labels import LETTERS
from halfcell.render.looks.far_texts import is_beyond, places_along
from halfcell.render.looks.figure import panel_looks
from halfcell.render.looks.free_values import hidden_texts
from halfcell.render.looks.panel import annotation_layers
from halfcell.render.outlines import outline
from halfcell.render.ranges import has_image, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Axis, Figure, Panel
    from halfcell.core.looks.records import AxisLook, PanelLook
    from halfcell.render.ranges import Range


def beyond(figure: Figure) -> tuple[str, ...]:
    """Say what of a figure's look lies where nobody sees it.

    Parameters
    ----------
    figure
        The figure with its look.

    Returns
    -------
    tuple of str
        One sentence for each annotation that lies beyond the axes, for each panel or inset whose limits hold no data,
        and for each text that lies behind an inset.
    """
    drawn = drawable(figure)
    size = Size(drawn.width_mm / drawn.columns, drawn.panel_height_mm)
    found: list[str] = []
    for index, (panel, look) in enumerate(zip(drawn.panels, panel_looks(figure), strict=True)):
        where = f"panel {LETTERS[index % 26]}: " if len(drawn.panels) > 1 else ""
        height = Size(size.width, size.height * panel.height_ratio)
        found += [where + text for text in (*_far(panel, look), *_empty(panel), *_hidden(panel, height))]
    return tuple(dict.fromkeys(found))


def _far(panel: Panel, look: PanelLook) -> Iterator[str]:
    """Say which annotations of a look lie beyond an axis, or in a range that it leaves out."""
    spans = ranges(panel)
    for layer in (layer for annotation in look.annotations for layer in annotation_layers(annotation)):
        what = plain(layer.label if isinstance(layer, Span) else getattr(layer, "text", ""))
        said = f"the annotation {what!r}" if what else "an annotation"
        for name, axis, span, wanted in (("x", panel.x, spans.x, look.axes.x), ("y", panel.y, spans.left, look.axes.y)):
            if wanted.broken is None and is_beyond(layer, name, span):
                yield f"{said} lies beyond the {name} axis ({_span(axis, span)}) and is not drawn"
            elif _is_left_out(places_along(layer, name), wanted):
                yield f"{said} lies in the range that the {name} axis leaves out, and is not drawn"


def _is_left_out(places: tuple[float, ...], look: AxisLook) -> bool:
    return look.broken is not None and bool(places) and all(look.broken[0] < at < look.broken[1] for at in places)


def _empty(panel: Panel) -> Iterator[str]:
    """Say whether the limits of a panel, or of one of its insets, hold nothing of its data."""
    for one, where in ((panel, "limits"), *((small, "inset") for small, _ in insets(panel))):
        if _is_empty(one):
            spans = ranges(one)
            yield f"nothing of the data lies within the {where} ({_span(one.x, spans.x)}, {_span(one.y, spans.left)})"


def _hidden(panel: Panel, size: Size) -> Iterator[str]:
    for text in hidden_texts(panel, size):
        yield f"an inset hides the text {plain(text.text)!r}: give the inset another box, or the text another place"


def _is_empty(panel: Panel) -> bool:
    """Whether a panel has data and shows none of them."""
    spans, has_data = ranges(panel), False
    if has_image(panel):
        return False
    for layer in panel.layers:
        points = outline(layer)
        if points is None or not points.size:
            continue
        has_data = True
        if _meets(_parts(spans.x, points[0]), _parts(spans.y_of(layer), points[1])):
            return False
    return has_data


def _parts(span: Range, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return values as fractions of an axis; zero, where bars begin, is below the end of a logarithmic one."""
    parts = span.fraction(values)
    return np.where(np.isfinite(values) & (values <= 0), -np.inf, parts) if span.log else parts


def _meets(across: np.ndarray[Any, Any], up: np.ndarray[Any, Any]) -> bool:
    """Whether a line through points, in fractions of the panel, may enter it: one of its steps overlaps it."""
    if len(across) == 1:
        return bool(0 <= across[0] <= 1 and 0 <= up[0] <= 1)
    inside = np.ones(len(across) - 1, dtype=bool)
    for values in (across, up):
        low, high = np.minimum(values[1:], values[:-1]), np.maximum(values[1:], values[:-1])
        inside &= (low <= 1) & (high >= 0)
    return bool(inside.any())


def _span(axis: Axis, span: Range) -> str:
    """Return the ends of an axis in words: ``Voltage 0 to 2 V``."""
    return f"{plain(axis.label) or 'axis'} {span.low:.4g} to {span.high:.4g} {plain(axis.unit)}".rstrip()
