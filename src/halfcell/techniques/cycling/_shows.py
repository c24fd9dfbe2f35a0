"""Figures and tables of cycling: voltage profile, cycling performance, dQ/dV; first cycle, cycles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import Axis, Dash, Figure, Line, Marker, Panel, Points
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.core.vocabulary import quantity_word

if TYPE_CHECKING:
    from halfcell.techniques.cycling._result import Curve, CyclingResult

_DASHES: tuple[Dash, ...] = ("solid", "dash", "dot", "dashdot")
_MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")


def voltage_profile(results: Sequence[CyclingResult]) -> Figure:
    """Voltage over capacity, discharge and charge, of the chosen cycles; several samples share one panel."""
    unit = _one_unit(results)
    layers = _curves(results, lambda curve: (curve.capacity, curve.voltage), "profile_cycles")
    panel = Panel(
        x=Axis(label="Capacity", unit=unit, low=0.0),
        y=Axis(label="Voltage", unit=_volts(results), low=0.0 if _low(layers) < 0.5 else None),
        layers=layers,
        legend="best" if len(_labels(layers)) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    return Figure(panels=(panel,), caption=_caption(results, "Voltage profiles"), simulated=_simulated(results))


def differential_capacity(results: Sequence[CyclingResult]) -> Figure:
    """dQ/dV over voltage; charge counts positive, discharge negative."""
    unit = _one_unit(results).replace("g^{-1}", "g^{-1} V^{-1}")
    layers = _curves(results, lambda curve: (curve.dqdv_voltage, curve.dqdv), "profile_cycles")
    panel = Panel(
        x=Axis(label="Voltage", unit=_volts(results), high=_last_feature(layers)),
        y=Axis(label="dQ/dV", unit=unit if "V" in unit else f"{unit} V^{{-1}}"),
        layers=layers,
        legend="best" if len(_labels(layers)) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    window = results[0].settings.get("dqdv_window_mv", 20.0)
    caption = _caption(results, f"Differential capacity, averaged over a window of {window:g} mV")
    return Figure(panels=(panel,), caption=caption, simulated=_simulated(results))


def cycling_performance(results: Sequence[CyclingResult]) -> Figure:
    """Capacity (left, filled) and Coulombic efficiency (right, hollow) of every complete cycle."""
    unit = _one_unit(results)
    layers: list[Points] = []
    for index, result in enumerate(results):
        marker = _MARKERS[index % len(_MARKERS)]
        number, capacity = _column(result, f"{result.retained}_capacity")
        layers.append(Points(x=number, y=capacity, label=result.label, colour=index, marker=marker, size_pt=2.5))
        number, efficiency = _column(result, "coulombic_efficiency")
        if len(number):
            layers.append(
                Points(x=number, y=efficiency, colour=index, marker=marker, hollow=True, size_pt=2.5, side="right")
            )
    panel = Panel(
        x=Axis(label="Cycle number", low=0.0),
        y=Axis(label=_capacity_label(results), unit=unit, low=0.0),
        right=_efficiency_axis(layers),
        layers=tuple(layers),
        legend="best" if len(results) > 1 else "none",
        title=results[0].label if len(results) == 1 else "",
    )
    caption = _caption(results, "Cycling performance (filled: capacity, hollow: Coulombic efficiency)")
    return Figure(panels=(panel,), caption=caption, simulated=_simulated(results))


def first_cycle(results: Sequence[CyclingResult]) -> Table:
    """A row a sample: capacities and Coulombic efficiency of cycle 1, retention of a later cycle."""
    names = (
        "initial_discharge_capacity",
        "initial_charge_capacity",
        "initial_coulombic_efficiency",
        "capacity_retention",
    )
    ends = sorted({int(r.quantities["retention_cycle"].value) for r in results if "retention_cycle" in r.quantities})
    columns = [Column(key="label", label="Materials")]
    for name in names:
        label = quantity_word("cycling", name)["label"]
        label += f" after {ends[0]} cycles" if name == "capacity_retention" and len(ends) == 1 else ""
        unit = _one_unit(results) if "capacity" in name and "retention" not in name else "%"
        columns.append(Column(key=name, label=label, unit=unit))
    rows = tuple(
        (Entry(text=result.label), *(entry(result, name, _decimals(result, name)) for name in names))
        for result in results
    )
    return Table(columns=tuple(columns), rows=rows, notes=_bases(results), simulated=_simulated(results))


def cycles(results: Sequence[CyclingResult]) -> Table:
    """A row a cycle of every sample."""
    unit = _one_unit(results)
    shown = (
        ("cycle", "Cycle", "", 0),
        ("discharge_capacity", "Discharge capacity", unit, 1),
        ("charge_capacity", "Charge capacity", unit, 1),
        ("coulombic_efficiency", "Coulombic efficiency", "%", 2),
        ("mean_discharge_voltage", "Mean discharge voltage", "V", 3),
        ("mean_charge_voltage", "Mean charge voltage", "V", 3),
        ("c_rate", "Rate", "C", 2),
        ("retention", "Retention", "%", 1),
    )
    columns = [Column(key="label", label="Materials")] if len(results) > 1 else []
    columns += [Column(key=key, label=label, unit=column_unit) for key, label, column_unit, _ in shown]
    rows = []
    for result in results:
        for row in result.rows:
            cells = [
                _row_entry(result, row["cycle"], key, (row[key], column_unit, decimals))
                for key, _, column_unit, decimals in shown
            ]
            rows.append(tuple([Entry(text=result.label)] * (len(results) > 1) + cells))
    return Table(columns=tuple(columns), rows=tuple(rows), notes=_bases(results), simulated=_simulated(results))


def _row_entry(result: CyclingResult, cycle: object, key: str, shown: tuple[object, str, int]) -> Entry:
    value, unit, decimals = shown
    if not isinstance(value, float | int):
        return Entry(text="-")
    if "mAh" in unit and "g" not in unit:
        decimals = 4
    quantity = Quantity(float(value), unit, decimals=decimals)
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:cycle {cycle}:{key}")


def _decimals(result: CyclingResult, name: str) -> int:
    """Digits after the point: four for a capacity in mAh, one for all else."""
    return 4 if result.capacity_unit == "mAh" and name.startswith("initial") and name.endswith("capacity") else 1


def _curves(
    results: Sequence[CyclingResult], take: Callable[[Curve], tuple[np.ndarray, np.ndarray]], setting: str
) -> tuple[Line, ...]:
    """Lines of all curves: one colour a sample and one dash a cycle, or of one sample one colour a cycle."""
    layers = []
    for index, result in enumerate(results):
        numbers = sorted({curve.cycle for curve in result.curves})
        for curve in result.curves:
            place = numbers.index(curve.cycle)
            one = len(results) == 1
            x, y = take(curve)
            label = _label(result, curve, one=one, several=len(numbers) > 1)
            first = curve is next(c for c in result.curves if c.cycle == curve.cycle)
            dash = "solid" if one else _DASHES[place % len(_DASHES)]
            layers.append(Line(x=x, y=y, label=label if first else "", colour=place if one else index, dash=dash))
    if not layers:
        raise Refused("there is no profile to show", results[0].label, f"the cycles in {setting} are not in the data")
    return tuple(layers)


def _label(result: CyclingResult, curve: Curve, *, one: bool, several: bool) -> str:
    cycle = f"cycle {curve.cycle}"
    if one:
        return cycle
    return f"{result.label}, {cycle}" if several else result.label


def _labels(layers: Sequence[Line]) -> list[str]:
    return [layer.label for layer in layers if layer.label]


def _volts(results: Sequence[CyclingResult]) -> str:
    """The unit of the voltage: against lithium where all are half cells with a lithium counter electrode."""
    return "V vs. Li^{+}/Li" if {result.kind for result in results} <= {"half", "cathode half"} else "V"


def _low(layers: Sequence[Line]) -> float:
    return min((float(layer.y.min()) for layer in layers if len(layer.y)), default=0.0)


def _last_feature(layers: Sequence[Line]) -> float:
    """A voltage a little above the last one at which a curve exceeds 1 % of its largest value."""
    found = [layer.x[np.abs(layer.y) > 0.01 * np.abs(layer.y).max()].max() for layer in layers if len(layer.x)]
    return float(np.ceil(10.0 * max(found, default=1.0) + 1.0) / 10.0)


def _one_unit(results: Sequence[CyclingResult]) -> str:
    """The unit of all capacities, as printed.

    Raises
    ------
    Refused
        If the results are in different units, or there are none.
    """
    units = {result.capacity_unit for result in results}
    if len(units) != 1:
        without = ", ".join(r.label for r in results if r.capacity_unit == "mAh")
        raise Refused("some samples are per gram and some are not", without, "give the mass of each cell in cells.csv")
    return "mAh g^{-1}" if units == {"mAh/g"} else "mAh"


def _capacity_label(results: Sequence[CyclingResult]) -> str:
    kinds = {result.retained for result in results}
    return f"{kinds.pop().capitalize()} capacity" if len(kinds) == 1 else "Capacity"


def _column(result: CyclingResult, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Cycle numbers and values of a row key, complete cycles only."""
    pairs = [(row["cycle"], row[name]) for row in result.rows if row["complete"] and isinstance(row[name], float)]
    array = np.array(pairs, float).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def _efficiency_axis(layers: Sequence[Points]) -> Axis | None:
    """The right axis; none where no efficiency is shown."""
    values = [float(layer.y.min()) for layer in layers if layer.side == "right"]
    if not values:
        return None
    return Axis(label="Coulombic efficiency", unit="%", low=min(50.0, 10.0 * np.floor(min(values) / 10.0)), high=105.0)


def _caption(results: Sequence[CyclingResult], what: str) -> str:
    return (
        f"{what} of {', '.join(result.label for result in results)}." if any(r.label for r in results) else f"{what}."
    )


def _bases(results: Sequence[CyclingResult]) -> tuple[str, ...]:
    bases = sorted({result.basis for result in results if result.capacity_unit == "mAh/g"})
    ends = sorted({note.text for result in results for note in result.notes if note.code == "retention_reference"})
    said = [f"Capacities are per gram of {', '.join(bases)}."] if bases else []
    return (*said, *(f"{text[0].upper()}{text[1:]}." for text in ends))


def _simulated(results: Sequence[CyclingResult]) -> bool:
    return any(result.simulated for result in results)


FIGURES = {
    "voltage profile": voltage_profile,
    "cycling performance": cycling_performance,
    "dQ/dV": differential_capacity,
}
TABLES = {"first cycle": first_cycle, "cycles": cycles}
