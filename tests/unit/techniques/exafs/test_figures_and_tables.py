"""Figures and tables of EXAFS: their structure, compared with snapshots."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path as FilePath

import numpy as np
import pytest

from halfcell.render import figure_data
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
    """Absorption is 0 before and 1 behind the edge; R says that it is not phase-corrected, curves their k range."""
    check(exafs.FIGURES[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", exafs.TABLES)
def test_tables(results: Sequence[ExafsResult], show: str) -> None:
    """Amplitudes over that of the first state fall to 40 %, with the change named."""
    check(exafs.TABLES[show](results), SNAPSHOTS / f"table {show}.json")


def test_the_data_of_a_stacked_figure_are_those_of_the_result(results: Sequence[ExafsResult], tmp_path) -> None:
    (path,) = figure_data.write(exafs.FIGURES["chi(R)"](results), tmp_path / "a")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    place = rows[2].index("0.01 V") + 1
    assert [float(row[place]) for row in rows[3:]] == results[1].magnitude[results[1].r_angstrom <= 6.0].tolist()
    assert all(rows[2])  # each column is named
