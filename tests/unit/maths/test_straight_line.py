"""A sweep that is a resistance is told from one that is not."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.straight_line import ohmic_resistance, polynomial, robust_line
from halfcell.techniques import conductivity, voltammetry

UP = np.linspace(-0.1, 0.1, 101)
SWEEP = np.concatenate([UP, UP[-2::-1]])


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("resistance", [0.05, 50.0, 5e7])
def test_the_resistance_of_a_sweep_is_told_whatever_its_sign(resistance: float, sign: float) -> None:
    noise = 0.01 * np.random.default_rng(0).standard_normal(len(SWEEP))
    found = ohmic_resistance(SWEEP, sign * SWEEP / resistance + 0.1 / resistance * noise)
    assert found == pytest.approx(resistance, rel=0.01)


@pytest.mark.parametrize(
    ("voltage", "current"),
    [
        (SWEEP + 1.0, SWEEP / 50),  # not about zero
        (SWEEP + 0.08, (SWEEP + 0.08) / 50),  # nearly one-sided
        (SWEEP, np.sinh(30 * SWEEP)),  # a diode or a reaction
        (SWEEP, np.repeat([1.0, -1.0], [101, 100]) * 1e-3),  # a capacitor
        (SWEEP, SWEEP / 50 + 1e-3),  # misses zero
        (SWEEP, np.random.default_rng(1).standard_normal(len(SWEEP))),  # noise
        (SWEEP, np.zeros(len(SWEEP))),  # open circuit
        (SWEEP[:6], SWEEP[:6]),  # too few
    ],
)
def test_a_sweep_without_a_slope_has_no_resistance(voltage: np.ndarray, current: np.ndarray) -> None:
    assert ohmic_resistance(voltage, current) is None


def test_voltammetry_and_conductivity_tell_each_other_apart() -> None:
    rng = np.random.default_rng(2)
    pellet = conductivity.simulate(conductivity.Parameters(), rng)
    anode = voltammetry.simulate(voltammetry.Parameters(), rng)
    assert "straight line through zero" in conductivity.TECHNIQUE.claims(pellet)
    assert conductivity.TECHNIQUE.claims(anode) == ""
    notes = {note.code: note for note in voltammetry.analyse(pellet, voltammetry.Settings()).notes}
    assert notes["ohmic_line"].level == "doubt"
    assert "conductivity" in notes["ohmic_line"].text
    assert "ohmic_line" not in {n.code for n in voltammetry.analyse(anode, voltammetry.Settings()).notes}


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
