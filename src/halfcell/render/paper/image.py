"""Draw an image on paper: its pixels, a colour bar, a scale bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render import style
from halfcell.render.images import COLOUR_MAPS, averaged, patch_colour
from halfcell.render.labels import bar_title
from halfcell.render.paper import text, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

    from halfcell.core.figure import Image

_LONGEST_EDGE: Final = 1600  # pixels: 600 dpi over 68 mm


def draw_image(layer: Image, axes: Axes) -> None:
    """Draw the image with its bars."""
    drawn = axes.imshow(
        averaged(layer.values, _LONGEST_EDGE),
        extent=layer.extent,
        origin="upper",
        aspect="auto",
        cmap=COLOUR_MAPS[layer.palette],
        vmin=layer.low,
        vmax=layer.high,
        interpolation="none",
        zorder=1.0,
    )
    if layer.bar_label:
        _draw_colour_bar(layer, axes, drawn)
    if layer.scale_bar:
        _draw_scale_bar(layer, axes)


def _draw_colour_bar(layer: Image, axes: Axes, drawn: AxesImage) -> None:
    bar = axes.figure.colorbar(drawn, ax=axes, fraction=0.05, pad=0.02, aspect=22)
    bar.set_label(text.from_markup(bar_title(layer.bar_label)), fontsize=theme.points(style.SMALL_PT + 0.5), labelpad=2)
    bar.ax.tick_params(labelsize=theme.points(style.SMALL_PT), width=0.5, length=2)
    bar.outline.set_linewidth(0.5)


def _draw_scale_bar(layer: Image, axes: Axes) -> None:
    """Draw a bar with its length in a corner of the image, on a patch that is dark behind a bright bar."""
    from matplotlib.font_manager import FontProperties
    from mpl_toolkits.axes_grid1.anchored_artists import AnchoredSizeBar

    length, label = layer.scale_bar or (0.0, "")
    bar = AnchoredSizeBar(
        axes.transData,
        length,
        text.from_markup(label),
        loc=layer.bar_look[0],
        pad=0.35,
        borderpad=0.5,
        sep=1.5,
        color=layer.bar_look[1],
        size_vertical=0.012 * abs(layer.extent[3] - layer.extent[2]),
        label_top=True,
        fontproperties=FontProperties(size=theme.points(style.SMALL_PT), weight="bold"),
    )
    bar.patch.set(facecolor=patch_colour(layer.bar_look[1]), alpha=0.55, linewidth=0)
    bar.set_zorder(2.8)
    axes.add_artist(bar)
