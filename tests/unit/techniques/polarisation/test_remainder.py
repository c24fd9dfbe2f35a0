"""What a current may still lose, from three means over late windows."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.polarisation.remainder import Reading, remainder

TIME = np.linspace(1.0, 1000.0, 4000)


def _of(current: np.ndarray, noise: float = 0.0) -> tuple[float, float, bool]:
    noisy = current + np.random.default_rng(0).normal(0.0, noise, len(current)) if noise else current
    end = Reading(float(noisy[-200:].mean()), max(noise, 1e-15) / np.sqrt(200), 0.0)
    found = remainder(TIME, noisy, end)
    return found.expected, found.part, found.rises


def test_a_current_at_rest_loses_nothing_more_than_its_noise() -> None:
    _, most, rises = _of(np.full(len(TIME), 1e-6), noise=1e-9)
    assert most < 0.01
    assert not rises


def test_a_power_law_still_has_to_lose_what_its_series_of_means_says() -> None:
    """t^(-1/2) falls to zero: all of it is still to be lost."""
    expected, most, _ = _of(1e-6 * (TIME / 1000.0) ** -0.5)
    assert most > 0.5
    assert expected <= most


def test_an_exponential_near_its_end_loses_little() -> None:
    expected, most, _ = _of(1e-6 * (1.0 + np.exp(-TIME / 100.0)))
    assert expected < 0.01
    assert most < 0.05


def test_a_rising_current_is_told() -> None:
    _, part, rises = _of(1e-6 * (1.0 + 0.2 * TIME / 1000.0))
    assert rises
    assert part == pytest.approx(0.06, abs=0.03)


def test_too_few_records_know_nothing() -> None:
    few = np.linspace(1.0, 1000.0, 8)
    assert remainder(few, np.full(8, 1e-6), Reading(1e-6, 1e-9, 0.0)).part == 1.0
