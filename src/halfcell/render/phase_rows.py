"""Decide how high the strip of phase ticks below the data is, and whether names stand beside its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Ticks

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Panel

ROW_HEIGHT: Final = 0.052  # fraction of the panel
_LONGEST_NAME: Final = 14  # letters; with a longer name all names go to the legend


def tick_rows(panel: Panel) -> list[Ticks]:
    """Return the layers that are rows of phase ticks."""
    return [layer for layer in panel.layers if isinstance(layer, Ticks)]


def strip_height(panel: Panel) -> float:
    """Return the fraction of the panel's height that the rows take; 0 without rows."""
    rows = max((layer.row + 1 for layer in tick_rows(panel)), default=0)
    return rows * ROW_HEIGHT + 0.02 if rows else 0.0


def names_stand_beside(panel: Panel) -> bool:
    """Whether the names of the rows stand to the right of the rows; otherwise they are in the legend."""
    rows = tick_rows(panel)
    once = len({layer.row for layer in rows}) == len(rows)
    return once and panel.right is None and all(len(layer.label) <= _LONGEST_NAME for layer in rows)


def tick_heights(layer: Ticks) -> Array:
    """Return the heights of the ticks of one row: 1 for the highest, and never too short to be seen."""
    heights = np.ones(len(layer.x)) if layer.heights is None else np.asarray(layer.heights, float)
    return np.asarray(np.maximum(heights / max(heights.max(initial=0.0), 1e-300), 0.12))
