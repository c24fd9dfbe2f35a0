"""Line shapes: areas, and the tail against the closed form of a Gaussian with an exponential."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import tailed_voigt

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
