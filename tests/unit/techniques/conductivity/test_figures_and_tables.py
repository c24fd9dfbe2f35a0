"""Figures and tables of I-V sweeps: their structure, compared with snapshots."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import conductivity
from halfcell.techniques.conductivity import ConductivityResult, Parameters, Settings, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[ConductivityResult]:
    """A series of three thicknesses with contacts, and a poor conductor."""
    settings = Settings(
        diameter_mm=10,
        thickness_std_um=0.0,
        diameter_std_mm=0.0,
        pressure_mpa=75,
        temperature_degc=25,
        electrodes="ion-blocking",
    )
    rng, sweeps = np.random.default_rng(7), []
    for thickness in (300.0, 500.0, 800.0):
        one = simulate(Parameters(conductivity_s_per_cm=0.6, thickness_um=thickness, contact_ohm=0.05), rng)
        sweeps.append(dataclasses.replace(one, meta={**one.meta, "tags": {"thickness": f"{thickness:g} um"}}))
    return [r.stamped(label=f"A{n}", id=f"id{n}") for n, r in enumerate(analyse_series(sweeps, settings))]


@pytest.mark.parametrize("show", sorted({*conductivity.TECHNIQUE.figures} - {"arrhenius"}))
def test_figures(results: Sequence[ConductivityResult], show: str) -> None:
    """Current in mA over voltage in mV, each sample with its line; that of the thicknesses begins at none."""
    check(conductivity.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


def test_temperatures() -> None:
    """ln sigma over 1/T of a semiconductor with 0.2 eV; 25 degC is within the range."""
    made = []
    for number, degc in enumerate((0.0, 25.0, 50.0, 75.0)):
        sigma = 1e-3 * float(np.exp(-0.2 / 8.617333262e-5 * (1 / (degc + 273.15) - 1 / 298.15)))
        one = simulate(Parameters(conductivity_s_per_cm=sigma, contact_ohm=0.0), np.random.default_rng(number))
        made.append(dataclasses.replace(one, meta={**one.meta, "tags": {"temperature": f"{degc:g}C"}}))
    found = analyse_series(
        made,
        Settings(diameter_mm=10, thickness_um=500, thickness_std_um=5, diameter_std_mm=0.02, electrodes="ion-blocking"),
    )
    energy, room = found[0]["series.activation_energy"], found[0]["series.conductivity_25degc"]
    assert energy.value == pytest.approx(0.2, abs=3 * (energy.std or 0))
    assert room.value == pytest.approx(1e-3, rel=0.01)
    labelled = [r.stamped(label=f"A {r.pellet.temperature_degc:g}C", id=f"id{n}") for n, r in enumerate(found)]
    check(conductivity.TECHNIQUE.figures["arrhenius"](labelled), SNAPSHOTS / "arrhenius.json")


@pytest.mark.parametrize("show", conductivity.TECHNIQUE.tables)
def test_tables(results: Sequence[ConductivityResult], show: str) -> None:
    """Stated geometry beside the resistance with contacts and the conductivity without them."""
    table = conductivity.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
