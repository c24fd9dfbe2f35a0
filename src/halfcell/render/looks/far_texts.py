"""Leave out texts and arrows that stand far beyond the axes: they would lie over other panels or off the page."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Arrow, Span, Text
from halfcell.render.ranges import ranges

if TYPE_CHECKING:
    from halfcell.core.figure import Layer, Panel
    from halfcell.core.looks.records import AxesLook
    from halfcell.render.ranges import Range

MARGIN: Final = 0.15  # of an axis, beyond its ends: a text beside the frame is drawn, one farther away is not


def without_far_texts(panel: Panel, look: AxesLook, margin: float = MARGIN) -> Panel:
    """Return a panel without the texts and arrows that stand beyond its axes by more than a margin.

    Parameters
    ----------
    panel
        The panel.
    look
        What its author wants of its axes; only those with limits of the author's are looked at without a margin.
    margin
        How far beyond an axis they may stand, as a fraction of it; 0 for what the analysis names, such as a peak that
        the author's limits leave out.
    """
    spans = ranges(panel)
    sides = [("x", spans.x, look.x), ("y", spans.left, look.y)]
    sides = [side for side in sides if margin or side[2].limits is not None]
    kept = tuple(
        layer
        for layer in panel.layers
        if not isinstance(layer, Text | Arrow)
        or not any(is_beyond(layer, name, span, margin) for name, span, _ in sides)
    )
    return dataclasses.replace(panel, layers=kept) if len(kept) < len(panel.layers) else panel


def is_beyond(layer: Layer, name: str, span: Range, margin: float = MARGIN) -> bool:
    """Whether a text, an arrow or a range stands beyond an axis (``x`` or ``y``), and cannot be drawn."""
    places = places_along(layer, name)
    if not places:
        return False
    parts = span.fraction(np.array(places))
    if not np.isfinite(parts).any():
        return True
    margin = 0.0 if isinstance(layer, Span) else margin
    return not (np.nanmax(parts) >= -margin and np.nanmin(parts) <= 1 + margin)


def places_along(layer: Layer, name: str) -> tuple[float, ...]:
    """Return where a layer stands along an axis; nothing if it may stand anywhere."""
    match layer:
        case Text():
            return (layer.x if name == "x" else layer.y,) if not layer.fraction else ()
        case Arrow():
            return (layer.x0, layer.x1) if name == "x" else (layer.y0, layer.y1)
        case Span():
            return (layer.start, layer.stop) if layer.axis == name else ()
    return ()
