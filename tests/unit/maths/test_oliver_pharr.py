"""Hardness and modulus from the unloading, with the numbers of fused silica."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import oliver_pharr as op

BERKOVICH = (24.5,)


def test_fused_silica_has_its_reduced_modulus() -> None:
    """E = 72 GPa, nu = 0.17 against diamond (1141 GPa, 0.07): E_r = 69.6 GPa (Oliver and Pharr 1992)."""
    assert op.sample_modulus(69.6e9, 0.17, 1141e9, 0.07) == pytest.approx(72e9, rel=2e-3)


def test_a_contact_stiffer_than_the_tip_has_no_modulus() -> None:
    assert np.isnan(op.sample_modulus(1200e9, 0.2, 1141e9, 0.07))


def test_a_berkovich_tip_has_24_and_a_half_square_depths() -> None:
    assert op.tip_area(100e-9, BERKOVICH) == pytest.approx(24.5 * 100**2 * 1e-18)
    assert op.tip_area(-5e-9, BERKOVICH) == 0.0


def test_terms_of_the_tip_go_on_with_the_root() -> None:
    """C1 h + C2 h^(1/2) + C3 h^(1/4): at 16 nm 16, 4 and 2 nm2 of each."""
    assert op.tip_area(16e-9, (0.0, 1.0)) == pytest.approx(16e-18)
    assert op.tip_area(16e-9, (0.0, 0.0, 1.0)) == pytest.approx(4e-18)
    assert op.tip_area(16e-9, (0.0, 0.0, 0.0, 1.0)) == pytest.approx(2e-18)


def test_a_flat_punch_has_the_stiffness_of_sneddon() -> None:
    """S = 2 E_r a for a circle of radius a (I. N. Sneddon, Int. J. Eng. Sci. 3 (1965) 47)."""
    radius, modulus = 1e-6, 70e9
    assert op.reduced_modulus(2.0 * modulus * radius, np.pi * radius**2) == pytest.approx(modulus, rel=1e-12)
    assert op.reduced_modulus(2.0 * modulus * radius, np.pi * radius**2, 1.034) == pytest.approx(modulus / 1.034)


@pytest.mark.parametrize("exponent", [1.2, 1.5, 2.0])  # paraboloid 1.5, cone 2
@pytest.mark.parametrize("final", [200e-9, 900e-9])
def test_a_power_law_comes_back(exponent: float, final: float) -> None:
    depth = np.linspace(1000e-9, final, 300)
    load = 10e-3 * ((depth - final) / (1000e-9 - final)) ** exponent
    found = op.fit_unloading(load, depth, (0.2, 0.95))
    assert found is not None
    assert found.exponent == pytest.approx(exponent, rel=1e-3)
    assert found.final_depth == pytest.approx(final, rel=1e-3)
    assert found.misfit < 1e-6
    assert found.stiffness(1000e-9) == pytest.approx(exponent * 10e-3 / (1000e-9 - final), rel=1e-3)
    assert found.area_below(1000e-9) == pytest.approx(10e-3 * (1000e-9 - final) / (exponent + 1.0), rel=1e-3)
    assert found.load(np.array([final - 1e-9]))[0] == 0.0


def test_a_part_without_points_and_a_depth_that_does_not_fall_give_no_fit() -> None:
    depth = np.linspace(1e-6, 0.5e-6, 30)
    load = 10e-3 * ((depth - 0.4e-6) / 0.6e-6) ** 2
    assert op.fit_unloading(load, depth, (0.97, 0.98)) is None
    assert op.fit_unloading(load, depth[::-1], (0.2, 0.95)) is None
    assert op.fit_unloading(-load, depth, (0.2, 0.95)) is None
