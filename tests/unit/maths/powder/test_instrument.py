"""The instrument function: Voigt parts come apart and together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.powder.instrument import mixing, remove_instrument, voigt_parts, voigt_width


@given(g=st.floats(0.01, 1.0), l=st.floats(0.01, 1.0))
def test_voigt_comes_apart_and_together(g: float, l: float) -> None:
    parts = voigt_parts(voigt_width(g, l), mixing(g, l))
    assert parts == pytest.approx((g, l), abs=0.02 * (g + l))


@given(width=st.floats(0.1, 2.0), eta=st.floats(0.0, 1.0), factor=st.floats(0.1, 10.0))
def test_deconvolution_scales_with_the_widths(width: float, eta: float, factor: float) -> None:
    one = remove_instrument(width, eta, 0.05, 0.03)
    two = remove_instrument(width * factor, eta, 0.05 * factor, 0.03 * factor)
    assert two == pytest.approx(tuple(factor * value for value in one), rel=1e-6)
    assert one[0] < width
