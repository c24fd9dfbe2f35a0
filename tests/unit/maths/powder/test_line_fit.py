"""Fits of single lines."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.line_fit import doublet
from halfcell.maths.powder.reciprocal_grid import Radiation


def test_derivatives_are_those_of_the_doublet() -> None:
    x, at, e = np.arange(45.0, 50.0, 0.02), np.array([47.3, np.log(0.5), 0.4]), 1e-6
    slopes = doublet(x, at[0], np.exp(at[1]), at[2], Radiation())[1:]
    for index, slope in enumerate(slopes):
        step = np.eye(3)[index] * e
        up, down = (doublet(x, p[0], np.exp(p[1]), p[2], Radiation())[0] for p in (at + step, at - step))
        assert slope == pytest.approx((up - down) / 2 / e, abs=1e-6)
