"""Tables of I-V sweeps: resistance, geometry, and the conductivity or its bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.pellet import CONDITIONS, conditions, given
from halfcell.techniques.common.pellet_conductivity import SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.conductivity.result import ConductivityResult


def conductivities(results: Sequence[ConductivityResult]) -> Table:
    """Conductivities with geometry and conditions: one row per pellet."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="thickness_um", label="Thickness", unit="µm"),
        Column(key="area_cm2", label="Area", unit="cm^{2}"),
        *CONDITIONS,
        Column(key="resistance", label="Resistance", unit="Ω"),
        Column(key="conductivity", label="Conductivity", unit="S cm^{−1}"),
        Column(key="kind", label="Kind"),
    )
    rows = tuple(_row(r) for r in results)
    notes = []
    if any(r.bound == "lower" for r in results):
        notes.append("≥: two-probe cell whose contacts may matter; the conductivity is a lower bound.")
    if any(r.bound == "upper" for r in results):
        notes.append("≤: a polarisation goes on during the sweep; the conductivity is an upper bound.")
    if any(r.bound == "open" for r in results):
        notes.append("≈: contacts may matter, and a polarisation goes on during the sweep: no bound to either side.")
    if any("series.conductivity" in r.quantities and r.bound == "value" for r in results):
        notes.append("Of a series of thicknesses: conductivities without its contact resistance, resistances with it.")
    return Table(columns=columns, rows=rows, notes=tuple(notes), simulated=simulated(results))


def _row(r: ConductivityResult) -> tuple[Entry | None, ...]:
    sigma = entry(r, "conductivity")
    if sigma.quantity is not None and r.bound != "value":
        sigma = Entry(text=f"{SIGN[r.bound]} {sigma.quantity.value:.2g}", quantity=sigma.quantity, origin=sigma.origin)
    return (
        Entry(text=formula(r.label)),
        Entry(text=given(r.pellet.thickness_um)),
        Entry(text=given(r.pellet.area)),
        *conditions(r.pellet),
        entry(r, "resistance"),
        sigma,
        Entry(text=r.conduction),
    )


TABLES = {"conductivity": conductivities}
