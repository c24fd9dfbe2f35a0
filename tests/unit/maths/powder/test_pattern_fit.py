"""Fits of whole patterns: a pattern of known parameters gives them back, within the errors that the fit states."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.powder.pattern_model import PatternModel
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import Radiation

ANGLE = np.arange(24.0, 60.0, 0.03)
SILICON = Lines(  # 111, 220, 311 of a = 0.54311 nm; intensities without Lorentz and polarisation factors
    name="Si",
    parts=np.array([[3.0, 8.0, 11.0]]) / 0.54311**2,
    intensity=np.array([1.0, 0.9, 0.55]),
    column=np.zeros(3, dtype=np.int64),
)


def _model(size: float) -> PatternModel:
    return PatternModel(
        two_theta=ANGLE, radiation=Radiation(lines=((0.15406, 1.0),)), instrument=Instrument(w=0.01, y=0.02),
        phases=(PhaseModel(lines=SILICON, size=size, smallest=2.0),), degree=3,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pattern() -> np.ndarray:
    """The expected counts of crystals of 18 nm, over a background of about 300."""
    angle = np.radians(ANGLE) / 2
    shape = fit_pattern(_model(18.0), 300.0 + 0.0 * ANGLE + 1.0 / angle, limit=0).pattern
    columns, _ = shape.evaluate(shape.start)
    lines = columns[:, 0]
    return np.asarray(300.0 - 2.0 * (ANGLE - 40.0) + 4000.0 * lines / lines.max())


@pytest.fixture(scope="module")
def fitted(pattern: np.ndarray) -> PatternFit:
    """One counting of it, fitted from crystals of 8 nm."""
    return fit_pattern(_model(8.0), np.random.default_rng(0).poisson(pattern).astype(float))


def test_the_size_comes_back_from_another_start(fitted: PatternFit) -> None:
    assert np.exp(fitted.value("Si.ln_size")) == pytest.approx(18.0, rel=0.05)
    assert abs(fitted.value("Si.ln_size") - np.log(18.0)) < 4 * fitted.std("Si.ln_size")


def test_a_right_model_misses_the_counts_by_their_noise(fitted: PatternFit) -> None:
    assert fitted.reduced_chi2 == pytest.approx(1.0, abs=0.15)


def test_background_and_phases_sum_to_the_model(fitted: PatternFit) -> None:
    background, phases = fitted.parts()
    assert background + sum(phases) == pytest.approx(fitted.solution.model)


def test_no_parameter_ends_on_a_bound(fitted: PatternFit) -> None:
    assert not any(fitted.on_bound(name) for name in fitted.pattern.names)


def test_twice_the_counts_are_twice_the_scale(pattern: np.ndarray, fitted: PatternFit) -> None:
    counts = np.random.default_rng(0).poisson(pattern).astype(float)
    twice = fit_pattern(_model(8.0), 2 * counts, 4 * fitted.variance)
    once = fit_pattern(_model(8.0), counts, fitted.variance)
    assert twice.scale(0)[0] == pytest.approx(2 * once.scale(0)[0], rel=1e-6)
