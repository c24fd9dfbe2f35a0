"""Line shapes: areas, and the tail against the closed form of a Gaussian with an exponential."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import tailed_voigt, voigt_width
from halfcell.maths.line_tops import top_and_width
from halfcell.maths.peak_fit import correlation

X = np.linspace(-80.0, 60.0, 5601)


@pytest.mark.parametrize("length", [0.5, 3.0, 12.0, -6.0])
def test_gaussian_with_a_tail_is_the_exponentially_modified_gaussian(length: float) -> None:
    from scipy.stats import exponnorm

    sigma = 3.5 / (2 * np.sqrt(2 * np.log(2)))
    ours = tailed_voigt(X, 0.0, (3.5, 1e-6), length, 1.0)
    theirs = exponnorm.pdf(-X * np.sign(length), abs(length) / sigma, scale=sigma)
    assert np.abs(ours - theirs).max() < 4e-3 * theirs.max()


def test_tail_keeps_the_area_and_moves_the_mean_by_share_times_length() -> None:
    y = tailed_voigt(X, 0.0, (4.0, 1e-6), 6.0, 0.5)
    step = X[1] - X[0]
    assert y.sum() * step == pytest.approx(1.0, abs=1e-4)
    assert (X * y).sum() * step == pytest.approx(-3.0, abs=2e-3)


def test_top_and_width_without_and_with_a_tail() -> None:
    top, width = top_and_width((3.0, 2.0), 0.0, 0.0)
    assert (top, width) == (pytest.approx(0.0, abs=1e-9), pytest.approx(voigt_width(3.0, 2.0), rel=1e-3))
    y = tailed_voigt(X, 0.0, (3.0, 2.0), 6.0, 0.5)
    top, width = top_and_width((3.0, 2.0), 6.0, 0.5)
    assert top == pytest.approx(X[np.argmax(y)], abs=X[1] - X[0])
    above = X[y > y.max() / 2]
    assert width == pytest.approx(np.ptp(above), abs=3 * (X[1] - X[0]))


def test_correlation_counts_the_points_that_tell_the_same() -> None:
    rng = np.random.default_rng(0)
    white = rng.normal(size=4000)
    assert correlation(white) == 1.0
    moving = np.convolve(white, np.ones(10) / 10, mode="valid")
    assert correlation(moving) == pytest.approx(10.0, rel=0.2)
