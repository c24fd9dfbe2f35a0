"""Fits of X-ray spectra: counts of overlapping families, their errors, calibration, and shapes that were measured."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.x_ray_lines import Detector, Family, columns
from halfcell.maths.x_ray_peaks import fit_shapes, fit_spectrum

ENERGY = np.arange(0.2, 10.0, 0.01)  # keV
FAMILIES = (
    Family(name="Ti K", energies=np.array([4.510, 4.931]), weights=np.array([1.0, 0.13])),
    Family(name="V K", energies=np.array([4.949, 5.427]), weights=np.array([1.0, 0.13])),  # its Ka lies on Ti Kb
    Family(name="Fe K", energies=np.array([6.404, 7.058]), weights=np.array([1.0, 0.13])),
)
AREAS = np.array([20000.0, 3000.0, 8000.0])
CONTINUUM = np.column_stack([np.ones(len(ENERGY)), ENERGY])


def _spectrum(seed: int | None, detector: Detector = Detector()) -> np.ndarray:  # noqa: B008  (frozen)
    level = columns(ENERGY, FAMILIES, detector)[0] @ AREAS + 60.0 - 4.0 * ENERGY
    return level if seed is None else np.random.default_rng(seed).poisson(level).astype(float)


def test_counts_without_noise_come_back_although_the_lines_overlap() -> None:
    found = fit_spectrum(ENERGY, _spectrum(None), FAMILIES, CONTINUUM)
    assert found.areas == pytest.approx(AREAS, rel=1e-3)
    assert found.area("V K") == pytest.approx(3000.0, rel=1e-3)


def test_errors_are_those_of_repeated_countings() -> None:
    found = [fit_spectrum(ENERGY, _spectrum(seed), FAMILIES, CONTINUUM) for seed in range(30)]
    for number, family in enumerate(FAMILIES):
        scatter = np.std([one.areas[number] for one in found], ddof=1)
        assert np.mean([one.std(family.name) for one in found]) == pytest.approx(scatter, rel=0.4)


def test_a_wrong_calibration_and_resolution_are_found() -> None:
    truth = Detector(gain=1.002, offset=-0.008, noise=0.0007)
    found = fit_spectrum(ENERGY, _spectrum(0, truth), FAMILIES, CONTINUUM)
    for line in (4.510, 6.404):
        expected = (line - truth.offset) / truth.gain
        assert (line - found.detector.offset) / found.detector.gain == pytest.approx(expected, abs=1e-3)
    assert found.detector.resolution == pytest.approx(truth.resolution, rel=0.01)
    assert found.chi2 == pytest.approx(1.0, abs=0.15)


def test_shapes_without_noise_come_back_with_their_factors() -> None:
    shapes = np.column_stack([columns(ENERGY, FAMILIES, Detector())[0], CONTINUUM])
    factors, _, model = fit_shapes(shapes @ np.array([*AREAS, 60.0, -4.0]), shapes)
    assert factors == pytest.approx([*AREAS, 60.0, -4.0], rel=1e-6)
    assert model == pytest.approx(_spectrum(None))


def test_a_flat_shape_has_the_error_of_the_root_of_its_counts() -> None:
    """n channels of N counts each: a relative error of 1 / sqrt(n N)."""
    count = np.full(100, 400.0)
    _, covariance, _ = fit_shapes(count, np.ones((100, 1)))
    assert np.sqrt(covariance[0, 0]) == pytest.approx(400.0 / np.sqrt(100 * 400.0))


def test_a_prior_about_zero_draws_a_factor_towards_it() -> None:
    """Two equal pieces of information, data at f and a prior at 0, give f / 2."""
    count, shapes = np.full(100, 400.0), np.ones((100, 1))
    factors, _, _ = fit_shapes(count, shapes, ridge=np.array([100 / 400.0]))
    assert factors[0] == pytest.approx(200.0, rel=0.3)
