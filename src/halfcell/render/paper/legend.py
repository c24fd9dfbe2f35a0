"""The legend of a panel: where no data are, else over room made for it, else outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Ticks
from halfcell.render import labels as words
from halfcell.render import placement as ink
from halfcell.render import style
from halfcell.render.paper import legend_samples as _paper_samples
from halfcell.render.paper import occupied as _paper_ink
from halfcell.render.paper import phase_ticks as _paper_strip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.render.paper.axes import Pane

    Array = NDArray[np.float64]

_MOST_ROOM: Final = 0.45  # of the range of y that may be added above the data for a legend


def put(pane: Pane) -> None:
    """Add the legend to the panel's uppermost axes."""
    handles = _handles(pane)
    if not handles or pane.panel.legend == "none":
        return
    host = pane.right or pane.axes
    wanted = pane.panel.legend
    if wanted == "outside":
        _outside(host, handles, pane)
    elif wanted != "best":
        host.legend(handles=handles, loc=wanted)
    else:
        _best(host, handles, pane)


def _handles(pane: Pane) -> list[Any]:
    """A sample of each named layer, once a name."""
    named: dict[str, Any] = {}
    beside = _paper_strip.beside(pane.panel)
    for layer in pane.panel.layers:
        label = getattr(layer, "label", "")
        if label and label not in named and not (isinstance(layer, Ticks) and beside):
            handle = _paper_samples.sample(layer, words.print_text(words.lowered(label)))
            if handle is not None:
                named[label] = handle
    return list(named.values())


def _outside(host: Any, handles: list[Any], pane: Pane) -> None:
    """Beside the panel; above it where a right axis or the rows' names stand beside it."""
    if pane.right is None and not _paper_strip.part(pane.panel):
        host.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1.0), borderaxespad=0.0)
    else:
        _above(host, handles, pane)


def _above(host: Any, handles: list[Any], pane: Pane) -> None:
    """Above the panel, below its title, in as many columns as its width allows."""
    place = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.005), "borderaxespad": 0.0}
    columns = min(len(handles), 6)
    legend = host.legend(handles=handles, ncols=columns, **place)
    while columns > 1 and _size(legend, host)[0] > 1.02:
        columns -= 1
        legend = host.legend(handles=handles, ncols=columns, **place)
    if pane.axes.get_title():
        height = legend.get_window_extent().height * 72 / host.figure.dpi
        pane.axes.set_title(pane.axes.get_title(), pad=height + 3)


def _best(host: Any, handles: list[Any], pane: Pane) -> None:
    """Where nothing is covered; else above the data with more room; else outside."""
    points, boxes = _paper_ink.occupied(pane)
    for columns in (1, 2) if len(handles) > 3 else (1,):
        legend = host.legend(handles=handles, loc="upper right", ncols=columns)
        width, height = _size(legend, host)
        for name in ink.PLACES:
            if width <= 0.98 and height <= 0.98 and not ink.covers(ink.anchored(name, width, height), points, boxes):
                legend.set_loc(name)
                return
    if not _raise_ceiling(host, handles, pane, points):
        _above(host, handles, pane)


def _size(legend: Any, host: Any) -> tuple[float, float]:
    """Width and height of a legend, with its distance from the frame, in parts of the panel."""
    box, frame = legend.get_window_extent(), host.get_window_extent()
    pad = legend.borderaxespad * style.SMALL_PT * host.figure.dpi / 72
    return (box.width + pad) / frame.width, (box.height + pad) / frame.height


def _raise_ceiling(host: Any, handles: list[Any], pane: Pane, points: Array) -> bool:
    """Extend y upwards so that the legend stands free above the data; not where the record fixes the range."""
    sides = [(pane.axes, pane.panel.y), (pane.right, pane.panel.right)]
    used = [(axes, axis) for axes, axis in sides if axes is not None and axis is not None]
    if pane.panel.equal or any(axis.high is not None or axis.reverse for _, axis in used):
        return False
    choices = []
    for columns in (1, 2, 3):
        width, height = _size(host.legend(handles=handles, ncols=columns, loc="upper right"), host)
        for name in ("upper right", "upper left", "upper center"):
            left, _, right, _ = ink.anchored(name, width, height)
            under = points[1][(points[0] > left - 0.01) & (points[0] < right + 0.01) & (points[1] <= 1)]
            factor = under.max(initial=0.0) / max(0.98 - height - 0.02, 0.05)
            choices.append((factor if width <= 1 else np.inf, columns, name))
    factor, columns, name = min(choices)
    if factor > 1 + _MOST_ROOM:
        return False
    for axes, _ in used:
        transform = axes.yaxis.get_transform()
        low, high = transform.transform(axes.get_ylim())
        axes.set_ylim(axes.get_ylim()[0], transform.inverted().transform(low + (high - low) * max(factor, 1.0)))
    host.legend(handles=handles, ncols=columns, loc=name)
    return True
