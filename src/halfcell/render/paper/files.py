"""Save a figure as SVG with live text, PDF with embedded fonts and 600 dpi PNG, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from halfcell.core.atomic_files import write_aside
from halfcell.render import style
from halfcell.render.paper import theme
from halfcell.render.paper.figure import draw_figure

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure as Canvas

    from halfcell.core.figure import Figure

_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "svg": {"Date": None, "Creator": "halfcell"},
    "pdf": {"CreationDate": None, "Creator": "halfcell", "Producer": "halfcell"},
    "png": {"Software": "halfcell"},
}
# What matplotlib and numpy say of odd data while a figure is drawn. Nothing is lost by leaving these out: the reader of
# the figure sees the same. Any other warning reaches the user.
_KNOWN_WARNINGS: Final[tuple[tuple[type[Warning], str], ...]] = (
    # Titles and names take all the space of a panel: the figure is drawn with panels of the sizes they had before.
    (UserWarning, "constrained_layout not applied because axes sizes collapsed to zero"),
    # The first layers of a log axis have no positive value; its range is set after the last layer.
    (UserWarning, "Data has no positive values, and therefore cannot be log-scaled"),
    # A letter that the font lacks is drawn as an empty box; programs that show the SVG take it from another font.
    (UserWarning, r"Glyph \d+ \(.*\) missing from font"),
    (UserWarning, "Matplotlib currently does not support .* natively"),
    # A panel has no width or height left, so that its scale is infinite.
    (RuntimeWarning, "invalid value encountered in scalar multiply"),
    # A log axis is so wide that its ends are beyond the largest number.
    (RuntimeWarning, "One of rtol or atol is not valid, atol: inf"),
)


def write(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Draw once and save as SVG, PDF and PNG beside each other; matplotlib's settings are left as they were."""
    import matplotlib as mpl

    with mpl.rc_context(theme.settings(figure.look)), warnings.catch_warnings():
        for category, message in _KNOWN_WARNINGS:
            warnings.filterwarnings("ignore", message, category)
        canvas = draw_figure(figure)
        return tuple(write_aside(stem.with_name(f"{stem.name}.{kind}"), _bytes(canvas, kind)) for kind in _METADATA)


def _bytes(canvas: Canvas, kind: str) -> bytes:
    """Save in one format, straight through its canvas: `savefig` would draw everything a second time for a layout."""
    from matplotlib.backends import backend_agg, backend_pdf, backend_svg

    buffer = io.BytesIO()
    if kind == "svg":
        backend_svg.FigureCanvasSVG(canvas).print_svg(buffer, metadata=_METADATA[kind])
    elif kind == "pdf":
        backend_pdf.FigureCanvasPdf(canvas).print_pdf(buffer, metadata=_METADATA[kind])
    else:
        canvas.set_dpi(theme.DPI)
        backend_agg.FigureCanvasAgg(canvas).print_png(buffer, metadata=_METADATA[kind])
    content = buffer.getvalue()
    return content.replace(f"'{style.FONT}'".encode(), style.FALLBACK.encode()) if kind == "svg" else content
