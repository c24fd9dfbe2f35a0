"""Angles and reciprocal lengths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.powder.reciprocal_grid import angle, reciprocal


@given(s=st.floats(1.5, 12.0), wave=st.floats(0.05, 0.16))
def test_angle_and_reciprocal_length_are_inverse(s: float, wave: float) -> None:
    assert reciprocal(angle(np.array([s]), wave), wave)[0] == pytest.approx(s)
