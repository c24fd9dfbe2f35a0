"""Figures of capacity over rate: rate capability, profiles by rate, the fitted rate equation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import MARKERS, Axis, Figure, Layer, Line, Panel, Points, Text
from halfcell.maths.rate_equation import capacity_at
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.axes import capacity_label, capacity_unit, caption_of, lowest, volts
from halfcell.techniques.cycling.cycle_rows import same_currents
from halfcell.techniques.cycling.cycles import same_rate
from halfcell.techniques.cycling.rate_capability import rate_points, varied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.cycling.result import CyclingResult

_LEVEL = 5  # rates whose names fit side by side; more are turned
_FROM_ZERO = 0.5  # V: an axis of voltages that come so near to zero begins there


def rate_name(result: CyclingResult, block: Row) -> str:
    """The printed rate, in C where 1C is stated, else as the current density: of both half cycles where they differ."""
    if pairs_differ(result):
        return f"{_half_name(result, block, 'discharge')} / {_half_name(result, block, 'charge')}"
    return _half_name(result, block, result.retained)


def pairs_differ(result: CyclingResult) -> bool:
    """Whether a stretch of cycles was charged at another rate than it was discharged."""
    pairs = [(block["charge_current"], block["discharge_current"]) for block in result.blocks]
    return any(isinstance(a, float) and isinstance(b, float) and not same_rate(a, b) for a, b in pairs)


def _pair_words(results: Sequence[CyclingResult]) -> str:
    """What a caption says where rates of discharge and charge are printed."""
    return " Rates are those of discharge / charge." if any(pairs_differ(result) for result in results) else ""


def _half_name(result: CyclingResult, block: Row, which: str) -> str:
    c_rate, density = block[f"{which}_c_rate"], block[f"{which}_current_density"]
    if result.one_c_stated and isinstance(c_rate, float):
        return f"{float(f'{c_rate:.2g}'):g} C"
    unit = " mA g^{-1}" if result.capacity_unit == "mAh/g" else " mA"
    return f"{float(f'{density:.3g}'):g}{unit}" if isinstance(density, float) else ""


def rate_capability(results: Sequence[CyclingResult]) -> Figure:
    """Capacity over cycle number, with the rate printed above each stretch of cycles."""
    unit, layers, top = capacity_unit(results), [], 0.0
    for index, result in enumerate(results):
        rows = [row for row in result.rows if row["complete"] and row["role"] != "pulses"]
        x = np.array([row["cycle"] for row in rows], float)
        y = np.array([row[f"{result.retained}_capacity"] for row in rows], float)
        top = max(top, float(y.max(initial=0.0)))
        marker = MARKERS[index % len(MARKERS)]
        layers.append(Points(x=x, y=y, label=result.label, colour=index, marker=marker, size_pt=3.0))
    words = _rate_words(results[0], top)
    panel = Panel(
        x=Axis(label="Cycle number", low=0.0, whole=True),
        y=Axis(
            label=capacity_label(results),
            unit=unit,
            low=0.0,
            high=(1.6 if any(word.rotation_degree for word in words) else 1.3) * top if top else None,
        ),
        layers=(*layers, *words),
        legend="lower left" if len(results) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    caption = caption_of(results, "Rate capability") + _pair_words(results)
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results))


def _rate_words(result: CyclingResult, top: float) -> tuple[Text, ...]:
    """The rate of each stretch, above its middle and above all points; rotated where there are many."""
    blocks = [block for block in result.blocks if block["role"] != "pulses"]
    turned = 90.0 if len(blocks) > _LEVEL else 0.0
    return tuple(
        Text(
            x=0.5 * (float(block["first_cycle"] or 0) + float(block["last_cycle"] or 0)),
            y=(1.33 if turned else 1.12) * top,
            text=rate_name(result, block),
            align="center",
            rotation_degree=turned,
        )
        for block in blocks
    )


def profile_by_rate(results: Sequence[CyclingResult]) -> Figure:
    """Voltage profiles of the last complete cycle at each rate, one panel per sample."""
    panels = tuple(_rate_panel(result) for result in results)
    caption = caption_of(results, "Voltage profiles at various rates") + _pair_words(results)
    count = min(len(panels), 2)
    return Figure(
        panels=panels,
        caption=caption,
        columns=count,
        width_mm=90 if count == 1 else 180,
        simulated=simulated(results),
    )


def _rate_panel(result: CyclingResult) -> Panel:
    layers: list[Line] = []
    unit = capacity_unit([result])
    blocks = _first_of_each_rate(result)
    for place, block in enumerate(blocks):
        curves = [curve for curve in result.curves if curve.block == block["block"]]
        for number, curve in enumerate(curves):
            rate = rate_name(result, block)
            name = f"{rate}, {'charge' if curve.charging else 'discharge'}"
            label = rate if number == 0 else ""
            layers.append(Line(x=curve.capacity, y=curve.voltage, label=label, colour=place, name=name))
    if not layers:
        raise Refused("there are no profiles by rate", result.label, "complete cycles at two rates are needed")
    low = 0.0 if lowest(layers) < _FROM_ZERO else None
    return Panel(
        x=Axis(label="Capacity", unit=unit, low=0.0),
        y=Axis(label="Voltage", unit=volts([result]), low=low),
        layers=tuple(layers),
        title=result.label,
    )


def _first_of_each_rate(result: CyclingResult) -> list[Row]:
    """The first stretch at each rate, slowest first; formation only where no other stretch ran at its rate."""
    kept: list[Row] = []
    for block in sorted(result.blocks, key=lambda block: block["role"] == "formation"):
        if block["role"] in {"cycling", "formation"} and not any(same_currents(block, other) for other in kept):
            kept.append(block)
    return sorted(kept, key=lambda block: max(float(block[f"{name}_current"] or 0) for name in ("charge", "discharge")))


def rate_equation_fit(results: Sequence[CyclingResult]) -> Figure:
    """Capacity over rate, both logarithmic, with the rate equation fitted to each sample."""
    unit, layers = capacity_unit(results), []
    for index, result in enumerate(results):
        if "rate_time_constant" not in result.quantities:
            raise Refused("no rate equation was fitted", result.label, _why_not(result))
        layers += _fit_layers(result, index)
    panel = Panel(
        x=Axis(label="Rate, current / capacity", unit="h^{-1}", log=True),
        y=Axis(label="Capacity", unit=unit, log=True),
        layers=tuple(layers),
        title=results[0].label if len(results) == 1 else "",
        legend="lower left",
    )
    caption = caption_of(results, "Capacity over rate with the rate equation of Tian et al. (2019)")
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results))


def _fit_layers(result: CyclingResult, index: int) -> list[Layer]:
    rate, capacity = rate_points(result.blocks, varied(result.blocks, result.retained))
    names = ("rate_capacity", "rate_time_constant", "rate_exponent")
    top, time, exponent = (result[name] for name in names)
    grid = np.geomspace(rate.min() / 2.0, rate.max() * 2.0, 200)
    fitted = capacity_at(grid, top.value, time.value, exponent.value)
    words = f"τ = {time.number} h, n = {exponent.number}"
    label = f"{result.label}: {words}" if result.label else words
    name = ", ".join(part for part in (result.label, "measured") if part)
    return [
        Line(x=grid, y=fitted, colour=index, label=label),
        Points(x=rate, y=capacity, colour=index, marker=MARKERS[index % len(MARKERS)], name=name),
    ]


def _why_not(result: CyclingResult) -> str:
    said = [note.text for note in result.notes if note.code == "rate_equation_refused"]
    return said[0] if said else "four different rates are needed"
