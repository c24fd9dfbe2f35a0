"""Figures and tables of EXAFS: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
import pytest

from halfcell.techniques import exafs
from halfcell.techniques.exafs import ExafsResult, Parameters, Path, Settings, analyse_series, simulate
from snapshots import check

SNAPSHOTS = FilePath(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def results() -> Sequence[ExafsResult]:
    """A shell that is there, one that is longer and weaker, and a scan that is too short to be compared."""
    states = {
        "pristine": Parameters(title="pristine"),
        "0.01 V": Parameters(title="0.01 V", paths=(Path(bond_angstrom=3.3, neighbours=3.0),)),
        "short": Parameters(title="short", k_max=6.5),
    }
    scans = [simulate(one, np.random.default_rng(seed)) for seed, one in enumerate(states.values())]
    found = analyse_series(scans, Settings())
    return [r.stamped(label=name, id=f"id of {name}") for r, name in zip(found, states, strict=True)]


@pytest.mark.parametrize("show", exafs.FIGURES)
def test_figures(results: Sequence[ExafsResult], show: str) -> None:
    check(exafs.FIGURES[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", exafs.TABLES)
def test_tables(results: Sequence[ExafsResult], show: str) -> None:
    check(exafs.TABLES[show](results), SNAPSHOTS / f"table {show}.json")
