"""Percentiles of particles by number and by volume, and their counting errors."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.particle_images.sizes import counting_errors, percentiles


def test_percentiles_of_a_lognormal_powder_are_those_of_hatch_and_choate() -> None:
    """ln D50,V = ln D50,N + 3 ln^2 s (T. Hatch, S. P. Choate, J. Franklin Inst. 207 (1929) 369)."""
    diameters = np.exp(np.random.default_rng(0).normal(0.0, np.log(1.4), 200_000))
    found = percentiles(diameters, np.ones(len(diameters)))
    assert found["number_d50"] == pytest.approx(1.0, rel=0.01)
    assert found["volume_d50"] == pytest.approx(np.exp(3 * np.log(1.4) ** 2), rel=0.02)
    assert found["number_d90"] == pytest.approx(1.4**1.2816, rel=0.01)


def test_a_weight_counts_as_that_many_particles() -> None:
    once = percentiles(np.array([1.0, 2.0, 2.0, 3.0]), np.ones(4))
    weighed = percentiles(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 1.0]))
    assert weighed["number_d50"] == pytest.approx(once["number_d50"])


def test_counting_errors_are_those_of_repeated_samples() -> None:
    rng = np.random.default_rng(1)
    samples = [np.exp(rng.normal(0.0, np.log(1.4), 200)) for _ in range(200)]
    scatter = np.std([percentiles(one, np.ones(200))["number_d50"] for one in samples])
    assert counting_errors(samples[0], np.ones(200))["number_d50"] == pytest.approx(scatter, rel=0.35)
