"""Apply a figure's look: the page, the letters, then each panel with what holds for all panels and for itself."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.looks.combine import combined, panel_part
from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.render.boxes import Size
from halfcell.render.labels import LETTERS
from halfcell.render.looks.panel import looked_panel

if TYPE_CHECKING:
    from halfcell.core.figure import Figure

_WIDTHS = (90.0, 140.0, 180.0)  # of figures as techniques make them: one, one and a half, two columns


def looked(figure: Figure) -> Figure:
    """Return the figure as its look wants it, without the look; a figure without one gets the defaults.

    Raises
    ------
    InputError
        If the look does not fit the figure: a unit that measures something else than the axis shows.
    """
    look = figure.look or FigureLook()
    columns = max(min(look.columns or figure.columns, len(figure.panels)), 1)
    size = Size(_width(figure, look) / columns, look.panel_height_mm or figure.panel_height_mm)
    solidus = look.units == "solidus"
    looks = zip(figure.panels, panel_looks(figure), strict=True)
    return dataclasses.replace(
        figure,
        panels=tuple(looked_panel(panel, own, size, solidus=solidus) for panel, own in looks),
        width_mm=_width(figure, look),
        columns=columns,
        panel_height_mm=look.panel_height_mm or figure.panel_height_mm,
        letters=figure.letters and look.letters != "none",
        letter_style=look.letters or figure.letter_style,
        look=FigureLook(font=look.font, text_pt=look.text_pt, frame_pt=look.frame_pt),
    )


def panel_looks(figure: Figure) -> tuple[PanelLook, ...]:
    """Return what a figure's look says of each panel: what holds for all of them, then what holds for this one."""
    look, found = figure.look or FigureLook(), []
    for index in range(len(figure.panels)):
        own = look.panel.get(LETTERS[index % 26], PanelLook())
        if index < len(look.titles):
            own = combined(PanelLook(title=look.titles[index]), own)
        if index < len(look.heights):
            own = combined(PanelLook(height=look.heights[index]), own)
        found.append(combined(panel_part(look), own))
    return tuple(found)


def _width(figure: Figure, look: FigureLook) -> float:
    """Return the width of the figure: its own, else the journal's width in place of 90, 140 or 180 mm."""
    if look.width_mm:
        return look.width_mm
    if look.widths_mm and figure.width_mm in _WIDTHS:
        return look.widths_mm[_WIDTHS.index(figure.width_mm)]
    return figure.width_mm
