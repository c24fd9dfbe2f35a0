"""Place the panels on paper with matplotlib's constrained layout, rounded so that equal figures have equal bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.render.figure_size import size_mm

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    from halfcell.core.figure import Figure

_FOOT_MM = 2.4  # for the words "simulated data"


def engine(figure: Figure) -> ConstrainedLayoutEngine:
    """Return the layout engine with the distances between panels, and space for the words "simulated data"."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    foot = _FOOT_MM / size_mm(figure)[1] if figure.simulated else 0.0
    gap = 0.0 if figure.share_x else 0.02
    return ConstrainedLayoutEngine(
        w_pad=0.03, h_pad=0.0 if figure.share_x else 0.03, wspace=0.02, hspace=gap, rect=(0, foot, 1, 1 - foot)
    )


def solve(canvas: Canvas) -> None:
    """Solve the layout and round it: the solver's last digits depend on where its variables lie in memory."""
    solver = canvas.get_layout_engine()
    if solver is not None:
        solver.execute(canvas)
    for axes in canvas.axes:
        left, bottom, width, height = (round(part, 6) for part in axes.get_position(original=True).bounds)
        axes.set_position((left, bottom, width, height))
        axes.set_in_layout(True)  # set_position takes axes out of the layout


def freeze(canvas: Canvas) -> None:
    """Keep the layout as it is, so that all formats agree."""
    canvas.set_layout_engine("none")
