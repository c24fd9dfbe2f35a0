"""Where the ink of a panel on paper is: its data, its words, its inset, its strip of ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Points
from halfcell.render import placement as ink
from halfcell.render.paper import phase_ticks as _paper_strip

if TYPE_CHECKING:
    from halfcell.render.paper.axes import Pane
    from halfcell.render.placement import Array, Box


def occupied(pane: Pane) -> tuple[Array, list[Box]]:
    """Where ink is: points along all layers, and boxes of words and insets, in parts of the panel."""
    clouds = [np.empty((2, 0))]
    for layer in pane.panel.layers:
        side = pane.right if pane.right is not None and getattr(layer, "side", "left") == "right" else pane.axes
        cloud = ink.outline(layer)
        if cloud is not None:
            shown = side.transAxes.inverted().transform(side.transData.transform(cloud.T)).T
            clouds.append(ink.dense(shown) if not isinstance(layer, Points) or layer.joined else shown)
    written = [*pane.axes.texts, *(pane.right.texts if pane.right else ())]
    boxes = [_part(text.get_window_extent(), pane) for text in written]
    if pane.inset:
        boxes.append(_part(pane.inset.axes.get_tightbbox(), pane))
    strip = _paper_strip.part(pane.panel)
    return np.concatenate(clouds, axis=1), [*boxes, *([(0.0, 0.0, 1.0, strip)] if strip else [])]


def _part(extent: Any, pane: Pane) -> Box:
    """An extent in pixels as a box in parts of the panel."""
    box = extent.transformed(pane.axes.transAxes.inverted())
    return box.x0, box.y0, box.x1, box.y1
