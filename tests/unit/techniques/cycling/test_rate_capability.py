"""Rates of a test: the half cycle whose rate was varied, and the points of the rate equation."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.rate_equation import capacity_at
from halfcell.techniques.cycling.rate_capability import rate_equation, rate_points, varied

Block = dict[str, object]


def _block(charge_a: float, discharge_a: float, capacity: float = 150.0, **more: object) -> Block:
    """Currents in A and, per gram of 10 mg, in mA/g."""
    return {
        "role": "cycling", "charge_current": charge_a, "discharge_current": discharge_a,
        "charge_current_density": 1e5 * charge_a, "discharge_current_density": 1e5 * discharge_a,
        "charge_capacity": capacity, "discharge_capacity": capacity, "charge_cv_share": 0.0, "discharge_cv_share": 0.0,
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("currents", "which"),
    [
        ([(1e-4, 1e-4), (1e-4, 1e-3)], "discharge"),
        ([(1e-4, 1e-4), (1e-3, 1e-4)], "charge"),
        ([(1e-4, 1e-4), (1e-3, 1e-3)], "discharge"),
    ],
)
def test_the_varied_half_cycle_is_that_whose_current_changes(currents: list[tuple[float, float]], which: str) -> None:
    assert varied([_block(*pair) for pair in currents], "discharge") == which


def test_the_rate_is_the_current_over_the_measured_capacity() -> None:
    rate, capacity = rate_points([_block(1e-4, 3e-3, capacity=150.0)], "discharge")
    assert (rate[0], capacity[0]) == pytest.approx((2.0, 150.0))


def test_what_flows_at_constant_voltage_is_not_counted() -> None:
    _, capacity = rate_points([_block(3e-3, 1e-4, charge_cv_share=20.0)], "charge")
    assert capacity[0] == pytest.approx(120.0)


def test_a_rate_that_returns_counts_once() -> None:
    rate, _ = rate_points([_block(1e-4, 1e-3), _block(1e-4, 5e-3, 100.0), _block(1e-4, 1e-3, 140.0)], "discharge")
    assert len(rate) == 2


def test_the_rate_equation_of_six_rates_comes_back() -> None:
    """R. Tian et al., Nat. Commun. 10 (2019) 1933: Q_M = 160 mAh/g, tau = 0.1 h, n = 1."""
    rates = np.array([0.1, 0.5, 1.0, 2.0, 5.0, 10.0])
    capacities = capacity_at(rates, 160.0, 0.1, 1.0)
    currents = rates * capacities / 1e5
    blocks = [_block(1e-5, c, q) for c, q in zip(currents.tolist(), capacities.tolist(), strict=True)]
    found = rate_equation(blocks, "discharge", "mAh/g").quantities
    values = sorted(round(quantity.value, 3) for quantity in found.values())
    assert {160.0, 0.1, 1.0} <= set(values)


def test_three_rates_give_no_rate_equation() -> None:
    assert not rate_equation([_block(1e-4, c) for c in (1e-4, 1e-3, 1e-2)], "discharge", "mAh/g").quantities
