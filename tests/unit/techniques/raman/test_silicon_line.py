"""The line of silicon: position, width, and how sure they are."""

from __future__ import annotations

import pytest

from halfcell.techniques.raman.described_line import described
from halfcell.techniques.raman.silicon_line import Line, full_width, is_bounded, position_and_width, top

# FWHM of a Voigt profile, J. J. Olivero, R. L. Longbothum, J. Quant. Spectrosc. Radiat. Transfer 17 (1977) 233
WIDTH = 0.5346 * 3.2 + (0.2166 * 3.2**2 + 3.5**2) ** 0.5


def test_position_and_width_of_the_simulated_line_come_back(line: Line) -> None:
    made = position_and_width(line)
    for name, truth in (("Si.position", 520.5), ("Si.width", WIDTH)):
        assert abs(made[name].value - truth) < 4 * (made[name].std or 0.0)
        assert made[name].value == pytest.approx(truth, rel=0.05)


def test_a_line_in_a_wide_window_bounds_its_width(line: Line) -> None:
    assert is_bounded(line)


def test_weights_of_the_models_sum_to_one(line: Line) -> None:
    assert sum(weight for _, weight in line.models) == pytest.approx(1.0)


def test_as_a_reference_it_has_the_same_position_and_width(line: Line) -> None:
    wafer = described(line)
    assert wafer.position_per_cm == pytest.approx(top(line.fit)[0])
    assert wafer.width_per_cm == pytest.approx(full_width(line.fit)[0])
