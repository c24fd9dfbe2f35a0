"""Write the data behind a figure as CSV: two columns per series, with name, unit and comment as Origin reads them."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core import markup
from halfcell.core.atomic_files import write_aside
from halfcell.core.figure import Area, Bars, Figure, Image, Line, Panel, Points, Shape, Ticks
from halfcell.core.spreadsheet_cells import harmless_row
from halfcell.render.insets import insets
from halfcell.render.labels import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from halfcell.core.figure import Array

_LARGEST_MAP: Final = 2**18  # values; a larger image is in the PNG and in its raw file
_Data = Line | Points | Area | Bars | Ticks | Shape


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its long name, its unit, a comment (panel and series), its values as text."""

    name: str
    unit: str
    comment: str
    values: list[str]


def write(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Write ``stem.csv``, and ``stem-a-map.csv`` for each quantitative map.

    The first three rows are long name, unit and comment (panel and series), as Origin imports them. Numbers are printed
    in full, so that they read back unchanged. The encoding is UTF-8 with a byte-order mark, which spreadsheets need.
    """
    columns = [column for place, panel in _panels(figure) for column in _columns_of_panel(panel, place)]
    names, units = [column.name for column in columns], [column.unit for column in columns]
    values = zip_longest(*(column.values for column in columns), fillvalue="")
    rows = [names, units, [column.comment for column in columns], *values] if columns else []
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
    csv.writer(buffer, lineterminator="\r\n").writerows(map(harmless_row, rows))
    return buffer.getvalue().encode("utf-8-sig")


def _is_map(layer: Image) -> bool:
    return layer.values.ndim == 2 and bool(layer.bar_label) and layer.values.size <= _LARGEST_MAP


def _panels(figure: Figure) -> Iterator[tuple[str, Panel]]:
    """Yield each panel with its letter (empty for a single panel), insets after their panel."""
    for index, panel in enumerate(figure.panels):
        place = LETTERS[index % 26] if len(figure.panels) > 1 else ""
        yield place, panel
        for number, (inset, _) in enumerate(insets(panel), 1):
            yield f"{place} inset{f' {number}' if number > 1 else ''}".strip(), inset


def _columns_of_panel(panel: Panel, place: str) -> Iterator[_Column]:
    for layer in panel.layers:
        match layer:
            case Line() | Points() | Area() | Bars() | Ticks():
                yield from _columns(layer, panel, place)
            case Shape() if layer.label:
                yield from _columns(layer, panel, place)


def _columns(layer: _Data, panel: Panel, place: str) -> Iterator[_Column]:
    """Yield the columns of one layer: x, y and what belongs to them."""
    name = getattr(layer, "name", "") or layer.label
    kind = "reflections" if isinstance(layer, Ticks) else ""
    words = (place, markup.plain(panel.title), markup.plain(name), kind)
    comment = ", ".join(dict.fromkeys(word for word in words if word))
    right = panel.right if getattr(layer, "side", "left") == "right" else None
    along, across = panel.x, right or panel.y
    if isinstance(layer, Bars) and layer.horizontal:
        along, across = across, along
    x = _Column(markup.plain(along.label) or "x", markup.plain(along.unit), comment, _numbers(layer.x))
    if isinstance(layer, Bars) and layer.names:
        x = dataclasses.replace(x, unit="", values=[markup.plain(name) for name in layer.names])
    yield x
    y_name, y_unit = markup.plain(across.label) or "y", markup.plain(across.unit)
    if isinstance(layer, Ticks):
        if layer.heights is not None:
            yield _Column(y_name, "relative", comment, _numbers(layer.heights))
        return
    y = _Column(y_name, y_unit, comment, _numbers(layer.y))
    yield y
    yield from _belonging(layer, x, y)


def _belonging(layer: _Data, x: _Column, y: _Column) -> Iterator[_Column]:
    """Yield what belongs to x or y: errors, the lower edge of an area, the base of stacked bars."""
    extra = (
        ("x_error", "error of {}", x),
        ("y_error", "error of {}", y),
        ("y_low", "lower edge of {}", y),
        ("base", "foot of {}", y),
    )
    for field, words, column in extra:
        values = getattr(layer, field, None)
        if values is not None:
            yield dataclasses.replace(column, name=words.format(column.name), values=_numbers(values))


def _numbers(values: Array) -> list[str]:
    """Return the shortest decimals that read back as the same floats; gaps are empty."""
    return ["" if math.isnan(value) else repr(value) for value in np.asarray(values, float).tolist()]
