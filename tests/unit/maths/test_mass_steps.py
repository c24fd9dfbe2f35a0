"""Steps of a thermogram: losses and gains in their order."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import thermogram
from halfcell.maths.mass_steps import signed_steps, turning_points


def _made(steps: list[tuple[float, float, float]], slope: float = 0.0, noise: float = 0.0) -> thermogram.Curve:
    """A heating from 30 to 900 degC whose mass falls (or rises) in steps of a centre, a width and a height (wt%)."""
    degc = np.linspace(30.0, 900.0, 9000)
    mass = 100.0 + slope * (degc - 30.0)
    for centre, width, height in steps:
        mass = mass - height / (1.0 + np.exp(-(degc - centre) / width))
    return thermogram.curve(degc, mass + np.random.default_rng(1).normal(0.0, noise, 9000), 10.0)


def test_steps_of_loss_and_gain_in_their_order_sum_to_the_whole() -> None:
    """Carbon burns (20 wt%), then what is left oxidises (a gain of 8 wt%)."""
    made = _made([(480.0, 8.0, 20.0), (750.0, 12.0, -8.0)])
    loss, gain = signed_steps(made, 0.5)
    assert (loss.peak, gain.peak) == (pytest.approx(480.0, abs=1.0), pytest.approx(750.0, abs=1.5))
    assert loss.loss == pytest.approx(20.0, abs=0.3)
    assert gain.loss == pytest.approx(-8.0, abs=0.3)
    assert loss.onset < loss.peak < loss.endset < gain.onset < gain.peak < gain.endset
    assert loss.loss + gain.loss == pytest.approx(made.mass[0] - made.mass[-1], abs=1e-6)


def test_a_step_smaller_than_the_least_is_none() -> None:
    made = _made([(300.0, 8.0, 0.3), (480.0, 8.0, 20.0)])
    assert [round(one.peak) for one in signed_steps(made, 0.5)] == [480]
    assert [round(one.peak) for one in signed_steps(made, 0.1, part=0.005)] == [300, 480]


def test_turns_of_the_mass() -> None:
    assert turning_points(np.array([10.0, 9.0, 8.0, 9.0, 10.0]), 0.5) == (2,)
    assert turning_points(np.array([10.0, 9.9, 10.0, 9.9]), 0.5) == ()
    assert turning_points(np.array([10.0, 12.0, 9.0, 11.0]), 0.5) == (1, 2)
