"""Draw on paper the colour bar of many curves, and the strokes across a broken axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.render import style
from halfcell.render.labels import bar_title
from halfcell.render.paper import text, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from halfcell.core.figure import ColourBar, Panel


def draw_colour_bar(wanted: ColourBar, axes: Axes) -> None:
    """Draw the bar to the right of a panel; whole numbers at its ticks."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize
    from matplotlib.ticker import MaxNLocator

    shades = LinearSegmentedColormap.from_list("curves", list(wanted.colours))
    scale = ScalarMappable(Normalize(wanted.low, wanted.high), shades)
    bar = axes.figure.colorbar(scale, ax=axes, fraction=0.05, pad=0.02, aspect=22)
    whole = float(wanted.low).is_integer() and float(wanted.high).is_integer()
    bar.ax.yaxis.set_major_locator(MaxNLocator(5, integer=whole))
    bar.set_label(text.from_markup(bar_title(wanted.label)), fontsize=theme.points(style.SMALL_PT + 0.5), labelpad=2)
    bar.ax.tick_params(labelsize=theme.points(style.SMALL_PT), width=0.5, length=2)
    bar.outline.set_linewidth(0.5)


def draw_gaps(panel: Panel, axes: Axes) -> None:
    """Cut the frame at the gap of a broken axis and draw a short slanted stroke at each side of it."""
    from matplotlib.lines import Line2D

    for gap, upright in ((panel.x_gap, False), (panel.y_gap, True)):
        transform = axes.get_yaxis_transform() if upright else axes.get_xaxis_transform()
        slant = [(-1, -0.5), (1, 0.5)] if upright else [(-0.5, -1), (0.5, 1)]
        for edge in (0, 1) if gap else ():
            ends = ((edge, edge), gap) if upright else (gap, (edge, edge))
            white = Line2D(*ends, color="white", linewidth=1.4)
            strokes = Line2D(*ends, linestyle="none", marker=slant, markersize=5, color="black", mew=0.6)
            for line in (white, strokes):
                line.set(transform=transform, clip_on=False, zorder=2.6 if line is white else 2.7)
                axes.add_artist(line)
