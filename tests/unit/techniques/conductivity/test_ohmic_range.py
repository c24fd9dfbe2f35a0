"""The ohmic line of a sweep: branches, the loop of a capacitance, and points that bend away."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques.conductivity import Settings
from halfcell.techniques.conductivity.ohmic_range import branches, directions, loop_current, ohmic_sweep

UP = np.linspace(-0.1, 0.1, 41)
LOOP = np.concatenate([UP, UP[-2::-1]])


def _measurement(voltage: np.ndarray, current: np.ndarray) -> Measurement:
    columns = {"voltage_volt": voltage, "current_ampere": current}
    return Measurement(technique="conductivity", columns=columns)


def test_a_triangle_has_two_branches() -> None:
    assert [len(LOOP[part]) for part in branches(LOOP)] == [41, 40]


def test_points_rise_on_the_way_up_and_fall_on_the_way_down() -> None:
    found = directions(LOOP)
    assert (set(found[:40]), set(found[41:])) == ({1.0}, {-1.0})


def test_the_loop_of_a_capacitance_is_half_the_distance_of_the_branches() -> None:
    """C dV/dt of 2 uA flows on top of V/R on the way up, and against it on the way down."""
    current = LOOP / 1000.0 + 2e-6 * directions(LOOP)
    assert loop_current(LOOP, current, np.ones(len(LOOP), dtype=bool)) == pytest.approx(2e-6)


def test_without_a_second_direction_there_is_no_loop() -> None:
    assert loop_current(UP, UP / 1000.0 + 2e-6, np.ones(41, dtype=bool)) == 0.0


def test_the_slope_of_a_noisy_line_is_its_conductance() -> None:
    current = LOOP / 1000.0 + np.random.default_rng(0).normal(0.0, 1e-8, len(LOOP))
    assert ohmic_sweep(_measurement(LOOP, current), Settings()).line.values[1] == pytest.approx(1e-3, rel=1e-3)


def test_where_the_current_bends_the_outer_points_are_left_out() -> None:
    """A cubic part of a quarter of the current at 0.1 V is 1.6 % at 25 mV."""
    current = LOOP / 1000.0 * (1.0 + 25.0 * LOOP**2) + np.random.default_rng(0).normal(0.0, 1e-8, len(LOOP))
    found = ohmic_sweep(_measurement(LOOP, current), Settings())
    assert np.abs(LOOP[found.used]).max() < 0.09
    assert found.line.values[1] == pytest.approx(1e-3, rel=0.05)


def test_a_current_that_does_not_depend_on_the_voltage_is_refused() -> None:
    with pytest.raises(Refused, match="current"):
        ohmic_sweep(_measurement(LOOP, np.random.default_rng(0).normal(0.0, 1e-8, len(LOOP))), Settings())
