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
_SERIES = (
    Column(key="series.activation_energy", label="E_{a}", unit="eV"),
    Column(key="series.conductivity_25degc", label="σ_{ion}(25 °C)", unit=_SIGMA),
)


def conductivities(results: Sequence[IonicConductivityResult]) -> Table:
    """Resistance and ionic conductivity (or its bound) with geometry and conditions, activation energy of the series.

    One row per spectrum, in order of the temperature.
    """
    series = any(r.temperatures is not None for r in results)
    columns = (
        Column(key="label", label="Sample"),
        Column(key="thickness_um", label="Thickness", unit="µm"),
        Column(key="area_cm2", label="Area", unit="cm^{2}"),
        *CONDITIONS,
        Column(key="resistance", label="Resistance", unit="Ω"),
        Column(key="conductivity", label="σ_{ion}", unit=_SIGMA),
        Column(key="bulk_conductivity", label="σ_{bulk}", unit=_SIGMA),
        *(_SERIES if series else ()),
    )
    rows = tuple(_row(r, series=series) for r in by_temperature(results))
    notes = ["Resistance and σ_{ion}: bulk and grain boundaries together, up to the blocking tail."]
    if any(r.bound == "lower" for r in results):
        notes.append("≥: leads and contacts may matter; the conductivity is a lower bound.")
    forms = {r.temperatures.line.form for r in results if r.temperatures is not None}
    notes += [f"E_{{a}}: Arrhenius line of {'ln(σT)' if form == 'sigma T' else 'ln σ'} over 1/T." for form in forms]
    return Table(columns=columns, rows=rows, notes=tuple(notes), simulated=simulated(results))


def by_temperature(results: Sequence[IonicConductivityResult]) -> list[IonicConductivityResult]:
    """Results in the order of their temperatures within each pellet; as given where none is stated."""
    pellets = list(dict.fromkeys((r.pellet.thickness_um, r.pellet.area) for r in results))
    return sorted(
        results,
        key=lambda r: (pellets.index((r.pellet.thickness_um, r.pellet.area)), r.pellet.temperature_degc or 0.0),
    )


def _row(r: IonicConductivityResult, *, series: bool) -> tuple[Entry | None, ...]:
    sigma = _power(entry(r, "conductivity"))
    if sigma.quantity is not None and r.bound != "value":
        text = f"{SIGN[r.bound]} {power_of_ten(f'{sigma.quantity.value:.2g}')}"
        sigma = Entry(text=text, quantity=sigma.quantity, origin=sigma.origin, doubt=sigma.doubt)
    shared = (entry(r, "series.activation_energy"), _power(entry(r, "series.conductivity_25degc"))) if series else ()
    return (
        Entry(text=formula(r.label)),
        Entry(text=given(r.pellet.thickness_um)),
        Entry(text=given(r.pellet.area)),
        *conditions(r.pellet),
        entry(r, "resistance"),
        sigma,
        _power(entry(r, "bulk_conductivity")),
        *shared,
    )


def _power(found: Entry) -> Entry:
    """The entry with ``e-05`` printed as a power of ten."""
    return Entry(text=power_of_ten(found.text), quantity=found.quantity, origin=found.origin, doubt=found.doubt)


TABLES = {"conductivity": conductivities}
