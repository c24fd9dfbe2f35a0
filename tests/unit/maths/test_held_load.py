"""Holds at a low load, and the drift in them."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.held_load import drift_rate, low_hold

TIME = np.arange(0.0, 60.0, 0.1)


def _load(hold: float, fraction: float = 0.1) -> np.ndarray:
    """Up in 10 s to 10 mN, down in 5 s to a fraction of it, held there, then down to nothing in 2 s."""
    knots = [0.0, 10.0, 15.0, 15.0 + hold, 17.0 + hold, 100.0]
    return 0.01 * np.interp(TIME, knots, [0.0, 1.0, fraction, fraction, 0.0, 0.0])


def test_the_drift_is_the_slope_of_the_depth() -> None:
    rate, _ = drift_rate(TIME, 2e-7 + 3e-11 * TIME)
    assert rate == pytest.approx(3e-11)


def test_the_error_of_the_drift_is_that_of_repeated_records() -> None:
    rng = np.random.default_rng(1)
    found = [drift_rate(TIME, 3e-11 * TIME + rng.normal(0.0, 1e-9, len(TIME))) for _ in range(200)]
    rates, errors = np.array(found).T
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(np.std(rates), rel=0.15)


def test_the_error_of_the_drift_holds_under_a_random_walk_of_the_depth() -> None:
    rng = np.random.default_rng(2)
    found = [drift_rate(TIME, np.cumsum(rng.normal(0.0, 1e-10, len(TIME)))) for _ in range(200)]
    rates, errors = np.array(found).T
    assert np.mean(np.abs(rates) < 2 * errors) > 0.85


def test_a_hold_at_a_tenth_of_the_load_is_found_without_its_ends() -> None:
    found = low_hold(TIME, _load(20.0), begin=100)
    assert found is not None
    assert TIME[found.start] == pytest.approx(17.0, abs=0.3)
    assert TIME[found.stop - 1] == pytest.approx(33.0, abs=0.3)


@pytest.mark.parametrize(("hold", "fraction"), [(5.0, 0.1), (20.0, 0.01), (20.0, 0.7)])
def test_a_hold_too_short_too_low_or_too_high_is_none(hold: float, fraction: float) -> None:
    assert low_hold(TIME, _load(hold, fraction), begin=120) is None


def test_two_records_at_the_ends_of_a_hold_are_no_record_of_it() -> None:
    kept = (TIME < 15.05) | (TIME > 34.95)
    assert low_hold(TIME[kept], _load(20.0)[kept], begin=100) is None
