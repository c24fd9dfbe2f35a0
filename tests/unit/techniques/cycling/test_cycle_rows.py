"""Rows of cycles and of stretches at one rate."""

from __future__ import annotations

import math

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.capacity_scale import scale_of
from halfcell.techniques.cycling.cycle_rows import RowBasis, block_rows, cycle_rows, same_currents

BASIS = RowBasis(
    scale=scale_of(Settings(active_mass_mg=5.0))[0], kind=CellKind.FULL, one_c_a=math.nan, retained="discharge"
)
SLOW, FAST, AGAIN = (
    cycle(1, 1.0, 1.0, block=1),
    cycle(2, 0.5, 0.5, current_a=1e-3, block=2),
    cycle(3, 0.96, 0.95, block=3),
)


def test_each_cycle_is_a_row_with_its_capacities_and_efficiency() -> None:
    rows = cycle_rows([SLOW, AGAIN], BASIS)
    assert [row["cycle"] for row in rows] == [1, 3]
    assert rows[1]["discharge_capacity"] == pytest.approx(190.0)
    assert rows[1]["coulombic_efficiency"] == pytest.approx(100 * 0.95 / 0.96)


def test_what_is_no_number_is_none() -> None:
    (row,) = cycle_rows([SLOW], BASIS)
    assert not any(isinstance(value, float) and not math.isfinite(value) for value in row.values())


def test_a_stretch_at_the_currents_of_the_first_one_has_a_recovery() -> None:
    rows = block_rows(cycle_rows([SLOW, FAST, AGAIN], BASIS))
    assert [row["discharge_recovery"] for row in rows] == [None, None, pytest.approx(95.0)]


def test_stretches_are_compared_by_both_currents() -> None:
    one, two, three = block_rows(cycle_rows([SLOW, FAST, AGAIN], BASIS))
    assert same_currents(three, one)
    assert not same_currents(two, one)
