"""The background of EXAFS: the slow part is taken, the wave of a shell is left."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import exafs, exafs_background, exafs_transform

E0 = 7112.0


ENERGY = np.concatenate(
    [np.arange(6912.0, 7092.0, 5.0), np.arange(7092.0, 7152.0, 0.25), np.arange(7152.0, 7912.0, 2.0)]
)


def _edge(width: float = 1.0, step: float = 1.0) -> np.ndarray:
    """A pre-edge line that falls, and an edge whose step falls slowly."""
    t = ENERGY - E0
    return 0.7 - 2e-4 * t + step * (0.5 + np.arctan(t / width) / np.pi) * (1.0 - 1e-4 * t)


@pytest.mark.parametrize("r", [2.0, 3.0])
def test_the_background_takes_the_slow_part_and_leaves_the_wave(r: float) -> None:
    k = np.sqrt(exafs.K_PER_E * np.clip(ENERGY - E0, 0.0, None))
    wave = np.where(k > 1.0, 0.5 * np.sin(2.0 * k * r) * np.exp(-0.02 * k**2) / np.maximum(k, 1.0), 0.0)
    slow = 0.03 * np.sin(0.8 * k)
    mu = _edge(0.3) + wave + np.where(ENERGY > E0, slow, 0.0)
    normal = exafs.normalise(ENERGY, mu, E0)
    found = exafs_background.background(ENERGY, mu, normal)
    place, spectrum = exafs_transform.transform(found.chi * normal.step, 2, (3.0, 12.0), 1.0)
    truth = np.interp(found.k, k[ENERGY >= E0], wave[ENERGY >= E0])
    expected = exafs_transform.transform(truth, 2, (3.0, 12.0), 1.0)[1]
    near = np.abs(place - r) < 0.3
    assert np.abs(spectrum)[near].max() == pytest.approx(np.abs(expected)[near].max(), rel=0.05)
    assert np.abs(spectrum)[place < 0.7].max() < 0.1 * np.abs(spectrum).max()
