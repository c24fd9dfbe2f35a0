"""Tables of polarisation: steady currents and conductivities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.pellet import CONDITIONS, conditions
from halfcell.techniques.common.pellet_conductivity import SIGN, power_of_ten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.polarisation.result import PolarisationResult


def conductivities(results: Sequence[PolarisationResult]) -> Table:
    """Bias, steady current, resistance and conductivity (or its bound): one row per record."""
    columns = (
        Column(key="label", label="Sample"),
        *CONDITIONS,
        Column(key="bias_mv", label="Bias", unit="mV"),
        Column(key="steady_current", label="Steady current", unit="mA"),
        Column(key="steady_slope", label="d ln I/d ln t"),
        Column(key="resistance", label="Resistance", unit="Ω"),
        Column(key="conductivity", label="Conductivity", unit="S cm^{−1}"),
        Column(key="kind", label="Kind"),
    )
    notes = {
        "lower": "≥: resistances in series are not known.",
        "upper": "≤: the current had not come to rest.",
        "open": "≈: the current had not come to rest, and resistances in series are not known.",
    }
    said = tuple(text for bound, text in notes.items() if any(r.bound == bound for r in results))
    rows = tuple(_row(r) for r in results)
    return Table(columns=columns, rows=rows, notes=said, simulated=simulated(results))


def _row(r: PolarisationResult) -> tuple[Entry | None, ...]:
    sigma = entry(r, "conductivity")
    if sigma.quantity is not None and r.bound != "value":
        text = f"{SIGN[r.bound]} {power_of_ten(f'{sigma.quantity.value:.2g}')}"
        sigma = Entry(text=text, quantity=sigma.quantity, origin=sigma.origin, doubt=sigma.doubt)
    shown = [entry(r, name) for name in ("steady_current", "steady_slope", "resistance")]
    return (
        Entry(text=formula(r.label)),
        *conditions(r.pellet),
        Entry(text=f"{1000 * r.bias_volt:g}"),
        *shown,
        sigma,
        Entry(text=r.conduction),
    )


TABLES = {"conductivity": conductivities}
