"""Render: the only code that draws, on paper (matplotlib) and on screen (plotly)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.figure import Figure
    from halfcell.core.json_values import JsonObject


def print_figure(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Write ``stem.svg``, ``stem.pdf``, ``stem.png`` (600 dpi) and the data behind the figure as ``stem.csv``.

    The same figure gives the same bytes. Quantitative maps get a matrix of their own, ``stem-a-map.csv``.

    Returns
    -------
    tuple of Path
        What was written, in the order above.
    """
    from halfcell.render import figure_data
    from halfcell.render.paper import files

    return (*files.write(figure, stem), *figure_data.write(figure, stem))


def screen_figure(figure: Figure) -> JsonObject:
    """Return the figure as plotly reads it: ``{"data": [...], "layout": {...}, "config": {...}}``, plain JSON values.

    Long series are thinned to what a screen can show (`render.thinning`); the CSV beside the figure has them whole.
    """
    from halfcell.render.screen.figure import draw_figure

    return draw_figure(figure)
