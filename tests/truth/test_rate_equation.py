"""Uncertainties of the rate equation with the errors that capacities have.

A capacity that is off moves its rate, current over capacity, too. The truth solves Q = f(I / Q) at each current.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import half_cell, recorded

from halfcell.core.errors import Refused
from halfcell.core.sample import CellKind
from halfcell.maths.rate_equation import capacity_at, fit_rate
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Settings

RUNS = 200
CURRENTS = {
    5: [0.1, 0.2, 0.5, 1.0, 2.0],
    6: [0.1, 0.2, 0.5, 1.0, 2.0, 5.0],
    8: [0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0],
}


def _capacities(current: np.ndarray, time_h: float, exponent: float) -> np.ndarray:
    found = np.ones(len(current))
    for _ in range(200):
        found = 0.5 * (found + capacity_at(current / found, 1.0, time_h, exponent))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("count", [5, 6, 8])
@pytest.mark.parametrize(("time_h", "exponent"), [(0.3, 0.8), (0.6, 0.5)])
def test_coverage_with_capacities_that_are_off(count: int, time_h: float, exponent: float) -> None:
    """1 % from capacity to capacity; before, 42 to 55 % lay within one uncertainty."""
    rng, inside = np.random.default_rng(7), np.zeros((3, 2))
    current = np.array(CURRENTS[count])
    true = _capacities(current, time_h, exponent)
    for _ in range(RUNS):
        measured = true * (1.0 + rng.normal(0.0, 0.01, count))
        fit = fit_rate(current / measured, measured)
        found = ((fit.capacity, fit.capacity_std), (fit.time_h, fit.time_std_h), (fit.exponent, fit.exponent_std))
        for place, ((value, std), truth) in enumerate(zip(found, (1.0, time_h, exponent), strict=True)):
            inside[place] += (abs(value - truth) < std, abs(value - truth) < 2.0 * std)
    part = inside / RUNS
    assert np.all((part[:, 0] >= 0.60) & (part[:, 0] <= 0.82)), part
    assert np.all(part[:, 1] >= 0.88), part


def test_four_rates_have_no_uncertainty() -> None:
    steps = []
    for current in (0.2, 0.5, 1.0, 2.0):
        capacity = float(_capacities(np.array([current]), 0.3, 0.8)[0])
        steps += [step for _ in range(3) for step in half_cell(1.001 * capacity, capacity, current, current)]
    result = cycling.analyse(recorded(steps), Settings(kind=CellKind.HALF))
    assert result["rate_exponent"].value == pytest.approx(0.8, abs=0.02)
    assert result["rate_exponent"].std is None
    assert "four rates" in next(note.text for note in result.notes if note.code == "rate_equation_scatter")


def test_capacities_that_follow_no_law_are_refused() -> None:
    with pytest.raises(Refused, match="scatter"):
        fit_rate(np.array([0.1, 0.2, 0.5, 1.0, 2.0]), np.array([0.1, 0.9, 0.2, 1.0, 0.3]))
