"""Lattice fringes: frequencies below the pixel of the transform, and none in noise."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.lattice_fringes import Fringe, fringes, log_power, parts, refined

ROWS, COLUMNS = np.mgrid[0:128, 0:128].astype(float)


def _wave(row: float, column: float, height: float = 1.0) -> np.ndarray:
    return height * np.cos(2 * np.pi * (row * ROWS + column * COLUMNS) + 0.7)


@pytest.mark.parametrize(("row", "column"), [(0.0, 0.1234), (0.0871, 0.0), (0.0613, 0.1077), (-0.11, 0.045)])
def test_a_frequency_between_pixels_of_the_transform_is_found(row: float, column: float) -> None:
    (found,) = fringes(_wave(row, column) + np.random.default_rng(0).normal(0.0, 0.1, ROWS.shape))
    sign = np.sign(found.column * column + found.row * row)
    assert (sign * found.row, sign * found.column) == pytest.approx((row, column), abs=5e-5)


def test_the_error_of_a_frequency_is_that_of_repeated_pictures() -> None:
    rng = np.random.default_rng(1)
    found = [fringes(_wave(0.0613, 0.1077) + rng.normal(0.0, 2.0, ROWS.shape), count=1)[0] for _ in range(60)]
    scatter = np.std([one.column for one in found])
    assert np.mean([one.error for one in found]) == pytest.approx(scatter, rel=0.3)


def test_the_strongest_of_several_comes_first() -> None:
    picture = _wave(0.0, 0.12, 0.5) + _wave(0.09, 0.0) + np.random.default_rng(0).normal(0.0, 0.1, ROWS.shape)
    assert [round(one.frequency, 2) for one in fringes(picture)] == [0.09, 0.12]


def test_noise_has_no_fringes() -> None:
    rng = np.random.default_rng(2)
    assert [fringes(rng.normal(size=(128, 128))) for _ in range(5)] == [()] * 5


def test_a_slope_of_the_background_is_no_fringe() -> None:
    assert fringes(0.5 * ROWS - 0.3 * COLUMNS + np.random.default_rng(0).normal(0.0, 0.1, ROWS.shape)) == ()


def test_a_quarter_of_a_picture_has_the_same_fringe() -> None:
    whole = _wave(0.0613, 0.1077) + np.random.default_rng(0).normal(0.0, 0.1, ROWS.shape)
    (found,) = fringes(whole)
    for part in parts(whole):
        again = refined(part, found)
        assert again is not None
        assert again.frequency == pytest.approx(found.frequency, abs=3e-4)


def test_a_fringe_that_a_region_does_not_have_is_none() -> None:
    assert refined(_wave(0.0, 0.2), Fringe(0.0, 0.2 - 1.4 / 128, 1e-5, 100.0)) is None


def test_the_transform_is_shown_with_the_frequency_zero_in_the_middle() -> None:
    row, column = np.unravel_index(int(np.argmax(log_power(_wave(0.0, 16 / 128)))), ROWS.shape)
    assert (int(row), abs(int(column) - 64)) == (64, 16)
