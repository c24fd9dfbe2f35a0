"""The legend of a panel: where no data are, else over room made for it, else outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Ticks
from halfcell.render import _paper_ink, _paper_samples, _paper_strip, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.render._paper_ink import Box
    from halfcell.render._paper_panel import Pane

    Array = NDArray[np.float64]

_PLACES: Final[dict[str, tuple[float, float]]] = {
    "upper right": (1.0, 1.0),
    "upper left": (0.0, 1.0),
    "lower right": (1.0, 0.0),
    "lower left": (0.0, 0.0),
    "center right": (1.0, 0.5),
    "center left": (0.0, 0.5),
    "upper center": (0.5, 1.0),
    "lower center": (0.5, 0.0),
    "center": (0.5, 0.5),
}
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
        _above(host, handles)


def _above(host: Any, handles: list[Any]) -> None:
    """Above the panel, in as many columns as its width allows."""
    place = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.005), "borderaxespad": 0.0}
    for columns in range(min(len(handles), 6), 0, -1):
        legend = host.legend(handles=handles, ncols=columns, **place)
        if columns == 1 or _size(legend, host)[0] <= 1.02:
            return


def _best(host: Any, handles: list[Any], pane: Pane) -> None:
    """Where nothing is covered; else above the data with more room; else outside."""
    points, boxes = _paper_ink.occupied(pane)
    for columns in (1, 2) if len(handles) > 3 else (1,):
        legend = host.legend(handles=handles, loc="upper right", ncols=columns)
        width, height = _size(legend, host)
        for name, anchor in _PLACES.items():
            if width <= 0.98 and height <= 0.98 and not _paper_ink.covers(_box(anchor, width, height), points, boxes):
                legend.set_loc(name)
                return
    if not _raise_ceiling(host, handles, pane, points):
        legend.remove()
        _above(host, handles)


def _size(legend: Any, host: Any) -> tuple[float, float]:
    """Width and height of a legend in parts of the panel."""
    box, frame = legend.get_window_extent(), host.get_window_extent()
    return box.width / frame.width, box.height / frame.height


def _box(anchor: tuple[float, float], width: float, height: float) -> Box:
    left, bottom = anchor[0] * (1 - width), anchor[1] * (1 - height)
    return left, bottom, left + width, bottom + height


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
            left, _, right, _ = _box(_PLACES[name], width, height)
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
