"""Charge of one sign within a stretch of a voltammogram."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.voltammetry.branches import Voltammogram, charge_of_sign

TIME = np.linspace(0.0, 100.0, 2001)


def _record(current: np.ndarray) -> Voltammogram:
    return Voltammogram(TIME, np.zeros(len(TIME)), current)


def test_a_sine_has_the_charge_of_each_of_its_halves() -> None:
    """The integral of a half of sin(2 pi t / T) is T / pi: 1 mA, 100 s, in Ah."""
    record = _record(1e-3 * np.sin(2 * np.pi * TIME / 100.0))
    for sign in (1, -1):
        assert charge_of_sign(record, 0, 2000, sign) == pytest.approx(1e-3 * 100.0 / np.pi / 3600.0, rel=1e-3)


def test_noise_about_zero_adds_up_to_nothing() -> None:
    current = np.where(TIME < 50, 1e-3, 0.0) + np.random.default_rng(0).normal(0.0, 1e-4, len(TIME))
    assert charge_of_sign(_record(current), 0, 2000, -1) < 0.01 * charge_of_sign(_record(current), 0, 2000, 1)


def test_the_current_of_the_other_sign_does_not_count() -> None:
    record = _record(np.where(TIME < 50, 1e-3, -2e-3))
    assert charge_of_sign(record, 0, 2000, 1) == pytest.approx(1e-3 * 50.0 / 3600.0, rel=0.01)
