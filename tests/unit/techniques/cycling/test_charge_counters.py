"""The last digit with which an instrument writes its counters."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.cycling.charge_counters import last_digit


@pytest.mark.parametrize("digit", [1e-6, 1e-4, 1e-3, 0.1, 10.0])
def test_the_digit_of_rounded_readings_is_found(digit: float) -> None:
    values = np.round(np.random.default_rng(0).uniform(0.0, 2000.0 * digit, 500) / digit) * digit
    assert last_digit(values) == pytest.approx(digit)


def test_readings_of_all_digits_have_none() -> None:
    assert last_digit(np.random.default_rng(0).uniform(0.0, 1.0, 500)) == 0.0


def test_no_reading_has_no_digit() -> None:
    assert last_digit(np.zeros(10)) == 0.0
