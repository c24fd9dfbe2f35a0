"""Lines of X-rays as a detector shows them: resolution, counts of a family, and derivatives."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.x_ray_lines import Detector, Family, columns

ENERGY = np.arange(0.0, 10.0, 0.01)
IRON = Family(name="Fe K", energies=np.array([6.404, 7.058]), weights=np.array([1.0, 0.12]))


def test_the_resolution_at_manganese_is_that_of_the_noise_and_the_fano_factor() -> None:
    """FWHM^2 = 8 ln 2 (n^2 + F e E): F = 0.118 and e = 3.66 eV of silicon give 119 eV without noise at 5.895 keV."""
    assert Detector(noise=0.0).resolution == pytest.approx(0.1188, abs=5e-4)
    noisy = Detector(noise=0.05**2)
    assert noisy.resolution**2 - Detector(noise=0.0).resolution ** 2 == pytest.approx(8 * np.log(2) * 0.05**2)


def test_the_strongest_line_of_a_family_has_one_count() -> None:
    value, _, _ = columns(ENERGY, [IRON], Detector())
    assert value[:, 0].sum() == pytest.approx(1.12, rel=1e-4)


def test_a_gain_moves_a_line_in_proportion_to_its_energy() -> None:
    for gain in (1.0, 1.002):
        value, _, _ = columns(
            ENERGY, [Family(name="x", energies=np.array([6.404]), weights=np.ones(1))], Detector(gain=gain)
        )
        assert (value[:, 0] @ ENERGY) * gain == pytest.approx(6.404, abs=2e-3)


def test_the_derivative_by_variance_is_that_of_the_noise() -> None:
    step = 1e-7
    _, _, slope = columns(ENERGY, [IRON], Detector(noise=5e-4))
    up, down = (columns(ENERGY, [IRON], Detector(noise=5e-4 + sign * step))[0] for sign in (1, -1))
    assert slope == pytest.approx((up - down) / (2 * step), abs=1e-3 * np.abs(slope).max())


def test_the_derivative_by_energy_is_that_of_the_channels() -> None:
    step = 1e-5
    _, slope, _ = columns(ENERGY, [IRON], Detector())
    up, down = (columns(ENERGY + sign * step, [IRON], Detector())[0] for sign in (1, -1))
    assert slope == pytest.approx((up - down) / (2 * step), abs=1e-3 * np.abs(slope).max())
