"""Voigt profiles at one place and at many: known limits, the area, and derivatives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.smeared_voigt import UNSMEARED, Smear, smeared_voigt, voigt_values

X = np.linspace(-12.0, 12.0, 961)
WIDTH = st.floats(0.1, 3.0)


def test_without_a_lorentzian_it_is_a_gaussian() -> None:
    """Height of unit area: 2 sqrt(ln 2 / pi) / FWHM."""
    assert voigt_values(np.zeros(1), 2.0, 0.0)[0] == pytest.approx(np.sqrt(np.log(2) / np.pi))
    assert voigt_values(np.ones(1), 2.0, 0.0)[0] == pytest.approx(0.5 * np.sqrt(np.log(2) / np.pi))


def test_with_a_narrow_gaussian_it_is_a_lorentzian() -> None:
    """Height of unit area: 2 / (pi FWHM)."""
    assert voigt_values(np.array([0.0, 1.0]), 1e-3, 2.0) == pytest.approx([1 / np.pi, 0.5 / np.pi], rel=1e-4)


@given(gauss=WIDTH, lorentz=WIDTH)
def test_half_of_its_height_is_where_olivero_and_longbothum_say(gauss: float, lorentz: float) -> None:
    """FWHM = 0.5346 fL + sqrt(0.2166 fL^2 + fG^2) to 0.02 %; J. Quant. Spectrosc. Radiat. Transfer 17 (1977) 233."""
    width = 0.5346 * lorentz + np.sqrt(0.2166 * lorentz**2 + gauss**2)
    top, half = voigt_values(np.array([0.0, width / 2]), gauss, lorentz)
    assert half / top == pytest.approx(0.5, abs=4e-4)


@given(gauss=WIDTH, lorentz=WIDTH, move=st.floats(0.1, 2.0), part=st.floats(0.1, 0.9))
def test_smearing_is_a_weighted_sum_of_moved_profiles(gauss: float, lorentz: float, move: float, part: float) -> None:
    smear = Smear(moves=np.array([0.0, move]), weights=np.array([1.0 - part, part]))
    value, _ = smeared_voigt(X, 0.3, (gauss, lorentz), smear)
    one = voigt_values(X - 0.3, gauss, lorentz)
    other = voigt_values(X - 0.3 - move, gauss, lorentz)
    assert value == pytest.approx((1 - part) * one + part * other)


@pytest.mark.parametrize(("name", "at"), [("position", 0), ("gauss", 1), ("lorentz", 2)])
def test_derivatives_are_those_of_the_profile(name: str, at: int) -> None:
    given_at, step = np.array([0.4, 1.3, 0.8]), 1e-5

    def value(change: float) -> np.ndarray:
        moved = given_at.copy()
        moved[at] += change
        return smeared_voigt(X, moved[0], (moved[1], moved[2]), UNSMEARED)[0]

    _, slopes = smeared_voigt(X, 0.4, (1.3, 0.8), UNSMEARED)
    assert slopes[name] == pytest.approx((value(step) - value(-step)) / (2 * step), abs=1e-7)
