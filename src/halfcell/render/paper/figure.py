"""A figure on paper: SVG with live text, PDF with embedded fonts and a 600 dpi PNG, the same bytes every time."""

from __future__ import annotations

import io
import math
import warnings
from typing import TYPE_CHECKING, Any, Final

from halfcell.core.files import write_aside
from halfcell.render import style
from halfcell.render.drawable import settled

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.figure import Figure

_METADATA: Final[dict[str, dict[str, Any]]] = {
    "svg": {"Date": None, "Creator": "halfcell"},
    "pdf": {"CreationDate": None, "Creator": "halfcell", "Producer": "halfcell"},
    "png": {"Software": "halfcell"},
}


def write(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Draw once and save as SVG, PDF and PNG beside each other; matplotlib's settings are left as they were."""
    import matplotlib as mpl

    with mpl.rc_context(style.print_settings()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd data, a reader of the figure sees more than one of the warnings
        canvas = draw(figure)
        return tuple(write_aside(stem.with_name(f"{stem.name}.{kind}"), _bytes(canvas, kind)) for kind in _METADATA)


def _bytes(canvas: Any, kind: str) -> bytes:
    """Save in one format, straight through its canvas: `savefig` would draw everything a second time for a layout."""
    from matplotlib.backends import backend_agg, backend_pdf, backend_svg

    buffer = io.BytesIO()
    if kind == "svg":
        backend_svg.FigureCanvasSVG(canvas).print_svg(buffer, metadata=_METADATA[kind])
    elif kind == "pdf":
        backend_pdf.FigureCanvasPdf(canvas).print_pdf(buffer, metadata=_METADATA[kind])
    else:
        canvas.set_dpi(style.DPI)
        backend_agg.FigureCanvasAgg(canvas).print_png(buffer, metadata=_METADATA[kind])
    content = buffer.getvalue()
    return content.replace(f"'{style.FONT}'".encode(), style.FALLBACK.encode()) if kind == "svg" else content


def size_mm(figure: Figure) -> tuple[float, float]:
    """Width and height of the printed figure; a row is as high as its highest panel."""
    return figure.width_mm, sum(row_ratios(figure)) * figure.panel_height_mm


def row_ratios(figure: Figure) -> list[float]:
    """Height of each row of panels in parts of `panel_height_mm`."""
    rows = math.ceil(len(figure.panels) / figure.columns)
    cut = [figure.panels[row * figure.columns : (row + 1) * figure.columns] for row in range(rows)]
    return [max(panel.height_ratio for panel in panels) for panels in cut]


def draw(figure: Figure) -> Any:
    """Draw on a fresh matplotlib Figure (Agg, no pyplot); call inside the house settings.

    The layout is solved twice, with and without what depends on the first solution (legends, turned tick texts), and
    then frozen, so that all formats agree.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    from halfcell.render.paper import axes as _paper_panel
    from halfcell.render.paper import panel as _paper_finish

    figure = settled(figure)
    width, height = size_mm(figure)
    canvas: Any = Canvas(figsize=(width * style.MM, height * style.MM), layout="constrained")
    FigureCanvasAgg(canvas)
    panes = _paper_panel.panes(canvas, figure)
    _set_room(canvas, figure, height)
    _solve(canvas)
    _paper_finish.finish(panes)
    _solve(canvas)
    canvas.set_layout_engine("none")
    _paper_finish.sign(canvas, panes, figure)
    return canvas


def _solve(canvas: Any) -> None:
    """Solve the layout and round it: the solver's last digits depend on where its variables lie in memory."""
    canvas.get_layout_engine().execute(canvas)
    for axes in canvas.axes:
        axes.set_position([round(part, 6) for part in axes.get_position(original=True).bounds])
        axes.set_in_layout(True)  # set_position takes axes out of the layout


def _set_room(canvas: Any, figure: Figure, height: float) -> None:
    """Distances between panels, and a strip at the foot for the words "simulated data"."""
    foot = 2.4 / height if figure.simulated else 0.0
    gap = 0.0 if figure.share_x else 0.02
    canvas.get_layout_engine().set(
        w_pad=0.03, h_pad=0.0 if figure.share_x else 0.03, wspace=0.02, hspace=gap, rect=(0, foot, 1, 1 - foot)
    )
