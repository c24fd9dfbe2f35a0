"""Figures of cycling: profiles, performance, dQ/dV, dV/dQ, and those over rate; the first is the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import DASHES, MARKERS, Axis, Figure, Line, Panel, Points, Text
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.axes import (
    bottom,
    capacity_label,
    capacity_unit,
    caption_of,
    free_place,
    highest,
    volts,
)
from halfcell.techniques.cycling.efficiency_axis import efficiency_axis, hidden_efficiencies
from halfcell.techniques.cycling.potential_step_figure import potential_steps_over_voltage
from halfcell.techniques.cycling.pulse_figures import pulses_over_voltage
from halfcell.techniques.cycling.rate_figures import profile_by_rate, rate_capability, rate_equation_fit
from halfcell.techniques.cycling.resistance_figure import internal_resistance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.cycling.result import Curve, CyclingResult

    Floats = NDArray[np.float64]

_NONE = np.zeros(0)
_ROOM = 1.35  # times the largest capacity: the efficiencies are above it
_MARKER_ROOM = 1.08  # times the largest capacity, so that its marker is whole


def voltage_profile(results: Sequence[CyclingResult]) -> Figure:
    """Voltage over capacity, discharge and charge, of the chosen cycles; all samples share one panel."""
    unit = capacity_unit(results)
    layers = _curves(results, lambda curve: (curve.capacity, curve.voltage))
    panel = Panel(
        x=Axis(label="Capacity", unit=unit, low=0.0),
        y=Axis(label="Voltage", unit=volts(results), low=bottom(layers), high=highest(layers)),
        layers=(*layers, *_first_efficiency(results, layers)),
        legend="best" if len(_labels(layers)) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    return Figure(panels=(panel,), caption=caption_of(results, "Voltage profiles"), simulated=simulated(results))


def _first_efficiency(results: Sequence[CyclingResult], layers: Sequence[Line]) -> tuple[Text, ...]:
    """The initial Coulombic efficiency of a single sample, where it covers no curve; none where there is no place."""
    found = [result.quantities.get("initial_coulombic_efficiency") for result in results]
    shown = any(curve.chosen and curve.cycle == 1 for result in results for curve in result.curves)
    if len(found) != 1 or found[0] is None or not shown:
        return ()
    place = free_place(layers)
    if place is None:
        return ()
    value = found[0] if found[0].std is not None else replace(found[0], decimals=1)
    return (Text(x=place[0], y=place[1], text=f"ICE = {value.number} %", fraction=True, align="center"),)


def differential_capacity(results: Sequence[CyclingResult]) -> Figure:
    """dQ/dV over voltage; charge counts positive, discharge negative."""
    unit = capacity_unit(results).replace("g^{-1}", "g^{-1} V^{-1}")
    layers = _curves(results, lambda curve: (curve.dqdv_voltage, curve.dqdv))
    panel = Panel(
        x=Axis(label="Voltage", unit=volts(results), high=_last_feature(layers)),
        y=Axis(label="dQ/dV", unit=unit if "V" in unit else f"{unit} V^{{-1}}"),
        layers=layers,
        legend="best" if len(_labels(layers)) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    caption = caption_of(results, f"Differential capacity, averaged over a window of {_windows(results)} mV")
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results))


def differential_voltage(results: Sequence[CyclingResult]) -> Figure:
    """dV/dQ over capacity, of the chosen cycles; charge counts positive, discharge negative."""
    unit = capacity_unit(results)
    layers = _curves(results, lambda curve: (curve.dvdq_capacity, curve.dvdq))
    reach = _usual(layers)
    inverse = "V mAh^{-1}" if unit == "mAh" else "V g mAh^{-1}"
    panel = Panel(
        x=Axis(label="Capacity", unit=unit, low=0.0),
        y=Axis(label="dV/dQ", unit=inverse, low=-reach, high=reach),
        layers=layers,
        legend="best" if len(_labels(layers)) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    window = results[0].settings.get("dvdq_window_percent", 2.0)
    caption = caption_of(results, f"Differential voltage, averaged over a window of {window:g} % of the capacity")
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results))


def cycling_performance(results: Sequence[CyclingResult]) -> Figure:
    """Capacity (left, filled) and Coulombic efficiency (right, hollow) of every complete cycle."""
    unit = capacity_unit(results)
    shown = [_performance(result, index) for index, result in enumerate(results)]
    for result, points in zip(results, shown, strict=True):
        if not any(len(layer.x) for layer in points):
            raise Refused("there is no complete cycle to show", result.label)
    layers = tuple(layer for points in shown for layer in points)
    right = efficiency_axis(layers)
    left = f"{capacity_label(results)}, filled" if right else capacity_label(results)
    panel = Panel(
        x=Axis(label="Cycle number", low=0.0, whole=True),
        y=Axis(label=left, unit=unit, low=0.0, high=_headroom(layers)),
        right=right,
        layers=layers,
        legend="best" if len(results) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    caption = caption_of(results, "Cycling performance (filled: capacity, hollow: Coulombic efficiency)")
    notes = hidden_efficiencies(layers, right)
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results), notes=notes)


def _performance(result: CyclingResult, index: int) -> list[Points]:
    """Efficiencies, with the capacities drawn over them."""
    look = Points(x=_NONE, y=_NONE, colour=index, marker=MARKERS[index % len(MARKERS)], size_pt=2.5)
    layers = []
    number, efficiency = _column(result, "coulombic_efficiency")
    if len(number):
        name = _name(result, "Coulombic efficiency")
        layers.append(replace(look, x=number, y=efficiency, hollow=True, side="right", name=name))
    number, capacity = _column(result, f"{result.retained}_capacity")
    return [*layers, replace(look, x=number, y=capacity, label=result.label, name=_name(result, "capacity"))]


def _curves(results: Sequence[CyclingResult], take: Callable[[Curve], tuple[Floats, Floats]]) -> tuple[Line, ...]:
    """Lines of the chosen cycles: one colour per sample, one dash per cycle; of one sample one colour per cycle."""
    layers, one = [], len(results) == 1
    for index, result in enumerate(results):
        chosen = [curve for curve in result.curves if curve.chosen]
        if not chosen:
            raise Refused("there is no profile to show", result.label, "no cycle of profile_cycles is in the data")
        numbers = sorted({curve.cycle for curve in chosen})
        for curve in chosen:
            place = numbers.index(curve.cycle)
            x, y = take(curve)
            first = curve is next(c for c in chosen if c.cycle == curve.cycle)
            label = _label(result, curve, one=one, several=len(numbers) > 1) if first else ""
            dash = "solid" if one else DASHES[place % len(DASHES)]
            whole = _name(result, f"cycle {curve.cycle}", "charge" if curve.charging else "discharge")
            layers.append(Line(x=x, y=y, label=label, colour=place if one else index, dash=dash, name=whole))
    return tuple(layers)


def _windows(results: Sequence[CyclingResult]) -> str:
    """The window of the differential capacity, or its range where the curves have their own."""
    curves = [curve for result in results for curve in result.curves if curve.chosen]
    found = sorted({f"{curve.dqdv_window_mv:.2g}" for curve in curves}, key=float)
    return found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}" if found else ""


def _name(result: CyclingResult, *words: str) -> str:
    """The name of a series in the figure's data file: its sample, and which part of it."""
    return ", ".join(word for word in (result.label, *words) if word)


