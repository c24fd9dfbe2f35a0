"""Figures and tables of indentation: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import indentation
from halfcell.techniques.indentation import IndentationResult, Parameters, Settings, analyse, join, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[IndentationResult]:
    """Three indents as a batch, and a crush test."""
    rng = np.random.default_rng(7)
    batch = join([simulate(Parameters(), rng) for _ in range(3)])
    crushed = simulate(Parameters(elastic_energy_nj=0.0, total_energy_nj=3.0), rng)
    return [analyse(m, Settings()).stamped(label=f"A{n}", id=f"id{n}") for n, m in enumerate((batch, crushed))]


@pytest.mark.parametrize("show", indentation.TECHNIQUE.figures)
def test_figures(results: Sequence[IndentationResult], show: str) -> None:
    """Load in mN over depth in nm from contact; energies in 10^-10 J, a crushed particle's without parts."""
    check(indentation.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", indentation.TECHNIQUE.tables)
def test_tables(results: Sequence[IndentationResult], show: str) -> None:
    """Energies with the scatter of three tests; what was assumed of the tip and of Poisson's ratio stands below."""
    table = indentation.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
