"""Set scales, ranges, ticks and titles of a panel on paper, and adjust them once the layout is known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.render.labels import axis_title
from halfcell.render.paper import text
from halfcell.render.ranges import has_image, ranges
from halfcell.render.tick_numbers import MOST_TICKS, bar_names, has_few_decades, is_written_in_full, log_digits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis as DrawnAxis

    from halfcell.core.figure import Axis, Panel
    from halfcell.render.paper.placed_panel import PlacedAxis, PlacedPanel
    from halfcell.render.ranges import Range


def set_scales(placed: PlacedPanel) -> None:
    """Make the axes logarithmic where the figure asks for it."""
    for axis in placed.all_axes:
        if axis.wanted.log:
            axes = axis.drawn.axes
            (axes.set_xscale if axis.is_x else axes.set_yscale)("log", nonpositive="mask")


def set_aspect(placed: PlacedPanel) -> None:
    """Shrink the box of images, drawings and fixed ranges to one scale; others get a wider range (`even_scales`)."""
    panel = placed.panel
    fixed = None not in {panel.x.low, panel.x.high, panel.y.low, panel.y.high}
    if panel.equal and (has_image(panel) or fixed or (panel.x.hidden and panel.y.hidden)):
        placed.axes.set_aspect("equal", adjustable="box", anchor="N")  # titles and letters of a row in one line


def set_ranges_and_ticks(placed: PlacedPanel) -> None:
    """Set the range of each axis, the names below bars, and the ticks."""
    found = ranges(placed.panel)
    spans = (found.x, found.left) if found.right is None else (found.x, found.left, found.right)
    for axis, span in zip(placed.all_axes, spans, strict=True):
        _set_range(axis, span)
    _name_bars(placed.axes, placed.panel)
    for axis in placed.all_axes:
        _set_ticks(axis.drawn, axis.wanted)


def _set_range(axis: PlacedAxis, span: Range) -> None:
    """Set what the figure fixes, otherwise what the data need (matplotlib's own log ranges may be infinite)."""
    wanted, axes = axis.wanted, axis.drawn.axes
    get, put = (axes.get_xlim, axes.set_xlim) if axis.is_x else (axes.get_ylim, axes.set_ylim)
    low, high = (span.low, span.high) if wanted.log else sorted(get())
    low = low if wanted.low is None else wanted.low
    high = high if wanted.high is None else wanted.high
    if low == high:
        low, high = low - 0.5, high + 0.5
    put((high, low) if wanted.reverse else (low, high))


def _name_bars(axes: Axes, panel: Panel) -> None:
    """Write names in place of numbers below bars."""
    from matplotlib.ticker import NullLocator

    named = bar_names(panel)
    if named is None:
        return
    axis = axes.yaxis if named.horizontal else axes.xaxis
    axis.set_minor_locator(NullLocator())
    axis.set_ticks(list(named.positions), [text.from_prose(name) for name in named.names])
    axis.set_tick_params(which="both", length=0)


def _set_ticks(axis: DrawnAxis, wanted: Axis) -> None:
    """Choose the positions of the ticks."""
    from matplotlib import ticker

    if isinstance(axis.get_major_locator(), ticker.FixedLocator):  # names below bars
        return
    if wanted.ticks:
        axis.set_ticks([place for place, _ in wanted.ticks], [name for _, name in wanted.ticks])
        axis.set_minor_formatter(
            ticker.NullFormatter()
        )  # a short logarithmic axis would number those between them, too
    elif wanted.tick_step and not wanted.log:
        low, high = sorted(axis.get_view_interval())
        if (high - low) / wanted.tick_step <= MOST_TICKS:
            axis.set_major_locator(ticker.MultipleLocator(wanted.tick_step))
            axis.set_minor_locator(ticker.NullLocator() if wanted.whole else ticker.AutoMinorLocator(2))
    elif wanted.log:
        _write_log_numbers(axis)
    elif wanted.whole:
        axis.set_major_locator(ticker.MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
        axis.set_minor_locator(ticker.NullLocator())
    elif 1 < len(axis.get_majorticklocs()) < 30 and not isinstance(axis.get_major_locator(), ticker.FixedLocator):
        axis.set_minor_locator(ticker.AutoMinorLocator(2))


def _write_log_numbers(axis: DrawnAxis) -> None:
    """Write everyday numbers along a log axis in full, not as powers of ten."""
    from matplotlib import ticker

    low, high = sorted(axis.get_view_interval())
    if not is_written_in_full(low, high):
        return
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    if has_few_decades(low, high):
        digits = log_digits(low, high)
        axis.set_minor_formatter(
            ticker.FuncFormatter(lambda value, _: f"{value:g}" if f"{value:e}"[0] in digits else "")
        )
    else:
        axis.set_minor_formatter(ticker.NullFormatter())


def set_titles(placed: PlacedPanel, bottom: bool) -> None:
    """Write titles, and remove what is hidden; only a `bottom` panel has numbers and a title along x."""
    for axis in placed.all_axes:
        _set_title(axis, shown=bottom or not axis.is_x)


def _set_title(axis: PlacedAxis, shown: bool) -> None:
    drawn, wanted = axis.drawn, axis.wanted
    if wanted.hidden:
        drawn.set_visible(False)
        drawn.axes.spines[["bottom", "top"] if axis.is_x else ["left", "right"]].set_visible(False)
        return
    if not shown or wanted.no_numbers:
        drawn.set_tick_params(which="both", labelleft=False, labelbottom=False, labelright=False)
    if wanted.no_numbers:
        drawn.set_tick_params(which="both", length=0)
    if shown:
        drawn.set_label_text(text.from_markup(axis_title(wanted)))


def adjust_to_layout(placed: PlacedPanel) -> None:
    """Adjust scales, powers of ten, names and titles to the size that the first layout has given the panel."""
    _even_scales(placed)
    _move_powers_to_titles(placed)
    _turn_names(placed.axes.xaxis)
    fit_titles(placed)


def _even_scales(placed: PlacedPanel) -> None:
    """Give both axes one scale by widening the range of one; its low end stays where that is fixed or (near) zero."""
    axes = placed.axes
    if not placed.panel.equal or axes.get_aspect() != "auto":
        return
    window = axes.get_window_extent()
    x, y = placed.x, placed.y_axes[0]
    sides = ((x, axes.get_xlim(), window.width), (y, axes.get_ylim(), window.height))
    scale = max(abs(limits[1] - limits[0]) / pixels for _, limits, pixels in sides)
    for axis, (start, stop), pixels in sides:
        low, more = min(start, stop), scale * pixels - abs(stop - start)
        kept = axis.wanted.low is not None or abs(low) < 0.1 * abs(stop - start)
        low, high = (low, max(start, stop) + more) if kept else (low - more / 2, max(start, stop) + more / 2)
        put = axes.set_xlim if axis.is_x else axes.set_ylim
        put((high, low) if start > stop else (low, high), auto=True)  # matplotlib may adjust the last pixel
    axes.set_aspect("equal", adjustable="datalim")


def _move_powers_to_titles(placed: PlacedPanel) -> None:
    """Move a power of ten common to all ticks from the axis' end into its title."""
    from matplotlib.ticker import ScalarFormatter

    for axis in placed.all_axes:
        formatter = axis.drawn.get_major_formatter()
        known = vars(formatter)  # the attribute became private in matplotlib 3.11
        power = known.get("_orderOfMagnitude", known.get("orderOfMagnitude", 0))
        if isinstance(formatter, ScalarFormatter) and power and not axis.wanted.no_numbers:
            axis.drawn.get_offset_text().set_visible(False)
            if axis.drawn.get_label_text():
                axis.drawn.set_label_text(text.from_markup(axis_title(axis.wanted, power)))


def _turn_names(axis: DrawnAxis) -> None:
    """Turn the names below bars where they would touch."""
    labels = [label for label in axis.get_ticklabels() if label.get_text()]
    boxes = [label.get_window_extent() for label in labels]
    if axis.get_tick_params().get("length", 1) != 0 or len(boxes) < 2:
        return
    if any(left.x1 + 2 > right.x0 for left, right in pairwise(boxes)):
        for label in labels:
            label.set(rotation=35, ha="right", va="top", rotation_mode="anchor")


def fit_titles(placed: PlacedPanel) -> None:
    """Reduce the size of titles that are longer than their axis, down to 5 pt."""
    window = placed.axes.get_window_extent()
    for axis in placed.all_axes:
        title = axis.drawn.label
        extent, available = title.get_window_extent(), window.width if axis.is_x else window.height
        length = extent.width if axis.is_x else extent.height
        if length > available:
            title.set_fontsize(max(float(title.get_fontsize()) * available / length, 5.0))
