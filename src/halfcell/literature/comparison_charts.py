"""Comparison charts: reported results as points with their references, and your own result marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import MARKERS, Axis, Figure, Layer, Panel, Points, Text
from halfcell.core.markup import formula
from halfcell.literature.label_places import label_places
from halfcell.literature.schema import Record, Schema, schema


@dataclass(frozen=True)
class _ChartAxes:
    """The columns on the axes of a chart."""

    x: str
    y: str
    log_x: bool = False


_CHARTS: dict[str, tuple[_ChartAxes, ...]] = {
    "anodes": (
        _ChartAxes("current_density_ma_per_g", "capacity_mah_per_g", log_x=True),
        _ChartAxes("cycle", "retention_percent"),
        _ChartAxes("ice_percent", "retention_percent"),
    ),
    "full_cells": (
        _ChartAxes("current_density_ma_per_g", "capacity_mah_per_g"),
        _ChartAxes("cycle", "capacity_mah_per_g"),
        _ChartAxes("cycle", "retention_percent"),
    ),
    "solid_state": (_ChartAxes("current_density_ma_per_cm2", "areal_capacity_mah_per_cm2", log_x=True),),
}
_OWN_COLOUR = 1  # vermilion in the palette
_ROOM = 0.09  # of the range, left free on each side for the labels


def chart(records: Sequence[Record], name: str) -> Figure:
    """The charts of a comparison: capacity against current and cycle, retention; areal capacity against current.

    Solid-state results are drawn as one curve per cell (they are rate series); others as points, one marker per cathode
    (or one for all), each with its reference number.
    """
    kind = schema(name)
    panels = tuple(_panel(records, kind, axes) for axes in _CHARTS[name])
    panels = _with_legend(panels)
    wide = len(panels) > 1
    doubts = tuple(dict.fromkeys(f"{r.values.get('anode')}: {d}" for r in records for d in r.doubts))
    return Figure(
        panels=panels,
        caption=kind.caption,
        width_mm=180 if wide else 140,
        columns=len(panels) if wide else 1,
        panel_height_mm=62 if wide else 90,
        notes=doubts,
    )


def _with_legend(panels: Sequence[Panel]) -> tuple[Panel, ...]:
    """A legend beside the last panel if that panel has all series; otherwise in each panel that has new ones."""
    named = [{layer.label for layer in panel.layers if isinstance(layer, Points)} for panel in panels]
    if len(panels) > 1 and len(named[-1]) > 3 and named[-1] == set().union(*named):
        return (*(replace(panel, legend="none") for panel in panels[:-1]), replace(panels[-1], legend="outside"))
    return tuple(replace(panel, legend=_legend(panels[:n], panel)) for n, panel in enumerate(panels))


def _legend(before: Sequence[Panel], panel: Panel) -> Literal["best", "outside", "none"]:
    """A legend where a panel has series that none before it names."""
    if panel.legend == "outside":
        return "outside"
    named = {layer.label for one in before for layer in one.layers if isinstance(layer, Points)}
    return "best" if any(layer.label not in named for layer in panel.layers if isinstance(layer, Points)) else "none"


def _panel(records: Sequence[Record], kind: Schema, axes: _ChartAxes) -> Panel:
    names = sorted({_group(record) for record in records}, key=lambda name: (name == "this work", name))
    usable = [r for r in records if r.number(axes.x) is not None and r.number(axes.y) is not None]
    if not usable:
        raise InputError(f"no record has both {axes.x} and {axes.y}", kind.name, "relax the filter")
    solid = kind.name == "solid_state"
    return Panel(
        x=_axis(usable, kind, axes.x, axes.log_x),
        y=_axis(usable, kind, axes.y, log=False),
        layers=_curves(usable, axes) if solid else _points(usable, axes, names),
        legend="outside" if solid else "best",
    )


def _axis(records: Sequence[Record], kind: Schema, key: str, log: bool) -> Axis:
    """An axis with room for labels on both sides of the values."""
    column = kind.column(key)
    values = np.array([r.number(key) for r in records], dtype=float)
    places = np.log10(values) if log else values
    room = _ROOM * (float(np.ptp(places)) or 1.0)
    low, high = float(places.min()) - room, float(places.max()) + room
    ends = (10**low, 10**high) if log else (max(low, 0.0), high)
    return Axis(label=column.axis or column.label, unit=column.unit, log=log, low=ends[0], high=ends[1])


def _curves(records: Sequence[Record], axes: _ChartAxes) -> tuple[Layer, ...]:
    """One joined series of points for each cell (anode, loading, reference)."""
    keys = ("anode", "cathode_loading_mg_per_cm2", "reference")
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        groups.setdefault((*(record.values.get(k, "") for k in keys), str(record.own)), []).append(record)
    names = [_series_name(group[0]) for group in groups.values()]
    layers: list[Layer] = []
    for number, group in enumerate(groups.values()):
        order = sorted(group, key=lambda r: r.number(axes.x) or 0.0)
        loading = order[0].values.get(keys[1], "")
        more = f", {loading} mg cm^{{−2}}" if loading and names.count(names[number]) > 1 else ""
        layers.append(_layer(order, axes, names[number] + more, number, joined=True))
    return tuple(layers)


def _series_name(record: Record) -> str:
    """Anode and reference, as in the legend."""
    name = formula(record.values.get("anode", ""))
    reference = record.values.get("reference", "")
    mark = "this work" if record.own else f"[{reference}]" if reference else record.values.get("doi", "")
    return f"{name} {mark}".strip()


def _points(records: Sequence[Record], axes: _ChartAxes, names: Sequence[str]) -> tuple[Layer, ...]:
    """One series of points per cathode (or one for all), own results on top, references beside the points.

    `names` are the series of all panels in order: the legend of one panel holds for the others.
    """
    layers: list[Layer] = []
    for number, name in enumerate(names):
        group = [record for record in records if _group(record) == name]
        layers += [_layer(group, axes, name, number)] if group else []
    return (*layers, *_labels(records, axes))


def _group(record: Record) -> str:
    return "this work" if record.own else record.values.get("cathode", "reported")


def _layer(group: Sequence[Record], axes: _ChartAxes, name: str, number: int, joined: bool = False) -> Points:
    """A series in its own colour and marker: 42 different pairs before they repeat."""
    own = group[0].own
    colours = [c for c in range(7) if c != _OWN_COLOUR]
    return Points(
        x=np.array([r.number(axes.x) for r in group], dtype=float),
        y=np.array([r.number(axes.y) for r in group], dtype=float),
        label=name,
        colour=_OWN_COLOUR if own else colours[number % len(colours)],
        marker="diamond" if own else MARKERS[(number % len(colours) + number // len(colours)) % len(MARKERS)],
        hollow=not own,
        size_pt=6.0 if own else 3.5,
        joined=joined,
    )


def _labels(records: Sequence[Record], axes: _ChartAxes) -> tuple[Text, ...]:
    """Reference numbers beside the points, where they cover neither a point nor another number."""
    places = np.array([(r.number(axes.x), r.number(axes.y)) for r in records], dtype=float)
    if axes.log_x:
        places[:, 0] = np.log10(places[:, 0])
    low, size = places.min(axis=0), np.ptp(places, axis=0)
    size = np.where(size > 0, size, 1.0)
    unit = (places - low) / size
    names: dict[tuple[float, ...], list[str]] = {}
    for own, record in zip(unit, records, strict=True):
        if not record.own and record.values.get("reference"):
            names.setdefault(tuple(own.tolist()), []).append(record.values["reference"])
    words = {place: ", ".join(dict.fromkeys(found)) for place, found in names.items()}
    labels = []
    for text, spot in zip(words.values(), label_places(words, unit), strict=True):
        x, y = low + spot * size
        labels.append(Text(x=10**x if axes.log_x else x, y=y, text=text, align="center", size_pt=5.0, colour=-1))
    return tuple(labels)
