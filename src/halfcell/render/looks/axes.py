"""Apply a look to the axes of a panel: units that convert the drawn values, limits, scales, ticks."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.core.figure import Area, Axis, Bars, Line, Points
from halfcell.render.looks.moved import moved
from halfcell.render.looks.units import Factor, factor, is_unit

if TYPE_CHECKING:
    from halfcell.core.figure import Layer, Panel
    from halfcell.core.looks.records import AxesLook, AxisLook

_ARBITRARY = re.compile(r"a\.?\s?u\.?|arb(?:\.|itrary)?\s?(?:u\.?|units?)", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")  # "Voltage (V vs. Li+/Li)"


def looked_axes(panel: Panel, look: AxesLook, *, solidus: bool) -> Panel:
    """Return a panel with the units, limits, scales, ticks and labels that its look wants."""
    panel = _with_right_axis(panel, look.right)
    right_axis = panel.right or Axis()
    look = dataclasses.replace(
        look, x=_named(look.x, panel.x), y=_named(look.y, panel.y), right=_named(look.right, right_axis)
    )
    x, y = factor(panel.x, look.x.unit, "x"), factor(panel.y, look.y.unit, "y")
    right = factor(panel.right, look.right.unit, "right y") if panel.right else None
    layers = tuple(_converted(layer, x, right if right and _is_right(layer) else y) for layer in panel.layers)
    return dataclasses.replace(
        panel,
        layers=layers,
        x=_axis(panel.x, look.x, x, solidus=solidus),
        y=_axis(panel.y, look.y, y, solidus=solidus),
        right=_axis(panel.right, look.right, right, solidus=solidus) if panel.right and right else None,
    )


def _named(look: AxisLook, axis: Axis) -> AxisLook:
    """Return a look whose label has no unit: one in its parentheses is the unit that is wanted, unless one is set."""
    match = _WITH_UNIT.fullmatch(look.label or "")
    if match is None or not axis.unit:
        return look
    if _ARBITRARY.fullmatch(axis.unit) and _ARBITRARY.fullmatch(match[2]):
        return dataclasses.replace(look, label=match[1])
    if not is_unit(match[2]):
        return look
    return dataclasses.replace(look, label=match[1], unit=match[2] if look.unit is None else look.unit)


def _is_right(layer: Layer) -> bool:
    return getattr(layer, "side", "left") == "right"


def _with_right_axis(panel: Panel, look: AxisLook) -> Panel:
    """Return a panel with a right axis for the series that its look puts there."""
    if not look.series:
        return panel
    wanted = set(look.series)
    layers = tuple(
        dataclasses.replace(layer, side="right")
        if isinstance(layer, Line | Points | Bars | Area) and {layer.label, getattr(layer, "name", "")} & wanted
        else layer
        for layer in panel.layers
    )
    return dataclasses.replace(
        panel, layers=layers, right=panel.right or dataclasses.replace(panel.y, low=None, high=None)
    )


def _axis(axis: Axis, look: AxisLook, unit: Factor, *, solidus: bool) -> Axis:
    low, high = (None if end is None else unit.value(end) for end in (axis.low, axis.high))
    if look.limits is not None:
        low, high = (
            end if given == "auto" else given for given, end in zip(look.limits, (low, high), strict=True)
        )  # fmt: skip
    if low is not None and high is not None and low >= high:
        low, high = (low, None) if look.limits and look.limits[0] != "auto" else (None, high)
    step = look.tick_step if look.tick_step is not None else axis.tick_step
    return dataclasses.replace(
        axis,
        low=low,
        high=high,
        unit=unit.unit,
        label=axis.label if look.label is None else look.label,
        log=axis.log if look.scale is None else look.scale == "log",
        reverse=axis.reverse if look.reverse is None else look.reverse,
        no_numbers=axis.no_numbers if look.numbers is None else not look.numbers,
        tick_step=step,
        solidus=axis.solidus or solidus,
    )


def _converted(layer: Layer, x: Factor, y: Factor) -> Layer:
    """Return a layer in the units of the axes."""
    if x.is_one and y.is_one:
        return layer
    changed: Layer = moved(layer, (x.array, y.array))
    return changed
