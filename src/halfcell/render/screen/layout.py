"""Place the panels on the screen: their boxes in the picture, with space for numbers, titles and legends."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from halfcell.render.boxes import Rectangle, Size
from halfcell.render.figure_size import row_ratios, size_mm
from halfcell.render.phase_rows import strip_height
from halfcell.render.ranges import has_image, ranges, widened_for_text
from halfcell.render.screen.axes import height_of_turned_names, width_left, width_right
from halfcell.render.screen.image import colour_bar_width
from halfcell.render.screen.legend import height_above, width_beside, with_space_for_legend
from halfcell.render.screen.phase_ticks import names_width
from halfcell.render.screen.placed_panel import PlacedPanel
from halfcell.render.screen.theme import PX_PER_MM

if TYPE_CHECKING:
    from halfcell.core.figure import Box, Figure, Panel
    from halfcell.render.ranges import PanelRanges

_TOP: Final = 22.0  # pixels above a panel
_BOTTOM: Final = 44.0  # below one with numbers and a title
_EDGE: Final = 10.0  # below one without
_SEAM: Final = 8.0  # above one that shares x with the panel over it: their numbers do not touch
_FOOT: Final = 12.0  # for the words "simulated data"


def picture_size(figure: Figure) -> Size:
    """Return the size of the whole figure in pixels."""
    width, height = size_mm(figure)
    return Size(width * PX_PER_MM, height * PX_PER_MM + (_FOOT if figure.simulated else 0.0))


def is_bottom(figure: Figure, index: int) -> bool:
    """Whether a panel has numbers and a title along x: only the lowest ones of panels that share x."""
    return not figure.share_x or index + figure.columns >= len(figure.panels)


def place_panel(figure: Figure, index: int, size: Size) -> PlacedPanel:
    """Place a panel in its cell of the grid, less the margins for numbers, titles and what is beside the panel."""
    panel = figure.panels[index]
    cell, found = _cell(figure, index, size), ranges(panel)
    left, right = _sides(figure, index)
    foot = _foot(panel) if is_bottom(figure, index) else 0.0
    head = _TOP if not figure.share_x or index < figure.columns else _SEAM
    inside = Size(cell.width - left - right, cell.height - head - foot)
    strip = strip_height(panel)
    data = Size(inside.width, inside.height * (1 - strip))
    found = with_space_for_legend(panel, found, data)
    above = height_above(panel, found, data)
    if panel.x.hidden and panel.y.hidden:
        found = widened_for_text(panel, found, inside)
    box = Rectangle(cell.left + left, cell.bottom + foot, inside.width, inside.height - above)
    box = _shrunk(panel, found, box)
    return PlacedPanel(panel=panel, number=index + 1, ranges=found, box=box, size=size, strip=strip, above=above)


def _sides(figure: Figure, index: int) -> tuple[float, float]:
    """Return the widths left and right of a panel; panels that share x have the same ones, those of the broadest."""
    alike = figure.panels[index % figure.columns :: figure.columns] if figure.share_x else [figure.panels[index]]
    sides = [_own_sides(panel) for panel in alike]
    return max(left for left, _ in sides), max(right for _, right in sides)


def _own_sides(panel: Panel) -> tuple[float, float]:
    """Return the widths of numbers and titles left of a panel, and of these and what is beside it on its right."""
    found = ranges(panel)
    beside = width_beside(panel) + (names_width(panel) + colour_bar_width(panel))
    return width_left(panel, found), width_right(panel, found) + beside


def _cell(figure: Figure, index: int, size: Size) -> Rectangle:
    """Return a cell of the grid."""
    row, column = divmod(index, figure.columns)
    unit, ratios = figure.panel_height_mm * PX_PER_MM, row_ratios(figure)
    width = size.width / figure.columns
    return Rectangle(column * width, size.height - sum(ratios[: row + 1]) * unit, width, ratios[row] * unit)


def _foot(panel: Panel) -> float:
    return _EDGE if panel.x.hidden else _BOTTOM + height_of_turned_names(panel)


def _shrunk(panel: Panel, found: PanelRanges, box: Rectangle) -> Rectangle:
    """Return a box with the proportions of its image, in the middle of the given one."""
    if not panel.equal or not has_image(panel):
        return box
    ratio = (found.left.high - found.left.low) / (found.x.high - found.x.low)
    fits = box.width * ratio > box.height
    width, height = (box.height / ratio, box.height) if fits else (box.width, box.width * ratio)
    return Rectangle(box.left + (box.width - width) / 2, box.bottom + (box.height - height) / 2, width, height)


def place_inset(placed: PlacedPanel, inset: Panel, at: Box, number: int) -> PlacedPanel:
    """Place a small panel inside another one."""
    left, bottom, width, height = at
    outer = placed.box
    box = Rectangle(
        outer.left + left * outer.width,
        outer.bottom + bottom * outer.height,
        width * outer.width,
        height * outer.height,
    )
    return dataclasses.replace(
        placed,
        panel=inset,
        number=number,
        ranges=ranges(inset),
        box=box,
        above=0.0,
        small=True,
        strip=strip_height(inset),
    )
