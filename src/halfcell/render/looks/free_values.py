"""Move the numbers that an analysis writes into a panel to a place where no inset of its author hides them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Points, Text
from halfcell.core.markup import plain
from halfcell.render.boxes import Box, Size
from halfcell.render.insets import insets
from halfcell.render.outlines import densified, outline
from halfcell.render.placement import Occupied
from halfcell.render.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Layer, Panel

_MM_PER_PT: Final = 0.353
_LETTER: Final = 0.62  # width of a letter, of the size of the text: digits of DejaVu Sans have 0.64, Arial 0.56
_LEFT_MM, _BELOW_MM = 7.0, 6.0  # numbers and titles of an inset
_FRAME_MM: Final = 12.0  # numbers and titles of the panel
_ACROSS, _UP = (0.03, 0.5, 0.97), tuple(float(part) for part in np.linspace(0.95, 0.05, 19))


def free_values(panel: Panel, size_mm: Size) -> Panel:
    """Return a panel whose texts in fractions of the panel lie behind no inset, as far as there is another place.

    Parameters
    ----------
    panel
        The panel as it is drawn.
    size_mm
        Its width and height with its numbers and titles.
    """
    hidden = hidden_texts(panel, size_mm)
    for text in hidden:
        if text.fraction:
            new = _freed(text, panel, size_mm)
            panel = dataclasses.replace(panel, layers=tuple(new if one is text else one for one in panel.layers))
    return panel


def hidden_texts(panel: Panel, size_mm: Size) -> tuple[Text, ...]:
    """Return the texts of a panel that lie at least in part behind one of its insets."""
    boxes = _inset_boxes(panel, size_mm)
    if not boxes:
        return ()
    texts = [layer for layer in panel.layers if isinstance(layer, Text) and layer.text]
    return tuple(text for text in texts if any(_box(text, panel, size_mm).overlaps(box) for box in boxes))


def _inset_boxes(panel: Panel, size_mm: Size) -> tuple[Box, ...]:
    """Return the boxes of the insets with their numbers, in fractions of the panel."""
    room = _room(size_mm)
    found = []
    for small, (left, bottom, width, height) in insets(panel):
        beside = 0.0 if small.y.hidden else _LEFT_MM / room.width
        below = 0.0 if small.x.hidden else _BELOW_MM / room.height
        found.append(Box(left - beside, bottom - below, left + width, bottom + height))
    return tuple(found)


def _room(size_mm: Size) -> Size:
    """Return the size in mm of the space between the axes."""
    return Size(max(size_mm.width - _FRAME_MM, 10.0), max(size_mm.height - _FRAME_MM, 10.0))


def _box(text: Text, panel: Panel, size_mm: Size) -> Box:
    """Estimate the box of a text in fractions of the panel."""
    room, lines = _room(size_mm), plain(text.text).split("\n")
    width = max(map(len, lines)) * _LETTER * text.size_pt * _MM_PER_PT / room.width
    height = 1.25 * len(lines) * text.size_pt * _MM_PER_PT / room.height
    x, y = text.x, text.y
    if not text.fraction:
        found = ranges(panel)
        x, y = (float(span.fraction(np.array(place))) for span, place in ((found.x, x), (found.left, y)))
        x, y = 1 - x if panel.x.reverse else x, 1 - y if panel.y.reverse else y
    left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[text.align] * width
    return Box(left, y - height / 2, left + width, y + height / 2)


def _freed(text: Text, panel: Panel, size_mm: Size) -> Text:
    """Return a text at the place, among many, that covers least and is behind no inset; itself if there is none."""
    taken = _taken(panel, text, size_mm)
    hiding = _inset_boxes(panel, size_mm)
    best, least = text, np.inf
    for place in _places(text):
        box = _box(place, panel, size_mm)
        outside = box.left < 0 or box.right > 1 or box.bottom < 0 or box.top > 1
        if outside or any(box.overlaps(other) for other in hiding):
            continue
        covered = taken.covered_by(box) + abs(place.y - text.y) + abs(place.x - text.x)  # the distance decides a tie
        if covered < least:
            best, least = place, covered
    return best


def _places(text: Text) -> Iterator[Text]:
    """Yield a text at its own height and others, at its own side and others."""
    for x, align in ((text.x, text.align), *zip(_ACROSS, ("left", "center", "right"), strict=True)):
        for y in (text.y, *_UP):
            yield dataclasses.replace(text, x=x, y=y, align=align)  # type: ignore[arg-type]


def _taken(panel: Panel, text: Text, size_mm: Size) -> Occupied:
    """Return what a panel shows but for one text."""
    found, clouds = ranges(panel), [np.empty((2, 0))]
    for layer in panel.layers:
        points = outline(layer)
        if points is not None:
            shown = np.array([found.x.fraction(points[0]), found.y_of(layer).fraction(points[1])])
            shown = np.array(
                [1 - shown[0] if panel.x.reverse else shown[0], 1 - shown[1] if _turned(panel, layer) else shown[1]]
            )
            clouds.append(shown if isinstance(layer, Points) and not layer.joined else densified(shown))
    others = [one for one in panel.layers if isinstance(one, Text) and one is not text]
    return Occupied(np.concatenate(clouds, axis=1), tuple(_box(one, panel, size_mm) for one in others))


def _turned(panel: Panel, layer: Layer) -> bool:
    """Whether the y axis of a layer has its large values below."""
    axis = panel.right if panel.right is not None and getattr(layer, "side", "left") == "right" else panel.y
    return axis.reverse
