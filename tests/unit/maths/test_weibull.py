"""The Weibull distribution of strengths: recovered from samples, with errors that are as large as they say."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import weibull


@pytest.mark.parametrize("modulus", [1.5, 5.0, 20.0])
def test_quantiles_of_a_distribution_give_its_parameters(modulus: float) -> None:
    """At a share F of failures lies x0 (-ln(1 - F))^(1/m); x0 is where 63.2 % have failed."""
    shares = (np.arange(4000) + 0.5) / 4000
    found = weibull.fit(300.0 * (-np.log1p(-shares)) ** (1.0 / modulus))
    assert found.modulus == pytest.approx(modulus, rel=5e-3)
    assert found.scale == pytest.approx(300.0, rel=2e-3)


def test_the_modulus_of_few_particles_is_not_biased_and_errors_hold() -> None:
    """Without correction, maximum likelihood gives 16 % too much of ten values (Thoman, Bain, Antle 1969, table 1)."""
    samples = 250.0 * np.random.default_rng(8).weibull(4.0, (600, 10))
    fits = [weibull.fit(values) for values in samples]
    moduli, scales = np.array([f.modulus for f in fits]), np.array([f.scale for f in fits])
    assert moduli.mean() == pytest.approx(4.0, rel=0.03)
    assert np.median([f.modulus_std for f in fits]) == pytest.approx(moduli.std(), rel=0.15)
    assert np.median([f.scale_std for f in fits]) == pytest.approx(scales.std(), rel=0.1)


@pytest.mark.parametrize("factor", [1e-9, 1e6])
def test_the_unit_changes_the_characteristic_value_only(factor: float) -> None:
    values = np.random.default_rng(2).weibull(3.0, 25)
    plain, other = weibull.fit(values), weibull.fit(factor * values)
    assert other.modulus == pytest.approx(plain.modulus, rel=1e-8)
    assert other.modulus_std == pytest.approx(plain.modulus_std, rel=1e-8)
    assert other.scale == pytest.approx(factor * plain.scale, rel=1e-8)
    assert other.scale_std == pytest.approx(factor * plain.scale_std, rel=1e-8)
