"""Tables of pellets between blocking electrodes: resistance, conductivity or its bound, activation energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.pellet import CONDITIONS, conditions, given
from halfcell.techniques.common.pellet_conductivity import SIGN, power_of_ten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.ionic_conductivity.result import IonicConductivityResult

_SIGMA = "S cm^{−1}"


def conductivities(results: Sequence[IonicConductivityResult]) -> Table:
    """Resistance and ionic conductivity (or its bound) with geometry and conditions: one row per spectrum."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="thickness_um", label="Thickness", unit="µm"),
        Column(key="area_cm2", label="Area", unit="cm^{2}"),
        *CONDITIONS,
        Column(key="resistance", label="Resistance", unit="Ω"),
        Column(key="conductivity", label="σ_{ion}", unit=_SIGMA),
        Column(key="bulk_conductivity", label="σ_{bulk}", unit=_SIGMA),
    )
    rows = tuple(_row(r) for r in results)
    notes = ["Resistance and σ_{ion}: bulk and grain boundaries together, up to the blocking tail."]
    if any(r.bound == "lower" for r in results):
        notes.append("≥: leads and contacts may matter; the conductivity is a lower bound.")
    return Table(columns=columns, rows=rows, notes=tuple(notes), simulated=simulated(results))


def _row(r: IonicConductivityResult) -> tuple[Entry | None, ...]:
    sigma = _power(entry(r, "conductivity"))
    if sigma.quantity is not None and r.bound != "value":
        text = f"{SIGN[r.bound]} {power_of_ten(f'{sigma.quantity.value:.2g}')}"
        sigma = Entry(text=text, quantity=sigma.quantity, origin=sigma.origin, doubt=sigma.doubt)
    return (
        Entry(text=formula(r.label)),
        Entry(text=given(r.pellet.thickness_um)),
        Entry(text=given(r.pellet.area)),
        *conditions(r.pellet),
        entry(r, "resistance"),
        sigma,
        _power(entry(r, "bulk_conductivity")),
    )


def _power(found: Entry) -> Entry:
    """The entry with ``e-05`` printed as a power of ten."""
    return Entry(text=power_of_ten(found.text), quantity=found.quantity, origin=found.origin, doubt=found.doubt)


def activation(results: Sequence[IonicConductivityResult]) -> Table:
    """Activation energy, prefactor and conductivity at 25 degC: one row per series of temperatures."""
    columns = (
        Column(key="label", label="Series"),
        Column(key="range", label="Temperatures", unit="°C"),
        Column(key="series.activation_energy", label="E_{a}", unit="eV"),
        Column(key="series.conductivity_25degc", label="σ_{ion}(25 °C)", unit=_SIGMA),
    )
    kept: list[IonicConductivityResult] = []
    for r in results:
        if r.temperatures is not None and all(r.temperatures != one.temperatures for one in kept):
            kept.append(r)
    rows = tuple(
        (
            Entry(text=formula(r.label)),
            Entry(text=_range(r)),
            entry(r, "series.activation_energy"),
            _power(entry(r, "series.conductivity_25degc")),
        )
        for r in kept
    )
    forms = {r.temperatures.line.form for r in kept if r.temperatures is not None}
    notes = tuple(f"Arrhenius line of {'ln(σT)' if form == 'sigma T' else 'ln σ'} over 1/T." for form in sorted(forms))
    return Table(columns=columns, rows=rows, notes=notes, simulated=simulated(results))


def _range(r: IonicConductivityResult) -> str:
    degc = [k - 273.15 for k in r.temperatures.kelvin] if r.temperatures is not None else []
    return f"{min(degc):.4g} to {max(degc):.4g} ({len(degc)})" if degc else "-"


TABLES = {"conductivity": conductivities, "activation energy": activation}
