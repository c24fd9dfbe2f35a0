"""Figures and tables of thermogravimetry: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import thermogravimetry
from halfcell.techniques.thermogravimetry import Parameters, Settings, ThermogravimetryResult, analyse, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[ThermogravimetryResult]:
    """Two polymers with a burn-off."""
    rng = np.random.default_rng(7)
    heated = [simulate(Parameters(mass_mg=mass), rng) for mass in (5.0, 8.0)]
    return [analyse(m, Settings()).stamped(label=f"A{n}", id=f"id{n}") for n, m in enumerate(heated)]


@pytest.mark.parametrize("show", thermogravimetry.TECHNIQUE.figures)
def test_figures(results: Sequence[ThermogravimetryResult], show: str) -> None:
    """Mass in wt% of the dry sample beside its loss rate, over the temperature and over the time."""
    check(thermogravimetry.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", thermogravimetry.TECHNIQUE.tables)
def test_tables(results: Sequence[ThermogravimetryResult], show: str) -> None:
    """Onset < peak < endset of each loss; losses and residue sum to 100 wt%."""
    table = thermogravimetry.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
