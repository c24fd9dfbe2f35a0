"""The plan of a simulated test."""

from __future__ import annotations

import pytest

from halfcell.techniques.cycling import Parameters
from halfcell.techniques.cycling.simulated_schedule import Block, plan


def test_a_test_has_as_many_cycles_as_asked_for() -> None:
    assert len(plan(Parameters(cycles=7))) == 7


def test_blocks_follow_each_other() -> None:
    made = plan(Parameters(blocks=(Block(cycles=2, current_ma_g=100.0), Block(cycles=3, current_ma_g=500.0))))
    assert len(made) == 5


def test_capacities_fall_to_the_retention_of_its_cycle() -> None:
    made = plan(Parameters(cycles=11, retention_cycle=11, retention_percent=80.0))
    assert made[-1].charge_ah / made[0].charge_ah == pytest.approx(0.8, abs=0.01)
