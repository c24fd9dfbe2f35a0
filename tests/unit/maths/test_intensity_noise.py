"""The noise of a spectrum from the spectrum itself."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.intensity_noise import noise

X = np.linspace(0.0, 1.0, 4001)
LEVEL = 5000.0 + 4000.0 * np.exp(-(((X - 0.5) / 0.1) ** 2))  # a wide band over a continuum, counts


@pytest.mark.parametrize("gain", [0.2, 1.0, 7.0])
def test_counts_times_a_gain_have_the_noise_of_poisson_times_the_root_of_the_gain(gain: float) -> None:
    """Var(g N) = g^2 N = g (g N)."""
    counts = gain * np.random.default_rng(0).poisson(LEVEL / gain)
    assert np.median(noise(counts) / np.sqrt(gain * counts)) == pytest.approx(1.0, abs=0.05)


def test_the_noise_grows_with_the_root_of_the_intensity() -> None:
    counts = np.random.default_rng(0).poisson(LEVEL).astype(float)
    found = noise(counts)
    assert found / np.sqrt(counts) == pytest.approx(np.full(len(X), found[0] / np.sqrt(counts[0])), rel=1e-6)


def test_the_unit_of_the_intensities_is_the_unit_of_the_noise() -> None:
    counts = np.random.default_rng(0).poisson(LEVEL).astype(float)
    assert noise(1e-3 * counts) == pytest.approx(1e-3 * noise(counts))
