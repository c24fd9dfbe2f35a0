"""Find what a panel on the screen already shows: its data, its texts, its inset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Points, Text
from halfcell.render.boxes import Box
from halfcell.render.insets import insets
from halfcell.render.outlines import densified, outline
from halfcell.render.placement import Occupied

if TYPE_CHECKING:
    from halfcell.core.figure import Panel
    from halfcell.render.boxes import Size
    from halfcell.render.ranges import PanelRanges

_AROUND_INSET = 0.12  # for the numbers and titles of an inset, as a fraction of the panel


def occupied(panel: Panel, ranges: PanelRanges, size: Size) -> Occupied:
    """Return points along all layers, and boxes of texts and inset, in fractions of a panel of `size` pixels."""
    clouds, boxes = [np.empty((2, 0))], []
    for layer in panel.layers:
        points = outline(layer)
        if points is not None:
            shown = np.array([ranges.x.fraction(points[0]), ranges.y_of(layer).fraction(points[1])])
            if panel.x.reverse:
                shown[0] = 1 - shown[0]
            clouds.append(shown if isinstance(layer, Points) and not layer.joined else densified(shown))
        elif isinstance(layer, Text) and layer.fraction:
            boxes.append(_text_box(layer, size))
    for _, (left, bottom, width, height) in insets(panel):
        boxes.append(Box(left - _AROUND_INSET, bottom - _AROUND_INSET, left + width, bottom + height))
    return Occupied(np.concatenate(clouds, axis=1), tuple(boxes))


def _text_box(layer: Text, size: Size) -> Box:
    """Estimate the box of a text from its number of letters."""
    width, height = 6.6 * len(layer.text) / size.width, 14 / size.height
    left = layer.x - {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align] * width
    return Box(left, layer.y - height / 2, left + width, layer.y + height / 2)
