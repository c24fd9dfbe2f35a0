"""Place the legend of a panel on paper: on no data, otherwise above the data in a wider range, otherwise outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Ticks
from halfcell.render import style
from halfcell.render.boxes import Size
from halfcell.render.paper import text, theme
from halfcell.render.paper.legend_samples import sample
from halfcell.render.paper.occupied import occupied
from halfcell.render.phase_rows import names_stand_beside, strip_height
from halfcell.render.placement import PLACES, box_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

    from halfcell.render.paper.placed_panel import PlacedPanel
    from halfcell.render.placement import Occupied

_MOST_ADDED: Final = 0.45  # of the range of y that may be added above the data for a legend
_OUTSIDE: Final[dict[str, object]] = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.0), "borderaxespad": 0.0}
_ABOVE: Final[dict[str, object]] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.005), "borderaxespad": 0.0}


@dataclass(frozen=True, eq=False)
class _Legend:
    """The entries of a legend, and the panel they belong to."""

    placed: PlacedPanel
    handles: list[Artist]

    @property
    def host(self) -> Axes:
        """The uppermost axes of the panel, so that nothing is drawn over the legend."""
        return self.placed.right or self.placed.axes

    def put(self, place: Mapping[str, object], columns: int = 1) -> Legend:
        """Put the legend at a place (keywords of matplotlib), instead of where it was before."""
        return self.host.legend(handles=self.handles, ncols=columns, **place)

    def size(self, drawn: Legend) -> Size:
        """Return the size of the drawn legend, with its distance from the frame, in fractions of the panel."""
        box, window = drawn.get_window_extent(), self.host.get_window_extent()
        pad = drawn.borderaxespad * theme.points(style.SMALL_PT) * self.host.figure.dpi / 72
        return Size((box.width + pad) / window.width, (box.height + pad) / window.height)


def add_legend(placed: PlacedPanel) -> None:
    """Add the legend to the panel's uppermost axes."""
    legend = _Legend(placed, _handles(placed))
    wanted = placed.panel.legend
    if not legend.handles or wanted == "none":
        return
    if wanted == "outside":
        _put_outside(legend)
    elif wanted != "best":
        legend.put({"loc": wanted}, placed.panel.legend_columns or 1)
    else:
        _put_best(legend)


def _handles(placed: PlacedPanel) -> list[Artist]:
    """Return a sample of each named layer, one per name."""
    named: dict[str, Artist] = {}
    beside = names_stand_beside(placed.panel)
    for layer in placed.panel.layers:
        label = getattr(layer, "label", "")
        if label and label not in named and not (isinstance(layer, Ticks) and beside):
            handle = sample(layer, text.from_prose(label))
            if handle is not None:
                named[label] = handle
    return list(named.values())


def _put_outside(legend: _Legend) -> None:
    """Put it beside the panel, or above it where a right axis or the names of phase ticks stand beside it."""
    if legend.placed.right is None and not strip_height(legend.placed.panel):
        legend.put(_OUTSIDE, legend.placed.panel.legend_columns or 1)
    else:
        _put_above(legend)


def _put_above(legend: _Legend) -> None:
    """Put it above the panel, below its title, in as many columns as its width allows."""
    columns = min(len(legend.handles), legend.placed.panel.legend_columns or 6)
    drawn = legend.put(_ABOVE, columns)
    while columns > 1 and legend.size(drawn).width > 1.02:
        columns -= 1
        drawn = legend.put(_ABOVE, columns)
    axes = legend.placed.axes
    if axes.get_title():
        height = drawn.get_window_extent().height * 72 / legend.host.figure.dpi
        axes.set_title(axes.get_title(), pad=height + 3)


def _put_best(legend: _Legend) -> None:
    """Put it where it covers nothing; otherwise above the data in a wider range; otherwise outside."""
    taken = occupied(legend.placed)
    asked = legend.placed.panel.legend_columns
    for columns in (asked,) if asked else (1, 2) if len(legend.handles) > 3 else (1,):
        drawn = legend.put({"loc": "upper right"}, columns)
        size = legend.size(drawn)
        for name in PLACES:
            if size.width <= 0.98 and size.height <= 0.98 and not taken.covered_by(box_at(name, size)):
                drawn.set_loc(name)
                return
    if not _put_above_data(legend, taken):
        _put_above(legend)


def _put_above_data(legend: _Legend, taken: Occupied) -> bool:
    """Extend y upwards so that the legend covers no data; not where the figure fixes the range."""
    axes = legend.placed.y_axes
    if legend.placed.panel.equal or any(axis.wanted.high is not None or axis.wanted.reverse for axis in axes):
        return False
    factor, columns, name = min(_choices_above_data(legend, taken))
    if factor > 1 + _MOST_ADDED:
        return False
    for axis in axes:
        side, transform = axis.drawn.axes, axis.drawn.get_transform()
        low, high = transform.transform(side.get_ylim())
        top = transform.inverted().transform(low + (high - low) * max(factor, 1.0))
        side.set_ylim(side.get_ylim()[0], float(top))
    legend.put({"loc": name}, columns)
    return True


def _choices_above_data(legend: _Legend, taken: Occupied) -> list[tuple[float, int, str]]:
    """Return by which factor y must be extended, for each number of columns and each place at the top."""
    x, y = taken.points
    choices = []
    asked = legend.placed.panel.legend_columns
    for columns in (asked,) if asked else (1, 2, 3):
        size = legend.size(legend.put({"loc": "upper right"}, columns))
        for name in ("upper right", "upper left", "upper center"):
            box = box_at(name, size)
            under = y[(x > box.left - 0.01) & (x < box.right + 0.01) & (y <= 1)]
            factor = under.max(initial=0.0) / max(0.98 - size.height - 0.02, 0.05)
            choices.append((factor if size.width <= 1 else np.inf, columns, name))
    return choices
