"""What is put on a figure once its layout is known: legends, powers of ten, turned names, letters, the mark."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render.paper import annotations as _paper_spans
from halfcell.render.paper import legend as _paper_legend

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.render.paper.axes import Pane

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def finish(panes: tuple[Pane, ...]) -> None:
    """Second pass over the panels, their insets included."""
    for pane in [*(pane.inset for pane in panes if pane.inset), *panes]:
        _even_scales(pane)
        _powers(pane)
        _turn_names(pane)
        _fit_titles(pane)
        _paper_spans.name(pane)
        _paper_legend.put(pane)


def _even_scales(pane: Pane) -> None:
    """Give both axes one scale by more range for one of them, kept at its low end where that is (near) zero."""
    axes, panel = pane.axes, pane.panel
    if not panel.equal or axes.get_aspect() != "auto":
        return
    frame = axes.get_window_extent()
    ranges = {axes.xaxis: (axes.get_xlim(), frame.width), axes.yaxis: (axes.get_ylim(), frame.height)}
    scale = max(abs(limits[1] - limits[0]) / pixels for limits, pixels in ranges.values())
    for axis, ((start, stop), pixels) in ranges.items():
        low, more = min(start, stop), scale * pixels - abs(stop - start)
        kept = pane.titles[axis].low is not None or abs(low) < 0.1 * abs(stop - start)
        low, high = (low, max(start, stop) + more) if kept else (low - more / 2, max(start, stop) + more / 2)
        put = axes.set_xlim if axis is axes.xaxis else axes.set_ylim
        put((high, low) if start > stop else (low, high), auto=True)  # matplotlib may settle the last pixel
    axes.set_aspect("equal", adjustable="datalim")


def _fit_titles(pane: Pane) -> None:
    """Make the words of a title smaller where they are longer than their axis, down to 5 pt."""
    frame = pane.axes.get_window_extent()
    for axis in pane.titles:
        extent, room = axis.label.get_window_extent(), frame.width if axis.axis_name == "x" else frame.height
        length = extent.width if axis.axis_name == "x" else extent.height
        if length > 1.08 * room:
            axis.label.set_size(max(axis.label.get_size() * 1.08 * room / length, 5.0))


def _powers(pane: Pane) -> None:
    """Move a power of ten common to all ticks from the axis' end into its title."""
    from matplotlib.ticker import ScalarFormatter

    for axis, wanted in pane.titles.items():
        formatter = axis.get_major_formatter()
        known = vars(formatter)  # the attribute became private in matplotlib 3.11
        power = known.get("_orderOfMagnitude", known.get("orderOfMagnitude", 0))
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
        look = {"fontsize": style.LETTER_PT, "fontweight": "bold", "ha": "left"}
        look["va"] = "top" if figure.share_x and index >= figure.columns else "bottom"
        canvas.text(max(x, 0.002), y, letter, **look)
