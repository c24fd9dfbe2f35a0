"""The Fourier transform of EXAFS: a wave becomes a peak, the window, the noise far beyond the structure."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import exafs_transform


@pytest.mark.parametrize("r", [1.5, 2.5, 4.0])
@pytest.mark.parametrize("weight", [1, 2, 3])
def test_a_wave_of_2_k_r_is_a_peak_at_r(r: float, weight: int) -> None:
    k = exafs_transform.STEP * np.arange(300)
    chi = np.where(k > 0.5, np.sin(2.0 * k * r) / np.maximum(k, 0.5) ** weight, 0.0)
    place, spectrum = exafs_transform.transform(chi, weight, (3.0, 12.0), 1.0)
    assert place[int(np.argmax(np.abs(spectrum)))] == pytest.approx(r, abs=0.04)
    assert np.abs(spectrum).max() == pytest.approx(9.0 / (2.0 * np.sqrt(np.pi)), rel=0.02)  # half the span of k


def test_the_window_rises_over_its_sill_and_falls_over_it() -> None:
    k = exafs_transform.STEP * np.arange(300)
    window = exafs_transform.window(k, 3.0, 12.0, 1.0)
    at = {
        place: float(window[round(place / exafs_transform.STEP)])
        for place in (2.4, 2.5, 3.0, 3.5, 7.0, 11.5, 12.0, 12.5, 12.6)
    }
    assert at[2.4] == at[12.6] == 0.0
    assert at[2.5] == pytest.approx(0.0, abs=0.01)
    assert at[12.5] == pytest.approx(0.0, abs=0.01)
    assert at[3.0] == pytest.approx(0.5, abs=0.02)
    assert at[12.0] == pytest.approx(0.5, abs=0.02)
    assert at[3.5] == at[7.0] == at[11.5] == 1.0


def test_the_noise_of_chi_is_that_far_beyond_the_structure() -> None:
    """White noise s in k: each part of chi(R) has dk (sum of (k^w W)^2 / 2 pi)^(1/2) s."""
    k = exafs_transform.STEP * np.arange(300)
    shape = k**2 * exafs_transform.window(k, 3.0, 12.0, 1.0)
    random = np.random.default_rng(1)
    found = [
        exafs_transform.noise_of(*exafs_transform.transform(random.normal(0.0, 1e-3, 300), 2, (3.0, 12.0), 1.0))
        for _ in range(40)
    ]
    expected = exafs_transform.STEP * 1e-3 * np.sqrt(np.sum(shape**2) / (2.0 * np.pi))
    assert np.sqrt(np.mean(np.square(found))) == pytest.approx(expected, rel=0.1)
