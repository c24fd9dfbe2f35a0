"""Figures and tables of decomposition kinetics: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import decomposition_kinetics
from halfcell.techniques.decomposition_kinetics import KineticsResult, Parameters, Settings, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[KineticsResult]:
    """One polymer at four heating rates."""
    rng = np.random.default_rng(7)
    runs = [simulate(Parameters(rate_degc_per_minute=rate), rng) for rate in (2.0, 5.0, 10.0, 20.0)]
    return [result.stamped(label="A1", id="id1") for result in analyse_series(runs, Settings())]


@pytest.mark.parametrize("show", decomposition_kinetics.TECHNIQUE.figures)
def test_figures(results: Sequence[KineticsResult], show: str) -> None:
    """ln(rate/T^2) falls over 1000/T; activation energies are one value over the conversion."""
    check(decomposition_kinetics.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", decomposition_kinetics.TECHNIQUE.tables)
def test_tables(results: Sequence[KineticsResult], show: str) -> None:
    """180 kJ/mol and log A of 14, as simulated, by three methods."""
    table = decomposition_kinetics.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    assert {entry.origin.split(":")[0] for row in table.rows for entry in row if entry and entry.quantity} == {"id1"}
