"""Thermograms: rates, segments of a program, heights of steps, and temperatures at which a mass is crossed."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import thermogram


def _made(steps: list[tuple[float, float, float]], slope: float = 0.0, noise: float = 0.0) -> thermogram.Curve:
    """A heating from 30 to 900 degC whose mass falls (or rises) in steps of a centre, a width and a height (wt%)."""
    degc = np.linspace(30.0, 900.0, 9000)
    mass = 100.0 + slope * (degc - 30.0)
    for centre, width, height in steps:
        mass = mass - height / (1.0 + np.exp(-(degc - centre) / width))
    return thermogram.curve(degc, mass + np.random.default_rng(1).normal(0.0, noise, 9000), 10.0)


def test_the_rate_is_what_is_lost_per_degree() -> None:
    made = _made([], slope=-0.01)
    assert made.rate == pytest.approx(0.01, rel=0.03)  # five or six records a bin
    assert made.mass[0] == pytest.approx(100.0, abs=0.02)


def test_the_noise_of_the_rate_is_told() -> None:
    made = _made([], slope=-0.01, noise=0.05)
    assert made.rate_noise == pytest.approx(float(np.std(made.rate[20:-20])), rel=0.5)


@pytest.mark.parametrize("slope", [0.0, -5e-4, 5e-4])
@pytest.mark.parametrize("height", [5.0, 40.0])
def test_the_height_of_a_step_is_that_above_its_baseline(slope: float, height: float) -> None:
    """Drift goes on through the step and is no part of it; without the baseline it is."""
    made = _made([(450.0, 8.0, height)], slope)
    assert thermogram.step_height(made, 0.02) == pytest.approx(height, rel=0.03)
    plain = thermogram.step_height(made, 0.02, baseline=False)
    assert plain == pytest.approx(height - slope * 70.0, rel=0.06)


def test_a_crossing_is_the_last_one_before_the_least_mass() -> None:
    made = _made([(450.0, 8.0, 40.0)])
    assert thermogram.crossing(made, 80.0) == pytest.approx(450.0, abs=0.6)
    assert thermogram.crossing(made, 95.0) == pytest.approx(450.0 - 8.0 * np.log(7.0), abs=0.8)
    assert thermogram.crossing(made, 50.0) is None
    assert thermogram.crossing(made, 101.0) is None


def test_a_program_is_parted_where_its_rate_changes() -> None:
    """Heated at 10 K/min to 600 degC, held for 30 min, cooled."""
    time = np.arange(0.0, 3600.0 + 1800.0 + 1800.0, 5.0)
    degc = np.interp(time, [0.0, 3600.0, 5400.0, 7200.0], [30.0, 600.0, 600.0, 300.0])
    found = thermogram.segments(time, degc, None)
    assert [one.kind for one in found] == ["heating", "isothermal", "cooling"]
    assert time[found[0].last] == pytest.approx(3600.0, abs=150.0)
    assert time[found[1].last] == pytest.approx(5400.0, abs=150.0)
    stages = thermogram.segments(time, degc, np.where(time < 3600.0, 1.0, 2.0))
    assert [(one.kind, one.first) for one in stages] == [("heating", 0), ("cooling", 720)]