def _label(result: CyclingResult, curve: Curve, *, one: bool, several: bool) -> str:
    cycle = f"cycle {curve.cycle}"
    if one:
        return cycle
    return f"{result.label}, {cycle}" if several else result.label


def _labels(layers: Sequence[Line]) -> list[str]:
    return [layer.label for layer in layers if layer.label]


def _last_feature(layers: Sequence[Line]) -> float:
    """A voltage slightly above the last one at which a curve exceeds 1 % of its largest value."""
    found = [layer.x[np.abs(layer.y) > 0.01 * np.abs(layer.y).max()].max() for layer in layers if len(layer.x)]
    return float(np.ceil(10.0 * max(found, default=1.0) + 1.0) / 10.0)


def _usual(layers: Sequence[Line]) -> float:
    """A range that shows the middle of the curves and cuts off the steep ends of the half cycles."""
    values = np.concatenate([np.abs(layer.y) for layer in layers])
    return float(4.0 * np.percentile(values, 75.0)) if len(values) else 1.0


def _column(result: CyclingResult, name: str) -> tuple[Floats, Floats]:
    """Cycle numbers and the values of one row key, of complete cycles only."""
    pairs = [(row["cycle"], row[name]) for row in result.rows if row["complete"] and isinstance(row[name], float)]
    array = np.array(pairs, float).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _headroom(layers: Sequence[Points]) -> float | None:
    """The top of the capacity axis, with room for the efficiencies above, or for the highest marker."""
    tops = [float(layer.y.max()) for layer in layers if layer.side == "left" and len(layer.y)]
    room = _ROOM if any(layer.side == "right" for layer in layers) else _MARKER_ROOM
    return room * max(tops) if tops and max(tops) > 0.0 else None


FIGURES = {
    "voltage profile": voltage_profile,
    "cycling performance": cycling_performance,
    "dQ/dV": differential_capacity,
    "dV/dQ": differential_voltage,
    "rate capability": rate_capability,
    "profile by rate": profile_by_rate,
    "rate equation": rate_equation_fit,
    "pulses": pulses_over_voltage,
    "potential steps": potential_steps_over_voltage,
    "internal resistance": internal_resistance,
}
