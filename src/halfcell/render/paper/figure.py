"""Draw a whole figure on paper: its panels, their letters, the words "simulated data"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.render import style
from halfcell.render.drawable import drawable
from halfcell.render.figure_size import row_ratios, size_mm
from halfcell.render.labels import letter
from halfcell.render.paper import layout, theme
from halfcell.render.paper.axes import fit_titles
from halfcell.render.paper.panel import draw_panel, finish_panel
from halfcell.render.paper.theme import MM

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

    from halfcell.core.figure import Figure
    from halfcell.render.paper.placed_panel import PlacedPanel


def draw_figure(figure: Figure) -> Canvas:
    """Draw on a fresh matplotlib Figure (Agg, no pyplot); call within the settings of `theme.settings`.

    The layout is solved twice, without and with what depends on the first solution (legends, turned tick texts), and
    then frozen, so that all formats agree.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    figure = drawable(figure)
    width, height = size_mm(figure)
    canvas = Canvas(figsize=(width * MM, height * MM), layout=layout.engine(figure))
    FigureCanvasAgg(canvas)
    panels = _draw_panels(canvas, figure)
    layout.solve(canvas)
    for placed in [*(inset for outer in panels for inset in outer.insets), *panels]:
        finish_panel(placed)
    layout.solve(canvas)
    for placed in panels:
        fit_titles(placed)  # once more: legends above panels have made them lower
    layout.freeze(canvas)
    _mark_simulated(canvas, figure)
    _letter_panels(canvas, figure, panels)
    return canvas


def _draw_panels(canvas: Canvas, figure: Figure) -> tuple[PlacedPanel, ...]:
    """Draw all panels of a figure in its grid."""
    ratios = row_ratios(figure)
    grid = canvas.add_gridspec(len(ratios), figure.columns, height_ratios=ratios)
    drawn: list[PlacedPanel] = []
    for index, panel in enumerate(figure.panels):
        row, column = divmod(index, figure.columns)
        above = drawn[column].axes if figure.share_x and row else None
        axes = canvas.add_subplot(grid[row, column], sharex=above)
        last = index + figure.columns >= len(figure.panels)
        drawn.append(draw_panel(panel, axes, bottom=last or not figure.share_x))
        if figure.letters and len(figure.panels) > 1 and (not row or not figure.share_x):
            axes.set_title(" ", loc="left", fontsize=theme.points(style.LETTER_PT))  # keeps space for the letter
    return tuple(drawn)


def _mark_simulated(canvas: Canvas, figure: Figure) -> None:
    """Say in the lower right corner that the data are simulated."""
    if figure.simulated:
        canvas.text(
            0.998, 0.003, "simulated data", fontsize=5, color=style.GREY, style="italic", ha="right", va="bottom"
        )


def _letter_panels(canvas: Canvas, figure: Figure, panels: tuple[PlacedPanel, ...]) -> None:
    """Write the panels' letters at the left edge of each column, in one line over the panels of a row."""
    if not figure.letters or len(panels) < 2:
        return
    edges = [_left_edge(placed) for placed in panels]
    for index in range(len(panels)):
        left = min(edges[index % figure.columns :: figure.columns])
        row = index // figure.columns * figure.columns
        top = max(other.axes.get_window_extent().y1 for other in panels[row : row + figure.columns])
        x, y = canvas.transFigure.inverted().transform((left, top))
        va = "top" if figure.share_x and index >= figure.columns else "bottom"
        shown = letter(index, figure.letter_style)
        size = theme.points(style.LETTER_PT)
        canvas.text(max(x, 0.002), y, shown, fontsize=size, fontweight="bold", ha="left", va=va)


def _left_edge(placed: PlacedPanel) -> float:
    """Return the left edge in pixels of a panel with its numbers and titles."""
    extent = placed.axes.get_tightbbox() or placed.axes.get_window_extent()
    return float(extent.x0)
