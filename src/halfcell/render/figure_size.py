"""Compute the size of a printed figure and of its rows of panels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.figure import Figure


def size_mm(figure: Figure) -> tuple[float, float]:
    """Return width and height of the printed figure; a row is as high as its highest panel."""
    return figure.width_mm, sum(row_ratios(figure)) * figure.panel_height_mm


def row_ratios(figure: Figure) -> list[float]:
    """Return the height of each row of panels relative to `panel_height_mm`."""
    rows = math.ceil(len(figure.panels) / figure.columns)
    cut = [figure.panels[row * figure.columns : (row + 1) * figure.columns] for row in range(rows)]
    return [max(panel.height_ratio for panel in panels) for panels in cut]
