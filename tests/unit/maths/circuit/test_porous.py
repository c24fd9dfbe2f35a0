"""Circuits with a line of reacting pores: every start is followed, and the best one is taken."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.porous import has_line, line_fits, line_optima

FREQUENCY = np.logspace(5, -2, 15)
LOG_OMEGA = np.log(2 * np.pi * FREQUENCY)
LINE = build("R0-TLM1")


@pytest.mark.parametrize(
    ("text", "has"), [("R0-TLM1", True), ("R0-p(TLM1,C1)", True), ("R0-p(R1,CPE1)-Wo1", False), ("R0", False)]
)
def test_a_line_is_found_wherever_it_stands(text: str, has: bool) -> None:
    assert has_line(build(text)) is has


def test_sixty_random_starts_per_arc_are_each_followed_to_the_end() -> None:
    z = LINE.impedance(np.array([2.0, 30.0, 50.0, 1e-3, 0.9]), FREQUENCY)
    found = line_optima(LINE, LOG_OMEGA, z, 1 / np.abs(z))
    assert found.theta.shape == (60, 5)
    assert found.cost.shape == (60,)
    assert list(found.starts) == [1] * 60
    assert found.cost.min() < 1e-10
    two = build("R0-p(R1,C1)-p(R2,C2)-TLM1")
    assert len(line_optima(two, LOG_OMEGA[:3], z[:3], 1 / np.abs(z[:3])).cost) == 120


def test_the_best_optimum_is_taken_for_each_spectrum() -> None:
    many = [[2.0, 30.0, 50.0, 1e-3, 0.9], [5.0, 100.0, 40.0, 1e-2, 0.8]]
    z = np.array([LINE.impedance(np.array(values), FREQUENCY) for values in many])
    found = line_fits(LINE, LOG_OMEGA, (z, 1 / np.abs(z)))
    assert LINE.natural(found.theta) == pytest.approx(np.array(many), rel=1e-4)
    assert list(found.starts) == [60, 60]
    assert np.all((found.reached >= 1) & (found.reached <= 60))
    one = line_optima(LINE, LOG_OMEGA, z[0], 1 / np.abs(z[0]))
    assert found.cost[0] == one.cost.min()


def test_optima_within_a_thousandth_count_as_the_same() -> None:
    z = LINE.impedance(np.array([2.0, 30.0, 50.0, 1e-3, 0.9]), FREQUENCY)
    rng = np.random.default_rng(4)
    z = z * (1 + 0.01 * (rng.normal(size=15) + 1j * rng.normal(size=15)))
    every = line_optima(LINE, LOG_OMEGA, z, 1 / np.abs(z)).cost
    found = line_fits(LINE, LOG_OMEGA, (z[None], 1 / np.abs(z)[None]))
    assert found.reached[0] == np.sum(every <= 1.001 * every.min())
    assert found.reached[0] > 1
