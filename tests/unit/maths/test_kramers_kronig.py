"""Kramers-Kronig model, outliers and lines: exact data, known leverage, correlated residuals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.circuit.model import build
from halfcell.maths.impedance_outliers import outliers
from halfcell.maths.kramers_kronig import kramers_kronig, leverage

FREQUENCY = np.logspace(5, -2, 57)
MODEL = build("Rs-p(Rint,CPEint)-p(Rct,CPEct)-W")
CLEAN = MODEL.impedance(np.array([3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0]), FREQUENCY)


def noisy(noise: float, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return CLEAN + noise * np.abs(CLEAN) * (rng.standard_normal(57) + 1j * rng.standard_normal(57))


@pytest.mark.parametrize("noise", [0.01, 0.001])
def test_noise_is_found_without_a_circuit(noise: float) -> None:
    found = [kramers_kronig(FREQUENCY, noisy(noise, seed)) for seed in range(30)]
    ratios = [one.noise / noise for one in found]
    assert np.median(ratios) == pytest.approx(1.0, abs=0.05)
    assert min(ratios) > 0.75
    assert max(ratios) < 1.25
    assert sum(one.p_value < 1e-2 for one in found) <= 2


def test_what_disobeys_is_seen() -> None:
    """An imaginary part 2 % too large cannot belong to the real part."""
    wrong = noisy(0.001)
    assert kramers_kronig(FREQUENCY, wrong).p_value > 1e-3
    found = kramers_kronig(FREQUENCY, wrong.real + 1.02j * wrong.imag)
    assert found.p_value < 1e-6


def test_leverages_sum_to_the_number_of_terms() -> None:
    used = np.ones(57, dtype=bool)
    spread = leverage(2 * np.pi * FREQUENCY, np.abs(CLEAN), 12, used)
    assert 2 * spread.sum() == pytest.approx(15.0, rel=1e-6)  # Re and Im, 12 terms and R, L, C


def test_left_out_points_are_predicted() -> None:
    used = np.ones(57, dtype=bool)
    used[20:23] = False
    spoiled = noisy(0.001)
    spoiled[20:23] = 1e6
    found = kramers_kronig(FREQUENCY, spoiled, used)
    assert np.max(np.abs(found.fitted[20:23] / CLEAN[20:23] - 1)) < 0.01


@given(scale=st.floats(1e-3, 1e5), shift=st.floats(1e-2, 1e2))
@settings(max_examples=15, deadline=None)
def test_units_do_not_matter(scale: float, shift: float) -> None:
    spoiled = noisy(0.005)
    spoiled[10] *= 1.3
    plain = kramers_kronig(FREQUENCY, spoiled)
    other = kramers_kronig(shift * FREQUENCY, scale * spoiled)
    assert other.noise == pytest.approx(plain.noise, rel=1e-6)
    assert np.array_equal(outliers(shift * FREQUENCY, scale * spoiled), outliers(FREQUENCY, spoiled))
