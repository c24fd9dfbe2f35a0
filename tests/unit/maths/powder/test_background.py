"""The smooth background of a pattern and its halos."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.background import humps

ANGLE = np.linspace(20.0, 60.0, 401)


def test_a_halo_is_a_gaussian_of_its_full_width_at_half_maximum() -> None:
    value, _, _ = humps(np.array([35.0, 40.0, 45.0]), np.array([40.0]), np.array([10.0]))
    assert value[:, 0] / value[1, 0] == pytest.approx([0.5, 1.0, 0.5])


@pytest.mark.parametrize("which", [0, 1])
def test_slopes_are_those_of_the_halo(which: int) -> None:
    found = humps(ANGLE, np.array([40.0]), np.array([10.0]))[1 + which]
    step = 1e-5 * np.eye(2)[which]
    up, down = (humps(ANGLE, np.array([40.0 + s * step[0]]), np.array([10.0 + s * step[1]]))[0] for s in (1, -1))
    assert found == pytest.approx((up - down) / 2e-5, abs=1e-6)
