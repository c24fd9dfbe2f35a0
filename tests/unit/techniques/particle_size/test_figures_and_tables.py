"""Figures and tables of particle size: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Parameters, ParticleSizeResult, Settings, analyse, join, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[ParticleSizeResult]:
    """A fine powder, and three records of a coarse one."""
    rng = np.random.default_rng(7)
    fine = simulate(Parameters(medians_um=(3.0,)), rng)
    coarse = join([simulate(Parameters(medians_um=(12.0,)), rng) for _ in range(3)])
    return [analyse(m, Settings()).stamped(label=f"A{n}", id=f"id{n}") for n, m in enumerate((fine, coarse))]


@pytest.mark.parametrize("show", particle_size.TECHNIQUE.figures)
def test_figures(results: Sequence[ParticleSizeResult], show: str) -> None:
    """Shares by volume over a logarithmic size, the cumulative curve to 100 %, replicates apart."""
    check(particle_size.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", particle_size.TECHNIQUE.tables)
def test_tables(results: Sequence[ParticleSizeResult], show: str) -> None:
    """One record has no uncertainty, three have that of their scatter; the basis stands below."""
    table = particle_size.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    numbers = [entry for row in table.rows for entry in row if entry is not None and entry.quantity is not None]
    assert numbers
    assert {entry.origin.split(":")[0] for entry in numbers} <= {result.id for result in results}
