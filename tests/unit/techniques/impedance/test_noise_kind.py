"""The noise of a spectrum: in proportion to |Z|, or of one size in ohm."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.impedance.noise_kind import is_of_one_size, noise_sizes, parts

FREQUENCY = np.geomspace(1e5, 0.1, 61)
OMEGA = 2 * np.pi * FREQUENCY
Z = 5.0 + 500.0 / (1 + 1j * OMEGA * 500.0 * 1e-5)
EVERY, NONE = np.ones(61, dtype=bool), np.zeros(61, dtype=bool)


def _noisy(sizes: np.ndarray, part: float) -> np.ndarray:
    rng = np.random.default_rng(0)
    return np.asarray(Z + part * sizes * (rng.normal(size=61) + 1j * rng.normal(size=61)))


def test_noise_in_proportion_is_that_of_the_modulus() -> None:
    z = _noisy(np.abs(Z), 0.005)
    assert noise_sizes(FREQUENCY, z, EVERY, NONE) == pytest.approx(np.abs(z))


def test_noise_of_one_ohm_everywhere_is_seen() -> None:
    assert is_of_one_size(noise_sizes(FREQUENCY, _noisy(np.ones(61), 1.0), EVERY, NONE))


def test_both_parts_of_a_mixed_noise_come_back() -> None:
    """sigma^2 = a^2 + b^2 |Z|^2."""
    modulus = np.abs(Z)
    sizes = np.sqrt(0.3**2 + 0.01**2 * modulus**2)
    assert parts(sizes, modulus, 1.0) == pytest.approx((0.3, 0.01))
