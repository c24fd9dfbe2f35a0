"""Figures and tables of polarisation: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import polarisation
from halfcell.techniques.polarisation import Parameters, PolarisationResult, Settings, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[PolarisationResult]:
    """A pellet at three biases between electron-blocking electrodes, the last record stopped too early."""
    settings = Settings(
        thickness_um=650,
        diameter_mm=10,
        thickness_std_um=0.0,
        diameter_std_mm=0.0,
        leakage_std_ampere=0.0,
        pressure_mpa=300,
        temperature_degc=25,
        electrodes="electron-blocking",
    )
    rng = np.random.default_rng(7)
    runs = [(20.0, 3600.0), (50.0, 3600.0), (80.0, 200.0)]
    records = [simulate(Parameters(bias_mv=bias, duration_second=time), rng) for bias, time in runs]
    return [r.stamped(label=f"A{n}", id=f"id{n}") for n, r in enumerate(analyse_series(records, settings))]


@pytest.mark.parametrize("show", sorted({*polarisation.TECHNIQUE.figures} - {"arrhenius"}))
def test_figures(results: Sequence[PolarisationResult], show: str) -> None:
    """Current over time with the window of its mean; over the bias a line through the steady currents."""
    check(polarisation.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", polarisation.TECHNIQUE.tables)
def test_tables(results: Sequence[PolarisationResult], show: str) -> None:
    """Resistances with errors, conductivities as bounds, and which sign means what."""
    table = polarisation.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
