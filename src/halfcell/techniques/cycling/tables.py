"""Tables of cycling: first cycle, cycles, rates, energy densities; the first is the default."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.core.vocabulary import quantity_word
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.row_columns import RowColumn
from halfcell.techniques.cycling.axes import capacity_unit
from halfcell.techniques.cycling.capacity_scale import mah_decimals
from halfcell.techniques.cycling.energy_density_table import energy_density
from halfcell.techniques.cycling.rate_figures import pairs_differ
from halfcell.techniques.cycling.table_entries import areal_column, bases_of, row_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult

_DAY_H = 24.0  # a longer rest is a storage


def first_cycle(results: Sequence[CyclingResult]) -> Table:
    """One row per sample: capacities and Coulombic efficiency of cycle 1, retention of a later cycle."""
    names = (
        "initial_discharge_capacity",
        "initial_charge_capacity",
        "initial_coulombic_efficiency",
        "capacity_retention",
        *(["initial_areal_capacity"] if any("initial_areal_capacity" in r.quantities for r in results) else []),
    )
    ends = sorted({int(r.quantities["retention_cycle"].value) for r in results if "retention_cycle" in r.quantities})
    columns = [Column(key="label", label="Materials")]
    for name in names:
        label = quantity_word("cycling", name)["label"]
        label += f" after {ends[0]} cycles" if name == "capacity_retention" and len(ends) == 1 else ""
        unit = capacity_unit(results) if name.endswith("charge_capacity") else "%"
        unit = "mAh cm^{-2}" if name == "initial_areal_capacity" else unit
        columns.append(Column(key=name, label=label, unit=unit))
    rows = tuple((Entry(text=result.label), *(_first_entry(result, name) for name in names)) for result in results)
    begun = [f"{r.label}: no complete cycle." for r in results if not any(name in r.quantities for name in names)]
    notes = (*bases_of(results), *begun)
    return Table(columns=tuple(columns), rows=rows, notes=notes, simulated=simulated(results))


def cycles(results: Sequence[CyclingResult]) -> Table:
    """One row per cycle of every sample."""
    unit = capacity_unit(results)
    shown = (
        RowColumn("cycle", "Cycle"),
        RowColumn("discharge_capacity", "Discharge capacity", unit, 1),
        RowColumn("charge_capacity", "Charge capacity", unit, 1),
        RowColumn("coulombic_efficiency", "Coulombic efficiency", "%", 2),
        RowColumn("mean_discharge_voltage", "Mean discharge voltage", "V", 3),
        RowColumn("mean_charge_voltage", "Mean charge voltage", "V", 3),
        RowColumn("c_rate", "Rate", "C", 2),
        RowColumn("retention", "Retention", "%", 1),
        *areal_column(results, [row for result in results for row in result.rows]),
        *_rests(results),
    )
    columns = [Column(key="label", label="Materials")] if len(results) > 1 else []
    columns += [one.column for one in shown]
    rows = []
    for result in results:
        for row in result.rows:
            cells = [row_entry(result, one, row[one.key]) for one in shown]
            rows.append(tuple([Entry(text=result.label)] * (len(results) > 1) + cells))
    return Table(
        columns=tuple(columns), rows=tuple(rows), notes=_each_cycle(bases_of(results)), simulated=simulated(results)
    )


def _each_cycle(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes for a table of all cycles, where the retention is that of each cycle, not of the last one."""
    return tuple(re.sub(r"capacity of cycle \d+ against", "capacity of each cycle against", note) for note in notes)


def _first_entry(result: CyclingResult, name: str) -> Entry:
    """A number of the first cycle; a capacity per gram of a mass with an uncertainty is printed with its own."""
    made = entry(result, name, _decimals(result, name))
    per_gram = name.endswith("charge_capacity") and result.capacity_unit == "mAh/g"
    if not per_gram or not result.settings.get("active_mass_std_mg") or made.quantity is None:
        return made
    shown = replace(made.quantity, decimals=None)
    return replace(made, text=shown.number, quantity=shown)


def _decimals(result: CyclingResult, name: str) -> int:
    """Digits after the point: four or more for a capacity in mAh, two per area, one for everything else."""
    if name == "initial_areal_capacity":
        return 2
    if result.capacity_unit == "mAh" and name.startswith("initial") and name.endswith("capacity"):
        return mah_decimals(result.quantities[name].value) if name in result.quantities else 4
    return 1


