"""Counters: gains over stretches of rows, however they reset."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.instrument_counters import gains, habit

TRUE = np.array([0.0, 0.0, 1.0, 2.0, 3.0, 3.0, 3.0, 3.5, 4.5, 5.5, 5.5])
STARTS = np.array([0, 6])
GAINS = [3.0, 2.5]


def test_a_counter_that_never_resets_keeps_its_gains() -> None:
    counted = gains(TRUE, STARTS)
    assert counted.gains.tolist() == GAINS
    assert habit(counted.resets, STARTS, STARTS, STARTS) == "never"


def test_reset_keeps_what_the_first_record_holds() -> None:
    counter = TRUE.copy()
    counter[7:] -= 3.0
    counted = gains(counter, STARTS)
    assert counted.gains.tolist() == GAINS
    assert counted.resets.tolist() == [7]


def test_starting_value_is_not_a_gain() -> None:
    assert gains(TRUE + 100.0, STARTS).gains.tolist() == GAINS


def test_rounding_is_no_reset() -> None:
    counter = TRUE.copy()
    counter[5] -= 1e-5
    counted = gains(counter, STARTS)
    assert counted.resets.size == 0
    assert counted.gains[0] == pytest.approx(3.0, abs=2e-5)


def test_another_file_gains_nothing_at_its_first_row() -> None:
    counter = np.array([0.0, 1.0, 2.0, 7.0, 8.0])
    counted = gains(counter, np.array([0]), part=np.array([0.0, 0.0, 0.0, 1.0, 1.0]))
    assert counted.gains.tolist() == [3.0]


def test_not_a_number_gains_nothing() -> None:
    counter = TRUE.copy()
    counter[10] = np.nan
    assert gains(counter, STARTS).gains.tolist() == GAINS


def test_a_habit_is_told_by_where_a_counter_resets() -> None:
    steps, cycles, files = np.array([3, 6, 9, 12]), np.array([6, 12]), np.array([12])
    assert habit(np.array([3, 6, 9, 12]), steps, cycles, files) == "per step"
    assert habit(np.array([6, 12]), steps, cycles, files) == "per cycle"
    assert habit(np.array([12]), steps, cycles, files) == "per file"
    assert habit(np.array([5, 7]), steps, cycles, files) == "irregularly"
