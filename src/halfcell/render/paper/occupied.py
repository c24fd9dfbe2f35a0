"""Find what a panel on paper already shows: its data, its texts, its inset, its strip of phase ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Points
from halfcell.render.boxes import Box
from halfcell.render.outlines import densified, outline
from halfcell.render.phase_rows import strip_height
from halfcell.render.placement import Occupied

if TYPE_CHECKING:
    from matplotlib.transforms import Bbox

    from halfcell.render.paper.placed_panel import PlacedPanel


def occupied(placed: PlacedPanel) -> Occupied:
    """Return points along all layers, and boxes of texts, inset and strip, in fractions of the panel."""
    clouds = [np.empty((2, 0))]
    for layer in placed.panel.layers:
        points = outline(layer)
        if points is not None:
            axes = placed.axes_of(layer)
            shown = axes.transAxes.inverted().transform(axes.transData.transform(points.T)).T
            clouds.append(densified(shown) if not isinstance(layer, Points) or layer.joined else shown)
    written = [*placed.axes.texts, *(placed.right.texts if placed.right else ())]
    boxes = [_fraction(text.get_window_extent(), placed) for text in written]
    extents = (inset.axes.get_tightbbox() for inset in placed.insets)
    boxes += [_fraction(extent, placed) for extent in extents if extent is not None]
    strip = strip_height(placed.panel)
    if strip:
        boxes.append(Box(0.0, 0.0, 1.0, strip))
    return Occupied(np.concatenate(clouds, axis=1), tuple(boxes))


def _fraction(extent: Bbox, placed: PlacedPanel) -> Box:
    """Convert an extent in pixels to fractions of the panel."""
    box = extent.transformed(placed.axes.transAxes.inverted())
    return Box(box.x0, box.y0, box.x1, box.y1)