def rate_table(results: Sequence[CyclingResult]) -> Table:
    """One row per stretch of cycles at one rate."""
    unit = capacity_unit(results)
    shown = (
        *_rates(results, "mA g^{-1}" if unit != "mAh" else "mA"),
        RowColumn("discharge_capacity", "Discharge capacity", unit, 1),
        RowColumn("charge_capacity", "Charge capacity", unit, 1),
        RowColumn("discharge_cv_share", "At constant voltage, discharge", "%", 1),
        RowColumn("charge_cv_share", "At constant voltage, charge", "%", 1),
        RowColumn("mean_discharge_voltage", "Mean discharge voltage", "V", 3),
        *areal_column(results, [row for result in results for row in result.blocks]),
    )
    columns = [Column(key="label", label="Materials"), Column(key="cycles", label="Cycles")]
    columns += [one.column for one in shown]
    rows = []
    for result in results:
        for number, block in enumerate(result.blocks):
            head = Entry(text=result.label, rows=len(result.blocks)) if number == 0 else None
            span = Entry(text=f"{block['first_cycle']}–{block['last_cycle']}")
            cells = [row_entry(result, one, block[one.key]) for one in shown]
            rows.append((head, span, *cells))
    return Table(columns=tuple(columns), rows=tuple(rows), notes=bases_of(results), simulated=simulated(results))


def _rests(results: Sequence[CyclingResult]) -> tuple[RowColumn, ...]:
    """The column of rests, where a cell rested for more than a day before or within a cycle."""
    stored = any(float(row["rest_time"] or 0.0) > _DAY_H for result in results for row in result.rows)
    return (RowColumn("rest_time", "Rest before and within", "h", 1),) if stored else ()


def _rates(results: Sequence[CyclingResult], unit: str) -> tuple[RowColumn, ...]:
    """The columns of rates: one of each, or those of discharge and charge where they differ."""
    if not any(pairs_differ(result) for result in results):
        return RowColumn("c_rate", "Rate", "C", 3), RowColumn("current_density", "Current density", unit, 1)
    return (
        RowColumn("discharge_c_rate", "Discharge rate", "C", 3),
        RowColumn("charge_c_rate", "Charge rate", "C", 3),
        RowColumn("discharge_current_density", "Discharge current density", unit, 1),
        RowColumn("charge_current_density", "Charge current density", unit, 1),
    )


def pulse_table(results: Sequence[CyclingResult]) -> Table:
    """One row per pulse between rests: current, voltages before and after, resistance, diffusion coefficient.

    Raises
    ------
    Refused
        If no result has pulses.
    """
    if not any(result.pulses for result in results):
        raise Refused("there are no pulses between rests", results[0].label, "a titration or pulse test is needed")
    shown = [
        RowColumn("pulse", "Pulse"),
        RowColumn("pulse_current", "Current", "mA", 4),
        RowColumn("pulse_duration", "Duration", "s", 0),
        RowColumn("rest_voltage", "Voltage before", "V", 4),
        RowColumn("relaxed_voltage", "Voltage after", "V", 4),
        RowColumn("pulse_resistance", "Resistance", "ohm", None),
        RowColumn("diffusion_coefficient", "Diffusion coefficient", "cm^{2} s^{-1}", None),
    ]
    if not any(isinstance(row["diffusion_coefficient"], float) for result in results for row in result.pulses):
        shown = shown[:-1]
    columns = [Column(key="label", label="Materials"), *(one.column for one in shown)]
    rows = [
        (Entry(text=result.label), *(one.entry(result, row[one.key]) for one in shown))
        for result in results
        for row in result.pulses
    ]
    return Table(columns=tuple(columns), rows=tuple(rows), notes=(), simulated=simulated(results))


def potential_step_table(results: Sequence[CyclingResult]) -> Table:
    """One row per step of the potential: voltages, charge, diffusion coefficient, and the plain formulas beside it.

    Raises
    ------
    Refused
        If no result has steps of the potential.
    """
    if not any(result.potential_steps for result in results):
        hint = "a titration with held voltages, and the setting diffusion_length_um, are needed"
        raise Refused("there is no step of the potential", results[0].label, hint)
    shown = [
        RowColumn("potential_step", "Step"),
        RowColumn("from_voltage", "Voltage before", "V", 4),
        RowColumn("to_voltage", "Held voltage", "V", 4),
        RowColumn("step_charge", "Charge", "mAh", 4),
        RowColumn("step_diffusion_coefficient", "Diffusion coefficient", "cm^{2} s^{-1}", None),
        RowColumn("cottrell_coefficient", "by Cottrell alone", "cm^{2} s^{-1}", None),
        RowColumn("late_coefficient", "by the end alone", "cm^{2} s^{-1}", None),
        RowColumn("resistance_ratio", "Diffusion over surface", "", 1),
    ]
    columns = [Column(key="label", label="Materials"), *(one.column for one in shown)]
    rows = [
        (Entry(text=result.label), *(one.entry(result, row[one.key]) for one in shown))
        for result in results
        for row in result.potential_steps
    ]
    return Table(columns=tuple(columns), rows=tuple(rows), notes=(), simulated=simulated(results))


TABLES = {
    "first cycle": first_cycle,
    "cycles": cycles,
    "rate capability": rate_table,
    "energy density": energy_density,
    "pulses": pulse_table,
    "potential steps": potential_step_table,
}
