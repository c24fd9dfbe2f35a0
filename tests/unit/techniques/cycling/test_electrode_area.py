"""Areas in another unit are seen by what an electrode can hold."""

from __future__ import annotations

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.electrode_area import area_doubts


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        (1.13, []),  # a disc of 12 mm: 0.9 mAh/cm2 and 4.4 mg/cm2
        (113.0, ["areal_capacity_unlikely"]),  # the same in mm2: 0.009 mAh/cm2, 0.044 mg/cm2
        (0.0113, ["areal_capacity_unlikely", "loading_unlikely"]),
        (None, []),
        (0.0, []),
    ],
)
def test_capacity_and_loading_per_area_are_those_of_electrodes(area: float | None, codes: list[str]) -> None:
    found = area_doubts([cycle(1)], Settings(area_cm2=area, active_mass_mg=5.0))
    assert [note.code for note in found] == codes
