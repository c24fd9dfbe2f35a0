"""Tables of cycling: first cycle, cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.core.vocabulary import quantity_word
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.figures import one_unit
from halfcell.techniques.cycling.quantities import mah_decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult


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
        unit = one_unit(results) if "capacity" in name and "retention" not in name else "%"
        columns.append(Column(key=name, label=label, unit=unit))
    rows = tuple(
        (Entry(text=result.label), *(entry(result, name, _decimals(result, name)) for name in names))
        for result in results
    )
    return Table(columns=tuple(columns), rows=rows, notes=bases_of(results), simulated=simulated(results))


def cycles(results: Sequence[CyclingResult]) -> Table:
    """A row a cycle of every sample."""
    unit = one_unit(results)
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
                row_entry(result, key, (row[key], column_unit, decimals)) for key, _, column_unit, decimals in shown
            ]
            rows.append(tuple([Entry(text=result.label)] * (len(results) > 1) + cells))
    return Table(columns=tuple(columns), rows=tuple(rows), notes=bases_of(results), simulated=simulated(results))


def row_entry(result: CyclingResult, key: str, shown: tuple[object, str, int]) -> Entry:
    """The entry of one value of a row: value, unit and digits."""
    value, unit, decimals = shown
    if not isinstance(value, float | int):
        return Entry(text="-")
    if "mAh" in unit and "g" not in unit:
        decimals = mah_decimals(float(value))
    quantity = Quantity(float(value), unit, decimals=decimals)
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:{key}")


def _decimals(result: CyclingResult, name: str) -> int:
    """Digits after the point: four or more for a capacity in mAh, one for all else."""
    if result.capacity_unit == "mAh" and name.startswith("initial") and name.endswith("capacity"):
        return mah_decimals(result.quantities[name].value) if name in result.quantities else 4
    return 1


def bases_of(results: Sequence[CyclingResult]) -> tuple[str, ...]:
    """What stands below a table: the mass of the capacities, the reference of the retention (whose, if they differ)."""
    bases = sorted({result.basis for result in results if result.capacity_unit == "mAh/g"})
    said = [f"Capacities are per gram of {', '.join(bases)}."] if bases else []
    ends: dict[str, list[str]] = {}
    for result in results:
        for note in result.notes:
            if note.code == "retention_reference":
                ends.setdefault(note.text, []).append(result.label)
    whose = {text: f"{', '.join(dict.fromkeys(labels))}: " if len(ends) > 1 else "" for text, labels in ends.items()}
    lines = (f"{whose[text]}{text}" for text in sorted(ends))
    return (*said, *(f"{line[0].upper()}{line[1:]}." if line.startswith("retention") else f"{line}." for line in lines))
