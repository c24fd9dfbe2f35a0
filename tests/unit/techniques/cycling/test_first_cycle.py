"""The first cycle, how much charge passed in all, and long rests."""

from __future__ import annotations

import math

import pytest
from tests.unit.techniques.cycling.made_halves import cycle, half

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.capacity_scale import scale_of
from halfcell.techniques.cycling.cycle_rows import RowBasis
from halfcell.techniques.cycling.first_cycle import counts, initial, storage

BASIS = RowBasis(
    scale=scale_of(Settings(active_mass_mg=5.0))[0],
    kind=CellKind.FULL,
    one_c_a=1e-3,
    retained="discharge",
    area_cm2=2.0,
)


def test_capacities_efficiency_and_voltages_are_those_of_cycle_one() -> None:
    made = initial([cycle(0, 0.2, 0.1), cycle(1, 1.0, 0.9), cycle(2, 0.95, 0.9)], BASIS)
    assert made["initial_charge_capacity"].value == pytest.approx(200.0)
    assert made["initial_discharge_capacity"].value == pytest.approx(180.0)
    assert made["initial_coulombic_efficiency"].value == pytest.approx(90.0)
    assert made["initial_mean_discharge_voltage"].value == pytest.approx(3.6)


def test_the_areal_capacity_is_per_electrode_area() -> None:
    assert initial([cycle(1, 1.0, 0.9)], BASIS)["initial_areal_capacity"].value == pytest.approx(0.45)


def test_full_cycles_are_the_charge_that_passed_over_twice_that_of_one_hour_at_1c() -> None:
    """Three cycles of 1 mAh each way with 1C = 1 mA; the unfinished one counts with what it moved."""
    unfinished = cycle(3)._replace(complete=False, discharge=None)
    made = counts([cycle(1), cycle(2), unfinished], 1e-3)
    assert made["equivalent_full_cycles"].value == pytest.approx(2.5)
    assert (made["cycle_count"].value, made["complete_cycle_count"].value) == (3, 2)


def test_without_a_current_of_1c_there_are_no_equivalent_cycles() -> None:
    assert "equivalent_full_cycles" not in counts([cycle(1)], math.nan)


@pytest.mark.parametrize(("hours", "told"), [(20.0, False), (30.0, True)])
def test_a_rest_of_more_than_a_day_is_told(hours: float, told: bool) -> None:
    rested = cycle(1)._replace(charge=half(1, rest_s=3600.0 * hours))
    assert bool(storage([rested])) is told
