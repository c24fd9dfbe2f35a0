"""One panel on paper: axes, their ranges and ticks, the layers in order, a right axis, an inset."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core.figure import Axis, Bars, Image, Panel, Points
from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render.paper import layers as _paper_layers
from halfcell.render.paper import phase_ticks as _paper_strip
from halfcell.render.ranges import Range, log_digits, ranges

if TYPE_CHECKING:
    from halfcell.core.figure import Figure


@dataclass(frozen=True, kw_only=True, eq=False)
class Pane:
    """A drawn panel: its axes, the right axes where there are any, its inset, and the limits of the data proper."""

    panel: Panel
    axes: Any
    right: Any = None
    inset: Pane | None = None
    titles: dict[Any, Axis] = field(default_factory=dict)  # matplotlib axis -> what its title says


def panes(canvas: Any, figure: Figure) -> tuple[Pane, ...]:
    """Draw all panels of a figure in its grid."""
    from halfcell.render.paper.figure import row_ratios

    grid = canvas.add_gridspec(len(row_ratios(figure)), figure.columns, height_ratios=row_ratios(figure))
    drawn: list[Pane] = []
    for index, panel in enumerate(figure.panels):
        row, column = divmod(index, figure.columns)
        above = drawn[column].axes if figure.share_x and row else None
        axes = canvas.add_subplot(grid[row, column], sharex=above)
        last = index + figure.columns >= len(figure.panels)
        drawn.append(_pane(axes, panel, bottom=last or not figure.share_x))
        if figure.letters and len(figure.panels) > 1 and (not row or not figure.share_x):
            axes.set_title(" ", loc="left", fontsize=style.LETTER_PT)  # keeps the room of the letter
    return tuple(drawn)


def _pane(axes: Any, panel: Panel, bottom: bool = True) -> Pane:
    right = axes.twinx() if panel.right else None
    titles = {axes.xaxis: panel.x, axes.yaxis: panel.y}
    if right is not None and panel.right is not None:
        titles[right.yaxis] = panel.right
        right.yaxis.label.set_color(style.right_colour(panel))
    _fill(axes, right, panel, titles)
    for (axis, wanted), span in zip(titles.items(), ranges(panel).values(), strict=True):
        _limit(axis, wanted, span)
    _category_ticks(axes, panel)
    for axis, wanted in titles.items():
        _tick(axis, wanted)
    _paper_strip.put(panel, axes)
    for axis, wanted in titles.items():
        _dress(axis, wanted, shown=bottom or axis is not axes.xaxis)
    axes.set_title(words.print_text(words.lowered(panel.title)))
    return Pane(panel=panel, axes=axes, right=right, inset=_inset(axes, panel), titles=titles)


def _fill(axes: Any, right: Any, panel: Panel, titles: dict[Any, Axis]) -> None:
    """Put the layers on axes of the right scale and margins."""
    if any(isinstance(layer, Points) for layer in panel.layers):
        axes.set_xmargin(0.04)
    for axis, wanted in titles.items():
        _scale(axis, wanted)
    for layer in panel.layers:
        side = right if right is not None and getattr(layer, "side", "left") == "right" else axes
        _paper_layers.put(layer, side)
    _shape(axes, panel)


def _inset(axes: Any, panel: Panel) -> Pane | None:
    """The small panel inside, with smaller words."""
    if panel.inset is None:
        return None
    small = axes.inset_axes(panel.inset_box)
    small.tick_params(labelsize=style.SMALL_PT - 0.5, pad=1.5, length=2.0)
    small.tick_params(which="minor", length=1.2)
    pane = _pane(small, panel.inset)
    for axis in pane.titles:
        axis.label.set_size(style.SMALL_PT - 0.5)
        axis.labelpad = 1.0
    return pane


def _scale(axis: Any, wanted: Axis) -> None:
    if wanted.log:
        (axis.axes.set_xscale if axis.axis_name == "x" else axis.axes.set_yscale)("log", nonpositive="mask")


def _shape(axes: Any, panel: Panel) -> None:
    """Shrink the box of pictures, drawings and fixed ranges to one scale; others get more range (`_paper_finish`)."""
    fixed = None not in {panel.x.low, panel.x.high, panel.y.low, panel.y.high}
    picture = any(isinstance(layer, Image) for layer in panel.layers)
    if panel.equal and (picture or fixed or (panel.x.hidden and panel.y.hidden)):
        axes.set_aspect("equal", adjustable="box", anchor="C")


def _limit(axis: Any, wanted: Axis, span: Range) -> None:
    """Set the range: what the record fixes, else what the data ask for (matplotlib's log ranges may be infinite)."""
    axes = axis.axes
    get, put = (axes.get_xlim, axes.set_xlim) if axis.axis_name == "x" else (axes.get_ylim, axes.set_ylim)
    low, high = (span.low, span.high) if wanted.log else sorted(get())
    low = low if wanted.low is None else wanted.low
    high = high if wanted.high is None else wanted.high
    if low == high:
        low, high = low - 0.5, high + 0.5
    put((high, low) if wanted.reverse else (low, high))


def _category_ticks(axes: Any, panel: Panel) -> None:
    """Names below bars: each at the middle of the bars that bear it."""
    from matplotlib.ticker import NullLocator

    bars = [layer for layer in panel.layers if isinstance(layer, Bars) and layer.names]
    if not bars:
        return
    places: dict[str, list[float]] = {}
    for layer in bars:
        for place, name in zip(layer.x, layer.names, strict=False):
            places.setdefault(name, []).append(float(place))
    axis = axes.yaxis if bars[0].horizontal else axes.xaxis
    middles = [sum(values) / len(values) for values in places.values()]
    axis.set_minor_locator(NullLocator())
    axis.set_ticks(middles, [words.print_text(words.lowered(name)) for name in places])
    axis.set_tick_params(which="both", length=0)


def _tick(axis: Any, wanted: Axis) -> None:
    """Where ticks stand and how numbers are written: on a log axis of everyday numbers in full, not as powers."""
    from matplotlib import ticker

    if isinstance(axis.get_major_formatter(), ticker.FixedFormatter):
        return
    if wanted.whole and not wanted.log:
        axis.set_major_locator(ticker.MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
        axis.set_minor_locator(ticker.NullLocator())
        return
    if not wanted.log:
        if 1 < len(axis.get_majorticklocs()) < 30 and not isinstance(axis.get_major_locator(), ticker.FixedLocator):
            axis.set_minor_locator(ticker.AutoMinorLocator(2))
        return
    low, high = sorted(axis.get_view_interval())
    if low < 0.9e-2 or high > 1.1e5:
        return
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, _: f"{value:g}"))
    if high / low < 20:
        digits = log_digits(low, high)
        axis.set_minor_formatter(
            ticker.FuncFormatter(lambda value, _: f"{value:g}" if f"{value:e}"[0] in digits else "")
        )
    else:
        axis.set_minor_formatter(ticker.NullFormatter())


def _dress(axis: Any, wanted: Axis, shown: bool) -> None:
    """Title and numbers of one axis."""
    if wanted.hidden:
        _hide(axis)
        return
    if not shown or wanted.no_numbers:
        axis.set_tick_params(which="both", labelleft=False, labelbottom=False, labelright=False)
    if wanted.no_numbers:
        axis.set_tick_params(which="both", length=0)
    if shown:
        axis.set_label_text(words.print_text(words.axis_title(wanted)))


def _hide(axis: Any) -> None:
    axis.set_visible(False)
    sides = ("bottom", "top") if axis.axis_name == "x" else ("left", "right")
    axis.axes.spines[list(sides)].set_visible(False)
