"""Kramers-Kronig model, outliers and lines: exact data, known leverage, correlated residuals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.circuit.model import build
from halfcell.maths.impedance_outliers import outliers
from halfcell.maths.kramers_kronig import kramers_kronig, leverage
from halfcell.maths.straight_line import polynomial, robust_line
from halfcell.techniques.impedance import Parameters, simulate

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


def test_wild_points_alone_are_marked() -> None:
    spoiled = noisy(0.002)
    spoiled[[5, 30]] *= 1.15
    assert np.flatnonzero(outliers(FREQUENCY, spoiled)).tolist() == [5, 30]
    run = noisy(0.002)
    run[40:46] *= 1.1
    assert not outliers(FREQUENCY, run)[41:45].all()  # a run is no wild point


def test_without_noise_no_point_is_wild_but_the_wild_one() -> None:
    """What the model itself lacks is more than its residual, which is next to nothing: no reason to drop a point."""
    assert not outliers(FREQUENCY, CLEAN).any()
    measured = simulate(Parameters(noise_percent=0.0), np.random.default_rng(1))
    impedance = measured["real_impedance_ohm"] + 1j * measured["imaginary_impedance_ohm"]
    assert not outliers(measured["frequency_hertz"], impedance).any()
    impedance[20] *= 1.02
    assert np.flatnonzero(outliers(measured["frequency_hertz"], impedance)).tolist() == [20]


@given(scale=st.floats(1e-3, 1e5), shift=st.floats(1e-2, 1e2))
@settings(max_examples=15, deadline=None)
def test_units_do_not_matter(scale: float, shift: float) -> None:
    spoiled = noisy(0.005)
    spoiled[10] *= 1.3
    plain = kramers_kronig(FREQUENCY, spoiled)
    other = kramers_kronig(shift * FREQUENCY, scale * spoiled)
    assert other.noise == pytest.approx(plain.noise, rel=1e-6)
    assert np.array_equal(outliers(shift * FREQUENCY, scale * spoiled), outliers(FREQUENCY, spoiled))


def test_line_uncertainty_counts_correlated_residuals() -> None:
    """Residuals of an AR(1) process with r = 0.8: the plain error is three times too small."""
    x, pulls = np.linspace(0, 1, 400), []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        left = np.zeros(400)
        for i in range(1, 400):
            left[i] = 0.8 * left[i - 1] + rng.normal()
        line = polynomial(x, 2 + 3 * x + left)
        pulls.append((line.values[1] - 3) / line.std[1])
    assert 0.7 < np.std(pulls) < 1.3


def test_robust_line_leaves_wild_points_out() -> None:
    rng = np.random.default_rng(0)
    x = np.linspace(-1, 1, 50)
    y = 1 + 2 * x + 0.01 * rng.normal(size=50)
    y[[3, 20, 44]] += 5
    found = robust_line(x, y)
    assert np.flatnonzero(~found.used).tolist() == [3, 20, 44]
    assert found.values == pytest.approx([1, 2], abs=0.01)


def test_cubic_is_recovered_in_any_unit() -> None:
    for unit in (1e-6, 1.0, 1e6):
        x = unit * np.linspace(-1, 1, 30)
        found = polynomial(x, 1 + 2 * x / unit + 3 * (x / unit) ** 3, 3)
        assert found.values == pytest.approx([1, 2 / unit, 0, 3 / unit**3], rel=1e-9, abs=1e-9 / unit**2)
