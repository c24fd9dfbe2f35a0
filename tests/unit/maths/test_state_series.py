"""Series of states: verdicts follow from amounts and their uncertainties, differences carry the noise of both."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.state_series import changes, common_value, difference


def test_each_change_of_an_amount_has_its_word() -> None:
    assert changes([10, 0.1, 9, 9.2, 4, 0.2], [1] * 6) == (
        "present",
        "vanishes",
        "appears",
        "stays",
        "shrinks",
        "vanishes",
    )
    assert changes([0, 0, 5, 20], [1] * 4) == ("absent", "absent", "appears", "grows")


@given(st.lists(st.floats(-5, 50), min_size=1, max_size=6), st.floats(0.1, 10))
def test_verdicts_do_not_depend_on_the_unit(amounts: list[float], factor: float) -> None:
    scaled = [factor * a for a in amounts]
    assert changes(amounts, [1.0] * len(amounts)) == changes(scaled, [factor] * len(amounts))


def test_difference_has_the_noise_of_both() -> None:
    rng = np.random.default_rng(0)
    one, two = rng.poisson(100, 20000).astype(float), rng.poisson(300, 20000).astype(float)
    value, std = difference((one, np.full(20000, 100.0)), (two, np.full(20000, 300.0)), 3.0)
    assert value.mean() == pytest.approx(0.0, abs=0.3)
    assert np.std(value) == pytest.approx(std[0], rel=0.03)


def test_common_value_is_widened_by_scatter() -> None:
    assert common_value([1.0, 1.0], [0.1, 0.1])[1] == pytest.approx(0.1 / np.sqrt(2))
    assert common_value([0.0, 2.0], [0.1, 0.1]) == pytest.approx((1.0, 1.0))


def test_an_amount_that_wavers_about_the_limit_neither_vanishes_nor_appears() -> None:
    """3.1 and 2.9 standard uncertainties are one amount."""
    assert changes([3.1, 2.9, 3.1], [1.0, 1.0, 1.0]) == ("present", "stays", "stays")
    assert changes([0.0, 5.0, 0.0], [1.0, 1.0, 1.0]) == ("absent", "appears", "vanishes")
