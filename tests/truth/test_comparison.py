"""Comparison: the own result in the table is what was put into the cell."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.figure import Points
from halfcell.core.sample import CellKind
from halfcell.literature.records import load
from halfcell.literature.shows import comparison

HALF = comparison.Parameters(
    first_discharge_mah_g=1556.0, first_charge_mah_g=1255.0, cycles=60, retention_percent=91.4, retention_cycle=50
)
SETTINGS = {"kind": CellKind.HALF, "active_mass_mg": 1.2, "anode": "Si/G", "cycle": 50, "electrolyte": "LP30"}


@pytest.fixture(scope="module")
def result() -> comparison.ComparisonResult:
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    return comparison.analyse(scan, comparison.Settings(**SETTINGS)).stamped(id="abc", simulated=True)


def test_own_row_is_what_was_put_in(result: comparison.ComparisonResult) -> None:
    table = comparison.table([result])
    own = [entry.text for entry in table.rows[-1] if entry]
    assert own == ["Si/G", "80.7", "100", "1147.1 (X=50)", "91.4", "LP30", "This work"]
    assert len(table.rows) == len(load("anodes")) + 1
    assert table.simulated


def test_own_numbers_lead_to_the_result_and_reported_ones_to_their_record(result: comparison.ComparisonResult) -> None:
    table = comparison.table([result])
    first, last = table.rows[0][1], table.rows[-1][1]
    assert first is not None
    assert last is not None
    assert (first.origin, last.origin) == ("anodes.csv:2:ice_percent", "abc:ice_percent")


def test_own_point_is_marked(result: comparison.ComparisonResult) -> None:
    figure = comparison.figure([result])
    for panel in figure.panels:
        own = [layer for layer in panel.layers if isinstance(layer, Points) and layer.label == "this work"]
        assert len(own) == 1
        assert not own[0].hollow


def test_without_a_kind_the_gap_is_said() -> None:
    scan = comparison.simulate(HALF, np.random.default_rng(1))
    found = comparison.analyse(scan, comparison.Settings(active_mass_mg=1.2, anode="Si/G", cycle=50))
    assert "initial_coulombic_efficiency" not in found.quantities
    assert "ICE" in next(note.text for note in found.notes if note.code == "comparison_gap")
