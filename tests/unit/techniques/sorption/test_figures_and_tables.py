"""Figures and tables of sorption: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import sorption
from halfcell.techniques.sorption import Parameters, Settings, SorptionResult, analyse, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[SorptionResult]:
    """Two powders."""
    rng = np.random.default_rng(7)
    isotherms = [simulate(Parameters(flat_area=area), rng) for area in (4.0, 9.0)]
    return [analyse(m, Settings()).stamped(label=f"A{n}", id=f"id{n}") for n, m in enumerate(isotherms)]


@pytest.mark.parametrize("show", sorption.TECHNIQUE.figures)
def test_figures(results: Sequence[SorptionResult], show: str) -> None:
    """Both branches, BET area and type; the BET line in g/cm3 over p/p0; pore sizes per decade."""
    check(sorption.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", sorption.TECHNIQUE.tables)
def test_tables(results: Sequence[SorptionResult], show: str) -> None:
    """BET areas of 11 and 16 m2/g with the range over valid windows, C of 100, no micropores."""
    table = sorption.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
