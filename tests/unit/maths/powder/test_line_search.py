"""Lines that stand out of a pattern without knowing any phase."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.line_search import averaged, find_lines, smooth_background

ANGLE = np.arange(10.0, 60.0, 0.02)
LEVEL = 400.0 + 2000.0 * np.exp(-ANGLE / 12.0)


def _line(at: float, height: float, width: float) -> np.ndarray:
    """A Gaussian of that full width at half maximum (degrees)."""
    return height * np.exp(-4 * np.log(2) * ((ANGLE - at) / width) ** 2)


def test_the_background_is_what_is_wider_than_three_degrees() -> None:
    found = smooth_background(ANGLE, LEVEL + _line(28.44, 5000.0, 0.2) + _line(47.3, 2000.0, 0.5))
    inside = (ANGLE > 14.0) & (ANGLE < 57.0)
    assert found[inside] == pytest.approx(LEVEL[inside], rel=0.05)


def test_a_running_mean_keeps_a_straight_line() -> None:
    assert averaged(ANGLE, 3.0 * ANGLE)[5:-5] == pytest.approx(3.0 * ANGLE[5:-5])


def test_lines_are_found_with_angle_height_and_width() -> None:
    counts = np.random.default_rng(0).poisson(LEVEL + _line(28.44, 5000.0, 0.2) + _line(47.3, 2000.0, 0.5))
    found = find_lines(ANGLE, counts.astype(float), np.maximum(counts, 1.0))
    assert [line.position for line in found] == pytest.approx([28.44, 47.3], abs=0.05)
    assert [line.width for line in found] == pytest.approx([0.2, 0.5], rel=0.15)
    assert [line.height for line in found] == pytest.approx([5000.0, 2000.0], rel=0.1)


def test_the_second_emission_line_is_part_of_the_first() -> None:
    """Cu K-alpha-2 of silicon 111 lies 0.07 degrees higher, with half the height."""
    level = LEVEL + _line(28.443, 5000.0, 0.12) + _line(28.514, 2500.0, 0.12)
    assert len(find_lines(ANGLE, level, level)) == 1


def test_noise_has_no_lines() -> None:
    rng = np.random.default_rng(1)
    for _ in range(10):
        counts = rng.poisson(LEVEL).astype(float)
        assert find_lines(ANGLE, counts, np.maximum(counts, 1.0)) == []


def test_a_line_below_a_part_of_the_strongest_is_left_out() -> None:
    level = LEVEL + _line(28.44, 50000.0, 0.2) + _line(47.3, 700.0, 0.2)
    assert len(find_lines(ANGLE, level, level, share=0.02)) == 1
    assert len(find_lines(ANGLE, level, level, share=0.01)) == 2
