"""The legend of a panel: where no data are, else over room made for it, else outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Area, Bars, Line, Points, Shape, Ticks
from halfcell.render import _paper_samples, _paper_strip, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.render._paper_panel import Pane

    Array = NDArray[np.float64]
    Box = tuple[float, float, float, float]  # left, bottom, right, top in parts of the panel

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
    points, boxes = _occupied(pane)
    for columns in (1, 2) if len(handles) > 3 else (1,):
        legend = host.legend(handles=handles, loc="upper right", ncols=columns)
        width, height = _size(legend, host)
        for name, anchor in _PLACES.items():
            if width <= 0.98 and height <= 0.98 and not _covers(_box(anchor, width, height), points, boxes):
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


def _covers(box: Box, points: Array, boxes: list[Box]) -> bool:
    """Whether any point of the data, or a box of words, lies below the legend."""
    left, bottom, right, top = box
    x, y = points
    if ((x > left - 0.01) & (x < right + 0.01) & (y > bottom - 0.01) & (y < top + 0.01)).any():
        return True
    return any(left < b[2] and b[0] < right and bottom < b[3] and b[1] < top for b in boxes)


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


def _occupied(pane: Pane) -> tuple[Array, list[Box]]:
    """Where ink is: points along all layers, and boxes of words and insets, in parts of the panel."""
    clouds = [np.empty((2, 0))]
    for layer in pane.panel.layers:
        side = pane.right if pane.right is not None and getattr(layer, "side", "left") == "right" else pane.axes
        cloud = _trace(layer)
        if cloud is not None:
            shown = side.transAxes.inverted().transform(side.transData.transform(cloud.T)).T
            clouds.append(_dense(shown) if not isinstance(layer, Points) or layer.joined else shown)
    boxes = [_paper_box(text, pane) for text in (*pane.axes.texts, *(pane.right.texts if pane.right else ()))]
    boxes += [(b[0], b[1], b[0] + b[2], b[1] + b[3]) for b in [pane.panel.inset_box] if pane.inset]
    strip = _paper_strip.part(pane.panel)
    return np.concatenate(clouds, axis=1), [*boxes, *([(0.0, 0.0, 1.0, strip)] if strip else [])]


def _paper_box(text: Any, pane: Pane) -> Box:
    box = text.get_window_extent().transformed(pane.axes.transAxes.inverted())
    return box.x0, box.y0, box.x1, box.y1


def _trace(layer: object) -> Array | None:
    """The outline of a layer in data units, shape (2, n)."""
    match layer:
        case Line() | Shape():
            return np.array([layer.x, layer.y], dtype=float)
        case Points():
            return _with_errors(layer)
        case Area():
            low = layer.y if layer.y_low is None else layer.y_low
            return np.array([np.r_[layer.x, layer.x[::-1]], np.r_[layer.y, low[::-1]]], dtype=float)
        case Bars():
            return _bar_fill(layer)
    return None


def _with_errors(layer: Points) -> Array:
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    if layer.y_error is None:
        return np.array([x, y])
    error = np.asarray(layer.y_error, float)
    return np.array([np.repeat(x, 3), np.stack([y - error, y + error, y], 1).ravel()])


def _bar_fill(layer: Bars) -> Array:
    """A zigzag through each bar and its error."""
    base = np.zeros(len(layer.x)) if layer.base is None else np.asarray(layer.base, float)
    ends = base + np.asarray(layer.y, float)
    if layer.y_error is not None:
        ends = ends + np.asarray(layer.y_error, float)
    parts = np.linspace(-0.5, 0.5, 5) * layer.width
    along = np.repeat(np.asarray(layer.x, float)[:, None] + parts, 2, axis=1).ravel()
    across = np.tile(np.stack([base, ends], 1), (1, len(parts))).ravel()
    return np.array([across, along]) if layer.horizontal else np.array([along, across])


def _dense(points: Array) -> Array:
    """Points no farther apart than 1.5 % of the panel along the lines between them."""
    x, y = points
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if len(x) < 2:
        return np.array([x, y])
    steps = np.clip(np.hypot(np.diff(x), np.diff(y)) / 0.015, 1, 100).astype(int)
    place = np.concatenate([[0.0], np.cumsum(steps)])
    fine = np.arange(int(place[-1]) + 1)
    return np.array([np.interp(fine, place, x), np.interp(fine, place, y)])
