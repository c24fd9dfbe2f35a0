"""The Arrhenius line: exact data, scatter beyond the errors, curvature, coverage with few points."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.arrhenius import BOLTZMANN, arrhenius_line

KELVIN = np.array([253.15, 273.15, 298.15, 323.15, 348.15])


def sigma(energy: float, kelvin: np.ndarray = KELVIN) -> np.ndarray:
    """sigma T = A exp(-E/kT) with 2 mS/cm at 25 degC."""
    return np.asarray(2e-3 * 298.15 / kelvin * np.exp(-energy / BOLTZMANN * (1 / kelvin - 1 / 298.15)))


def test_exact_data_give_energy_and_conductivity_without_a_bend() -> None:
    line = arrhenius_line(KELVIN, sigma(0.35), np.full(5, 0.01))
    assert line.energy == pytest.approx(0.35, rel=1e-9)
    assert line.conductivity(np.array([298.15]))[0] == pytest.approx(2e-3, rel=1e-9)
    assert line.bend == 0.0


@pytest.mark.parametrize("count", [4, 5])
@pytest.mark.parametrize("stated", [1.0, 0.5, 0.3])
def test_coverage_of_the_energy(count: int, stated: float) -> None:
    """With errors as stated, and with a scatter that is two and three times what is stated."""
    rng, pulls = np.random.default_rng(count), []
    kelvin = KELVIN[:count]
    for _ in range(1500):
        noisy = sigma(0.35, kelvin) * np.exp(0.02 * rng.standard_normal(count))
        line = arrhenius_line(kelvin, noisy, np.full(count, 0.02 * stated))
        pulls.append((line.energy - 0.35) / line.energy_std)
    size = np.abs(pulls)
    assert line.knows_scatter
    assert 0.60 < np.mean(size < 1) < 0.79  # 0.76, and two standard errors of so few
    assert 0.89 < np.mean(size < 1.96) < 0.99


def test_three_temperatures_do_not_tell_their_scatter() -> None:
    assert not arrhenius_line(KELVIN[:3], sigma(0.35, KELVIN[:3]), np.full(3, 0.02)).knows_scatter


def test_temperature_errors_widen_the_energy() -> None:
    plain = arrhenius_line(KELVIN, sigma(0.35), np.full(5, 0.001))
    wide = arrhenius_line(KELVIN, sigma(0.35), np.full(5, 0.001), kelvin_std=1.0)
    assert wide.energy_std > 10 * plain.energy_std


def test_a_bend_is_seen() -> None:
    """Vogel-Tammann-Fulcher, T0 = 200 K: the energy falls with temperature."""
    bent = 1e-2 * np.exp(-800 / (KELVIN - 200.0))
    assert arrhenius_line(KELVIN, bent, np.full(5, 0.01)).bend > 0.05


def test_two_temperatures_are_no_line() -> None:
    with pytest.raises(ValueError, match="three different"):
        arrhenius_line(KELVIN[:2], sigma(0.35)[:2], np.full(2, 0.01))
