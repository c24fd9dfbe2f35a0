"""Figures and tables of pellets between blocking electrodes: their structure, compared with snapshots."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.techniques import ionic_conductivity
from halfcell.techniques.ionic_conductivity import (
    IonicConductivityResult,
    Parameters,
    Settings,
    analyse,
    analyse_series,
    simulate,
)
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"
SET = Settings(thickness_um=650, diameter_mm=10, thickness_std_um=10, diameter_std_mm=0.05, pressure_mpa=300)


@pytest.fixture(scope="module")
def results() -> Sequence[IonicConductivityResult]:
    """One pellet at three temperatures."""
    rng, spectra = np.random.default_rng(7), []
    for degc in (-40.0, 0.0, 40.0):
        one = simulate(Parameters(temperature_degc=degc), rng)
        spectra.append(dataclasses.replace(one, meta={**one.meta, "tags": {"temperature": f"{degc:g}C"}}))
    found = analyse_series(spectra, SET)
    return [r.stamped(label=f"LPSC {r.pellet.temperature_degc:g}C", id=f"id{n}") for n, r in enumerate(found)]


@pytest.mark.parametrize("show", ionic_conductivity.TECHNIQUE.figures)
def test_figures(results: Sequence[IonicConductivityResult], show: str) -> None:
    """ln(sigma T) falls over 1000/T; the resistance before the blocking tail is marked."""
    check(ionic_conductivity.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", ionic_conductivity.TECHNIQUE.tables)
def test_tables(results: Sequence[IonicConductivityResult], show: str) -> None:
    """Conductivities rise with the temperature; bulk and total apart, 0.35 eV and 2 mS/cm at 25 degC as simulated."""
    table = ionic_conductivity.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers


def test_an_arrhenius_plot_needs_three_temperatures() -> None:
    alone = analyse(simulate(Parameters(), np.random.default_rng(1)), SET)
    with pytest.raises(InputError, match="no Arrhenius line"):
        ionic_conductivity.TECHNIQUE.figures["arrhenius"]([alone])
