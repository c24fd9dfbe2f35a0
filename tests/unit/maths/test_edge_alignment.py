"""Foils beside samples: by how much the energies of two scans differ."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.edge_alignment import shift_between

EDGE = 7112.0


def _foil(shift: float, noise: float = 0.0, step: float = 0.5, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """An arc tangent with a white line, whose energies are too high by a shift."""
    energy = np.arange(EDGE - 80.0, EDGE + 80.0, step)
    true = energy - shift
    mu = 0.5 + np.arctan((true - EDGE) / 1.5) / np.pi + 0.3 * np.exp(-0.5 * ((true - EDGE - 6.0) / 3.0) ** 2)
    return energy, mu + np.random.default_rng(seed).normal(0.0, noise, len(energy))


@pytest.mark.parametrize("shift", [-9.3, -0.4, 0.0, 2.7, 12.0])
def test_the_shift_brings_the_foil_back(shift: float) -> None:
    found, _ = shift_between(_foil(0.0), _foil(shift), EDGE)
    assert found == pytest.approx(-shift, abs=0.05)


def test_the_thickness_of_the_foil_does_not_matter() -> None:
    energy, mu = _foil(1.5)
    assert shift_between(_foil(0.0), (energy, 0.2 + 3.0 * mu), EDGE)[0] == pytest.approx(-1.5, abs=0.05)


def test_its_error_is_what_noise_makes_of_it() -> None:
    found = [shift_between(_foil(0.0), _foil(1.0, 2e-3, seed=seed), EDGE) for seed in range(60)]
    assert 0.4 < np.median([std for _, std in found]) / np.std([shift for shift, _ in found]) < 2.5


def test_scans_without_their_edge_are_refused() -> None:
    energy, mu = _foil(0.0)
    short = energy > EDGE - 20.0
    with pytest.raises(ValueError, match="does not cover the edge of its foil"):
        shift_between(_foil(0.0), (energy[short], mu[short]), EDGE)
