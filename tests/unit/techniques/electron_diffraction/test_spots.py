"""The lattice of spots through the centre."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.electron_diffraction.spots import lattice_of

BASIS = np.array([[40.0, 3.0], [-6.0, 55.0]])
SPOTS = np.array([m * BASIS[0] + n * BASIS[1] for m in range(-2, 3) for n in range(-2, 3) if (m, n) != (0, 0)])


def test_the_cell_of_a_lattice_comes_back() -> None:
    noisy = SPOTS + np.random.default_rng(0).normal(0.0, 0.3, SPOTS.shape)
    found = lattice_of(noisy)
    assert found is not None
    assert abs(np.linalg.det(found.basis)) == pytest.approx(abs(np.linalg.det(BASIS)), rel=0.01)
    assert found.foreign == 0


def test_spots_of_another_crystal_are_counted() -> None:
    found = lattice_of(np.vstack([SPOTS, [[17.0, 23.0], [61.0, -29.0]]]))
    assert found is not None
    assert found.foreign == 2


def test_three_spots_are_no_lattice() -> None:
    assert lattice_of(SPOTS[:3]) is None
