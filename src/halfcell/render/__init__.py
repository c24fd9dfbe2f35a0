"""Render: the only code that draws, on paper (matplotlib) and on screen (plotly)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure as Canvas

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


def matplotlib_figure(figure: Figure) -> Canvas:
    """Return the figure as drawn by matplotlib, to change it further; it knows no pyplot and is not shown by itself.

    Matplotlib chooses the number of ticks when it draws, by the size of their text in the settings of that moment. The
    size is therefore kept in the axes: saved with other settings, the figure has the ticks that its margins are for.
    """
    import matplotlib as mpl

    from halfcell.render.paper import theme
    from halfcell.render.paper.figure import draw_figure

    with mpl.rc_context(theme.settings(figure.look)):
        canvas = draw_figure(figure)
        for axis in (axis for axes in canvas.axes for axis in (axes.xaxis, axes.yaxis)):
            axis.set_tick_params(which="both", labelsize=mpl.rcParams[f"{axis.axis_name}tick.labelsize"])
        return canvas


def interactive_page(figure: Figure, title: str) -> str:
    """Return one HTML page with the interactive figure, which needs no network."""
    import json
    from html import escape

    from halfcell.render.offline_page import plotly_script

    plot = json.dumps(screen_figure(figure), ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body style="margin:0;background:#fff"><div id="plot"></div><script>{plotly_script()}</script>'
        f'<script>const plot = {plot}; Plotly.newPlot("plot", plot.data, plot.layout, plot.config);</script>'
        "</body></html>"
    )
