"""N/P is that of the stated areal capacities of both electrodes, and of nothing else."""

from __future__ import annotations

import pytest

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.electrode_balance import np_ratio

FULL = CellKind.FULL


def test_n_over_p_is_the_anode_over_the_cathode() -> None:
    found = np_ratio(Settings(kind=FULL, anode_capacity_mah_per_cm2=2.2, cathode_capacity_mah_per_cm2=2.0))
    assert found.quantities["np_ratio"].value == pytest.approx(1.1)


def test_a_ratio_below_one_is_doubted_since_metal_may_plate() -> None:
    found = np_ratio(Settings(kind=FULL, anode_capacity_mah_per_cm2=1.8, cathode_capacity_mah_per_cm2=2.0))
    assert "np_below_one" in [note.code for note in found.notes]


@pytest.mark.parametrize("cathode", [None, 0.0])
def test_one_electrode_alone_gives_no_ratio(cathode: float | None) -> None:
    found = np_ratio(Settings(kind=FULL, anode_capacity_mah_per_cm2=1.8, cathode_capacity_mah_per_cm2=cathode))
    assert not found.quantities
    assert [note.code for note in found.notes] == ["np_missing"]


def test_a_half_cell_has_none() -> None:
    settings = Settings(kind=CellKind.HALF, anode_capacity_mah_per_cm2=1.8, cathode_capacity_mah_per_cm2=2.0)
    assert not np_ratio(settings).quantities
