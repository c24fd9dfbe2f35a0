"""Save a figure as SVG with live text, PDF with embedded fonts and 600 dpi PNG, the same bytes every time."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from halfcell.core.atomic_files import write_aside
from halfcell.render import style
from halfcell.render.paper import theme
from halfcell.render.paper.embedded_fonts import without_typesetting_rules
from halfcell.render.paper.figure import draw_figure

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    from halfcell.core.figure import Figure

_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "svg": {"Date": None, "Creator": "halfcell"},
    "pdf": {"CreationDate": None, "Creator": "halfcell", "Producer": "halfcell"},
    "png": {"Software": "halfcell"},
}
_COMPRESSION: Final = 3  # of line drawings: files smaller than by 6, the default, in two thirds of the time
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
        with without_typesetting_rules():
            backend_pdf.FigureCanvasPdf(canvas).print_pdf(buffer, metadata=_METADATA[kind])
    else:
        canvas.set_dpi(theme.DPI)
        _save_png(backend_agg.FigureCanvasAgg(canvas), buffer)
    content = buffer.getvalue()
    return content.replace(f"'{style.FONT}'".encode(), style.FALLBACK.encode()) if kind == "svg" else content


def _save_png(canvas: FigureCanvasAgg, buffer: io.BytesIO) -> None:
    """Save the pixels without the fourth channel: the paper of a figure is opaque."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    canvas.draw()
    said = PngInfo()
    for name, text in _METADATA["png"].items():
        said.add_text(name, text or "")
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    dpi = (theme.DPI, theme.DPI)
    pixels.convert("RGB").save(buffer, format="png", dpi=dpi, pnginfo=said, compress_level=_COMPRESSION)
