"""Save a figure as SVG with live text, PDF with embedded fonts and 600 dpi PNG, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from halfcell.core.files import write_aside
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


def write(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Draw once and save as SVG, PDF and PNG beside each other; matplotlib's settings are left as they were."""
    import matplotlib as mpl

    with mpl.rc_context(theme.settings()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
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
