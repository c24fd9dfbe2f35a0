"""Tables of indentation: deformation energies, hardness and modulus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.indentation.result import IndentationResult

_BELOW = {"ideal_tip", "ideal_tip_shallow", "assumed_poisson", "depth_trend", "pile_up", "deep_in_particle"}
_OF_HARDNESS = {"ideal_tip_shallow", "depth_trend"}  # doubts that do not concern the energies
_CRUSH = "No unloading branch: work to fracture (crush test), not a plastic energy."


def deformation_energies(results: Sequence[IndentationResult]) -> Table:
    """Plastic, elastic and total deformation energy in 10^-10 J; of a crush test the work alone, as the total."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="plastic_energy", label="Plastic deformation energy", unit="10^{−10} J"),
        Column(key="elastic_energy", label="Elastic deformation energy", unit="10^{−10} J"),
        Column(key="total_energy", label="Total deformation energy", unit="10^{−10} J"),
    )
    notes = [_CRUSH] if any(result.mode == "crush" for result in results) else []
    if any("test_count" in result.quantities for result in results):
        notes.append("Mean and standard deviation over the particles tested.")
    return Table(
        columns=columns,
        rows=tuple(_energy_row(result) for result in results),
        notes=tuple(notes),
        simulated=simulated(results),
    )


def _energy_row(result: IndentationResult) -> tuple[Entry | None, ...]:
    name = Entry(text=formula(result.label))
    total = _tenth_nano(result, "total_energy")
    if result.mode == "crush":
        return name, Entry(text="crush: no unloading", columns=2), None, total
    return name, _tenth_nano(result, "plastic_energy"), _tenth_nano(result, "elastic_energy"), total


def hardness_and_modulus(results: Sequence[IndentationResult]) -> Table:
    """Hardness and modulus with the loads and depths they were taken at, the elastic share and pop-ins."""
    columns = (
        Column(key="label", label="Materials"),
        Column(key="hardness", label="Hardness", unit="GPa"),
        Column(key="modulus", label="Young's modulus", unit="GPa"),
        Column(key="elastic_ratio", label="W_{e}/W_{t}"),
        Column(key="peak_load", label="P_{max}", unit="mN"),
        Column(key="peak_depth", label="h_{max}", unit="nm"),
        Column(key="popin_load", label="First pop-in", unit="mN"),
    )
    rows = [(Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results]
    notes = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code in _BELOW))
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


def _tenth_nano(result: IndentationResult, name: str) -> Entry:
    """The entry of an energy in 10^-10 J, with its uncertainty and origin."""
    quantity = result.quantities.get(name)
    if quantity is None:
        reasons = [note.text for note in result.notes if note.level == "refused"]
        return Entry(text="-", doubt="; ".join(reasons))
    std = None if quantity.std is None else quantity.std * 10.0
    shown = Quantity(quantity.value * 10.0, "10^{−10} J", std, quantity.kind)
    doubts = [n.text for n in result.notes if n.level == "doubt" and n.code not in _OF_HARDNESS]
    return Entry(text=shown.number, quantity=shown, origin=f"{result.id}:{name}", doubt="; ".join(doubts))


TABLES = {"deformation energies": deformation_energies, "hardness and modulus": hardness_and_modulus}
