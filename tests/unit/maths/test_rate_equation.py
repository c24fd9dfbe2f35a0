"""The rate equation: what it says at marked rates, and which data determine it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import Refused
from halfcell.maths.rate_equation import capacity_at, fit_rate, slopes_at


@settings(deadline=None)
@given(capacity=st.floats(1.0, 4000.0), time=st.floats(0.01, 2.0), exponent=st.floats(0.4, 1.3))
def test_rate_equation_recovers_itself(capacity: float, time: float, exponent: float) -> None:
    rate = np.array([0.05, 0.2, 0.7, 2.0, 6.0, 20.0]) / time
    fit = fit_rate(rate, capacity_at(rate, capacity, time, exponent))
    assert fit.capacity == pytest.approx(capacity, rel=1e-5)
    assert fit.time_h == pytest.approx(time, rel=1e-5)
    assert fit.exponent == pytest.approx(exponent, rel=1e-5)


def test_at_one_over_tau_a_part_of_one_over_e_is_left() -> None:
    assert capacity_at(np.array([2.0]), 100.0, 0.5, 0.7)[0] == pytest.approx(100.0 / np.e)


def test_rate_equation_needs_rates_and_a_fall() -> None:
    with pytest.raises(Refused, match="too few"):
        fit_rate(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0]))
    with pytest.raises(Refused, match="10 %"):
        fit_rate(np.array([1.0, 2.0, 3.0, 4.0]), np.array([100.0, 99.0, 98.0, 97.0]))


@pytest.mark.parametrize("numbers", [(2000.0, 0.3, 0.5), (5.0, 2.0, 1.2), (1.0, 1e-4, 2.0), (3.0, 50.0, 0.3)])
def test_slopes_are_those_of_the_rate_equation(numbers: tuple[float, float, float]) -> None:
    rate, logs = np.array([0.05, 0.2, 1.0, 5.0, 20.0]), np.log(numbers)
    for place in range(3):
        step = np.zeros(3)
        step[place] = 1e-5
        up, down = (capacity_at(rate, *np.exp(logs + s)) for s in (step, -step))
        np.testing.assert_allclose(slopes_at(rate, *numbers)[:, place], (up - down) / 2e-5, rtol=1e-6, atol=1e-7)


def test_rates_that_all_lie_on_the_fall_give_no_equation() -> None:
    rate = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    noisy = capacity_at(rate, 100.0, 50.0, 0.9) * (1.0 + np.array([0.05, -0.05, 0.05, -0.05, 0.05]))
    with pytest.raises(Refused, match="do not determine Q_M and tau separately"):
        fit_rate(rate, noisy)
