"""Pictures and maps on paper: grey or colour, a colour bar, a scale bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.render import labels as words
from halfcell.render import style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.figure import Image

MAPS: Final = {"grey": "gray", "viridis": "viridis", "magma": "magma", "none": "gray"}
LARGEST: Final = 1600  # pixels along an edge: 600 dpi over 68 mm


def put(layer: Image, axes: Any) -> None:
    """Draw the picture with its bars."""
    values = smaller(layer.values, LARGEST)
    drawn = axes.imshow(
        values,
        extent=layer.extent,
        origin="upper",
        aspect="auto",
        cmap=MAPS[layer.palette],
        vmin=layer.low,
        vmax=layer.high,
        interpolation="none",
        zorder=1.0,
    )
    if layer.bar_label:
        _colour_bar(layer, axes, drawn)
    if layer.scale_bar:
        _scale_bar(layer, axes)


def smaller(values: NDArray[Any], largest: int) -> NDArray[Any]:
    """Means over whole blocks of pixels, so that no edge is longer than `largest`."""
    step = -(-max(values.shape[:2]) // largest)
    if step <= 1:
        return values
    rows, columns = values.shape[0] // step * step, values.shape[1] // step * step
    blocks = values[:rows, :columns].reshape(rows // step, step, columns // step, step, *values.shape[2:])
    return np.asarray(blocks.mean(axis=(1, 3), dtype=float))


def _colour_bar(layer: Image, axes: Any, drawn: Any) -> None:
    bar = axes.figure.colorbar(drawn, ax=axes, fraction=0.05, pad=0.02, aspect=22)
    bar.set_label(words.print_text(words.raised(layer.bar_label)), fontsize=style.SMALL_PT + 0.5, labelpad=2)
    bar.ax.tick_params(labelsize=style.SMALL_PT, width=0.5, length=2)
    bar.outline.set_linewidth(0.5)


def _scale_bar(layer: Image, axes: Any) -> None:
    """A white bar with its length on a dark patch, in the lower left corner of the picture."""
    from matplotlib.font_manager import FontProperties
    from mpl_toolkits.axes_grid1.anchored_artists import AnchoredSizeBar

    length, text = layer.scale_bar or (0.0, "")
    thick = 0.012 * abs(layer.extent[3] - layer.extent[2])
    bar = AnchoredSizeBar(
        axes.transData,
        length,
        words.print_text(text),
        loc="lower left",
        pad=0.35,
        borderpad=0.5,
        sep=1.5,
        color="white",
        size_vertical=thick,
        label_top=True,
        fontproperties=FontProperties(size=style.SMALL_PT, weight="bold"),
    )
    bar.patch.set(facecolor="black", alpha=0.55, linewidth=0)
    bar.set_zorder(2.8)
    axes.add_artist(bar)
