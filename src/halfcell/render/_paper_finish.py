"""What is put on a figure once its layout is known: legends, powers of ten, turned names, letters, the mark."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from halfcell.render import _paper_legend, style, words

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.render._paper_panel import Pane

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def finish(panes: tuple[Pane, ...]) -> None:
    """Second pass over the panels, their insets included."""
    for pane in panes:
        _powers(pane)
        _turn_names(pane)
        if pane.inset:
            _powers(pane.inset)
            _paper_legend.put(pane.inset)
        _paper_legend.put(pane)


def _powers(pane: Pane) -> None:
    """Move a power of ten common to all ticks from the axis' end into its title."""
    from matplotlib.ticker import ScalarFormatter

    for axis, wanted in pane.titles.items():
        formatter = axis.get_major_formatter()
        power = getattr(formatter, "orderOfMagnitude", 0)
        if isinstance(formatter, ScalarFormatter) and power and not wanted.no_numbers:
            axis.get_offset_text().set_visible(False)
            if axis.get_label_text():
                axis.set_label_text(words.print_text(words.axis_title(wanted, power)))


def _turn_names(pane: Pane) -> None:
    """Turn the names below bars where they would touch."""
    axis = pane.axes.xaxis
    labels = [label for label in axis.get_ticklabels() if label.get_text()]
    boxes = [label.get_window_extent() for label in labels]
    if axis.get_tick_params().get("length", 1) != 0 or len(boxes) < 2:
        return
    if any(left.x1 + 2 > right.x0 for left, right in pairwise(boxes)):
        for label in labels:
            label.set(rotation=35, ha="right", va="top", rotation_mode="anchor")


def sign(canvas: Any, panes: tuple[Pane, ...], figure: Figure) -> None:
    """Letters at the left edge of each column, and the mark of simulated data in the lower right corner."""
    if figure.simulated:
        look = {"fontsize": 5, "color": style.GREY, "style": "italic", "ha": "right", "va": "bottom"}
        canvas.text(0.998, 0.003, "simulated data", **look)
    if not figure.letters or len(panes) < 2:
        return
    renderer = canvas.canvas.get_renderer()
    boxes = [pane.axes.get_tightbbox(renderer) for pane in panes]
    for index, (pane, letter) in enumerate(zip(panes, _LETTERS, strict=False)):
        left = min(box.x0 for box in boxes[index % figure.columns :: figure.columns])
        top = pane.axes.get_window_extent(renderer).y1
        x, y = canvas.transFigure.inverted().transform((left, top))
        look = {"fontsize": style.TEXT_PT + 1.5, "fontweight": "bold", "ha": "left"}
        look["va"] = "top" if figure.share_x and index >= figure.columns else "bottom"
        canvas.text(max(x, 0.002), y, letter, **look)
