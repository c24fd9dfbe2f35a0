"""Activation energies over heating rates, of a first-order reaction whose rate law is integrated numerically."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import isoconversional as iso

RATES = np.array([2.0, 5.0, 10.0, 20.0])  # K/min
R = 8.314462618e-3  # kJ/(mol K)


def _heating(rate: float, energy: float, log_a: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Temperature (K), conversion and its speed (1/min) of d alpha/dt = A exp(-E/RT) (1 - alpha)."""
    kelvin = np.arange(250.0, 1200.0, 0.01)
    constant = 60.0 * 10.0**log_a * np.exp(-energy / (R * kelvin))  # 1/min
    exponent = np.concatenate([[0.0], np.cumsum(0.5 * (constant[1:] + constant[:-1]) * np.diff(kelvin))]) / rate
    left = np.exp(-exponent)
    return kelvin, 1.0 - left, constant * left


@pytest.mark.parametrize(("energy", "log_a"), [(80.0, 7.0), (160.0, 12.0), (250.0, 16.0)])
def test_energy_and_prefactor_of_a_first_order_reaction(energy: float, log_a: float) -> None:
    runs = [_heating(rate, energy, log_a) for rate in RATES]
    peaks = np.array([kelvin[np.argmax(speed)] for kelvin, _, speed in runs])
    found = iso.kissinger(RATES, peaks, 0.1)
    assert found.energy == pytest.approx(energy, rel=2e-3)
    assert iso.log10_prefactor(found) == pytest.approx(log_a, abs=0.03)
    for level in (0.1, 0.5, 0.9):
        at = np.array([np.interp(level, alpha, kelvin) for kelvin, alpha, _ in runs])
        speeds = np.array([np.interp(level, alpha, speed) for _, alpha, speed in runs])
        assert iso.friedman(speeds, at, 0.1).energy == pytest.approx(energy, rel=1e-3)
        assert iso.ozawa_flynn_wall(RATES, at, 0.1).energy == pytest.approx(energy, rel=1e-3)


def test_doyle_s_factor_is_off_where_e_over_rt_is_small() -> None:
    """1.052 holds for E/RT from 28 to 50 (Flynn 1983): at 15 the plain method gives several per cent too much."""
    runs = [_heating(rate, 80.0, 6.0) for rate in RATES]
    at = np.array([np.interp(0.5, alpha, kelvin) for kelvin, alpha, _ in runs])
    plain = -float(np.polyfit(1.0 / at, np.log(RATES), 1)[0]) * R / 1.052
    assert plain == pytest.approx(80.0 * 1.03, rel=0.03)
    assert iso.ozawa_flynn_wall(RATES, at, 0.1).energy == pytest.approx(80.0, rel=1e-3)


def test_an_error_of_a_peak_counts_through_the_square_of_its_temperature_too() -> None:
    """ln(beta/T^2) + E/(R T) moves by -(2/T + E/(R T^2)) dT: 13 % more than by E/(R T^2) where E/RT is 15."""
    kelvin = np.array([640.0, 660.0, 680.0, 700.0])
    energy = 15.0 * R * 670.0
    rates = kelvin**2 * np.exp(20.0 - energy / (R * kelvin))  # no scatter: what is left is the error stated
    step = 1.0 / kelvin - np.mean(1.0 / kelvin)
    moved = (2.0 / 670.0 + energy / (R * 670.0**2)) * 0.5
    # the stated error, as of four values, pooled with no scatter in two degrees of freedom
    expected = R * moved * np.sqrt(4.0 / 6.0) / np.linalg.norm(step)
    assert iso.kissinger(rates, kelvin, 0.5).std == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("doubt", [0.3, 1.0])
def test_errors_of_the_temperatures_scatter_the_energy_as_much_as_it_says(doubt: float) -> None:
    peaks = np.array([k[np.argmax(s)] for k, _, s in (_heating(rate, 160.0, 12.0) for rate in RATES)])
    random = np.random.default_rng(3)
    fits = [iso.kissinger(RATES, peaks + random.normal(0.0, doubt, 4), doubt) for _ in range(400)]
    assert np.median([fit.std for fit in fits]) == pytest.approx(np.std([fit.energy for fit in fits]), rel=0.15)
