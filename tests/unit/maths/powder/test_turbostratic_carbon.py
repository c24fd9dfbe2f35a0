"""Bands of layered carbon: Warren's function."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.turbostratic_carbon import warren


@pytest.mark.parametrize("a", [-3.0, -1.0, 0.0, 1.0, 3.0, 7.9, 8.1, 60.0])
def test_warrens_function_is_its_integral(a: float) -> None:
    """Against adaptive quadrature of the integral."""
    from scipy.integrate import quad

    middle = np.sqrt(max(a, 0.0))
    parts = [
        quad(lambda x: np.exp(-((x * x - a) ** 2)), low, high)[0] for low, high in ((0, middle), (middle, middle + 5))
    ]
    value, slope = warren(np.array([a - 1e-4, a, a + 1e-4]))
    assert value[1] == pytest.approx(sum(parts), rel=1e-4, abs=1e-9)
    assert slope[1] == pytest.approx((value[2] - value[0]) / 2e-4, rel=1e-4, abs=1e-7)
