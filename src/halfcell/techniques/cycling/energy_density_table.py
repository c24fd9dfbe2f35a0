"""The table of energy densities of full cells: masses, and capacity, voltage and energy at each rate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.sample import CellKind
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.row_columns import RowColumn
from halfcell.techniques.cycling.axes import capacity_unit
from halfcell.techniques.cycling.energy_density import BASES
from halfcell.techniques.cycling.table_entries import row_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult

_MASSES = (
    ("anode_mass_mg", "Mass of anode"),
    ("active_mass_mg", "Mass of anode active material"),
    ("separator_mass_mg", "Mass of separator"),
    ("electrolyte_mass_mg", "Mass of solid electrolyte"),
    ("cathode_mass_mg", "Mass of cathode"),
    ("cathode_active_mass_mg", "Mass of cathode active material"),
)
_SHOWN = (
    RowColumn("current_density", "Current density", "mA g^{-1}", 0),
    RowColumn("discharge_capacity", "Specific capacity", "mAh g^{-1}", 1),
    RowColumn("mean_discharge_voltage", "Average voltage", "V", 2),
    RowColumn("discharge_energy", "Energy", "Wh", 5),
    RowColumn("energy_density", "Energy density", "Wh kg^{-1}", 1),
)


def energy_density(results: Sequence[CyclingResult]) -> Table:
    """One row per rate of each full cell: capacity on its basis, energy per mass of the stack; N/P where known.

    Raises
    ------
    Refused
        If a cell is no full cell, or a mass of its basis is not known.
    """
    for result in results:
        if "energy_density" not in result.quantities:
            reasons = [note.text for note in result.notes if note.level == "refused"]
            hint = "; ".join(reasons) or "only full cells have an energy density: set the kind to full or asslb"
            raise Refused("no energy density", result.label, hint)
    capacity_unit(results)
    masses = [(key, label) for key, label in _MASSES if any(result.masses.get(key) for result in results)]
    columns = [Column(key="label", label="Anode material")]
    columns += [Column(key=key, label=label, unit="mg") for key, label in masses]
    balanced = any("np_ratio" in result.quantities for result in results)
    columns += [Column(key="np_ratio", label="N/P ratio")] * balanced
    columns += [one.column for one in _SHOWN]
    rows = [row for result in results for row in _rows(result, masses, balanced)]
    stated = sorted({BASES[CellKind(result.kind)] for result in results})
    notes = (f"Energy densities are per mass of {'; '.join(stated)}; no collector, no liquid electrolyte, no casing.",)
    return Table(columns=tuple(columns), rows=tuple(rows), notes=notes, simulated=simulated(results))


def _rows(result: CyclingResult, masses: Sequence[tuple[str, str]], balanced: bool) -> list[tuple[Entry | None, ...]]:
    """The rows of one cell; its name, masses and N/P are given once, in cells merged over all its rates."""
    blocks = [block for block in result.blocks if block["role"] != "pulses"]
    count = len(blocks)
    made: list[tuple[Entry | None, ...]] = []
    for number, block in enumerate(blocks):
        heads: list[Entry | None] = [None] * (len(masses) + 1 + balanced)
        if number == 0:
            heads = [Entry(text=result.label, rows=count), *(_mass(result, key, count) for key, _ in masses)]
            heads += [replace(entry(result, "np_ratio", 2), rows=count)] * balanced
        energy = block["discharge_energy"]
        values = {**block, "discharge_energy": energy / 1e3 if isinstance(energy, float) else None}
        cells = [row_entry(result, one, values[one.key]) for one in _SHOWN]
        made.append((*heads, *cells))
    return made


def _mass(result: CyclingResult, key: str, rows: int) -> Entry:
    mass = result.masses.get(key)
    if not mass:
        return Entry(text="-", rows=rows)
    quantity = Quantity(mass, "mg", decimals=2)
    return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:{key}", rows=rows)
