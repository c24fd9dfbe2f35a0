"""The fast Faddeeva function against scipy's, which computes each value to 13 digits (S. G. Johnson's wofz)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import wofz

from halfcell.maths.faddeeva import faddeeva


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (1.0, 6.0), (6.0, 40.0), (40.0, 1e3), (1e3, 1e5)])
def test_it_is_scipys_to_twelve_digits(low: float, high: float) -> None:
    rng = np.random.default_rng(0)
    size, angle = rng.uniform(low, high, 20000), np.pi * rng.choice([0.0, 1.0, *rng.uniform(0, 1, 50)], 20000)
    z = size * np.exp(1j * angle)
    z = z.real + 1j * np.abs(z.imag)
    known = wofz(z)
    assert np.max(np.abs(faddeeva(z) - known) / np.abs(known)) < 1e-12


def test_shape_is_kept() -> None:
    assert faddeeva(np.zeros((3, 5), dtype=complex)).shape == (3, 5)
    assert faddeeva(np.zeros((0,), dtype=complex)).shape == (0,)
    assert faddeeva(np.zeros(1, dtype=complex))[0] == pytest.approx(1.0)
