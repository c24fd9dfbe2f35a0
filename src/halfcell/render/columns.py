"""Write the data behind a figure as CSV: two columns per series, with name, unit and comment as Origin reads them."""

from __future__ import annotations

import csv
import io
import math
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core import markup
from halfcell.core.figure import Area, Bars, Figure, Image, Line, Panel, Points, Shape, Ticks
from halfcell.core.files import write_aside
from halfcell.render.labels import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Values = list[str]
    Head = tuple[str, str, str]  # long name, unit, comment
    Series = tuple[Head, Values]

_LARGEST_MAP: Final = 2**18  # values; a larger image is in the PNG and in its raw file


def write(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Write ``stem.csv``, and ``stem-a-map.csv`` for each quantitative map.

    The first three rows are long name, unit and comment (panel and series), as Origin imports them. Numbers are printed
    in full, so that they read back unchanged. The encoding is UTF-8 with a byte-order mark, which spreadsheets need.
    """
    series = [column for place, panel in _panels(figure) for column in _panel(panel, place)]
    head = zip(*(names for names, _ in series), strict=True)
    rows = [*head, *zip_longest(*(values for _, values in series), fillvalue="")]
    written = [write_aside(stem.with_name(f"{stem.name}.csv"), _text(rows))]
    for place, panel in _panels(figure):
        maps = [layer for layer in panel.layers if isinstance(layer, Image) and _is_map(layer)]
        for number, layer in enumerate(maps):
            name = f"{stem.name}-{place.replace(' ', '-')}{number or ''}-map.csv".replace("--", "-")
            grid = [[repr(float(value)) for value in row] for row in layer.values]
            written.append(write_aside(stem.with_name(name), _text(grid)))
    return tuple(written)


def _text(rows: Iterable[Iterable[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def _is_map(layer: Image) -> bool:
    return layer.values.ndim == 2 and bool(layer.bar_label) and layer.values.size <= _LARGEST_MAP


def _panels(figure: Figure) -> Iterator[tuple[str, Panel]]:
    """Yield each panel with its letter (empty for a single panel), insets after their panel."""
    for index, panel in enumerate(figure.panels):
        place = LETTERS[index % 26] if len(figure.panels) > 1 else ""
        yield place, panel
        if panel.inset:
            yield f"{place} inset".strip(), panel.inset


def _panel(panel: Panel, place: str) -> Iterator[Series]:
    for layer in panel.layers:
        match layer:
            case Line() | Points() | Area() | Bars() | Ticks():
                yield from _series(layer, panel, place)
            case Shape() if layer.label:
                yield from _series(layer, panel, place)


def _series(layer: Line | Points | Area | Bars | Ticks | Shape, panel: Panel, place: str) -> Iterator[Series]:
    name = getattr(layer, "name", "") or layer.label
    comment = ", ".join(word for word in (place, markup.plain(name)) if word)
    right = panel.right if getattr(layer, "side", "left") == "right" else None
    upright, flat = panel.x, right or panel.y
    if isinstance(layer, Bars) and layer.horizontal:
        upright, flat = flat, upright
    x = (markup.plain(upright.label) or "x", markup.plain(upright.unit), comment)
    y = (markup.plain(flat.label) or "y", markup.plain(flat.unit), comment)
    if isinstance(layer, Bars) and layer.names:
        yield (x[0], "", comment), [markup.plain(name) for name in layer.names]
    else:
        yield x, _numbers(layer.x)
    if isinstance(layer, Ticks):
        yield from [((y[0], "relative", comment), _numbers(layer.heights))] if layer.heights is not None else []
        return
    yield y, _numbers(layer.y)
    for head, values in _beside(layer, x, y):
        yield head, _numbers(values)


def _beside(layer: Line | Points | Area | Bars | Shape, x: Head, y: Head) -> Iterator[tuple[Head, NDArray[np.float64]]]:
    """Yield what belongs to y or x: errors, the lower edge of an area, the base of stacked bars."""
    extra = (
        ("x_error", "error of {}", x),
        ("y_error", "error of {}", y),
        ("y_low", "lower edge of {}", y),
        ("base", "foot of {}", y),
    )
    for field, words, head in extra:
        values = getattr(layer, field, None)
        if values is not None:
            yield (words.format(head[0]), head[1], head[2]), values


def _numbers(values: NDArray[np.float64]) -> Values:
    """Return the shortest decimals that read back as the same floats; gaps are empty."""
    return ["" if math.isnan(value) else repr(value) for value in np.asarray(values, float).tolist()]
