"""Variable projection: a certified data set, its standard deviations, priors, restraints and bounds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from halfcell.maths.powder.variable_projection import solve

# NIST StRD "Misra1a": y = b1 (1 - exp(-b2 x)), https://www.itl.nist.gov/div898/strd/nls/data/misra1a.shtml
VOLUME = np.array([77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0])
PRESSURE = np.array([10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78])
B1, B2, SD1, SD2 = 2.3894212918e02, 5.5015643181e-04, 2.7070075241, 7.2668688436e-06
SQUARES = 1.2455138894e-01


def _nothing(columns: int) -> np.ndarray:
    return np.empty((0, columns))


@dataclass(frozen=True, kw_only=True)
class Misra:
    """The certified problem with b2 = 1e-3 p, so that p is of the order of one."""

    start: np.ndarray = field(default_factory=lambda: np.array([0.3]))
    low: np.ndarray = field(default_factory=lambda: np.array([0.01]))
    high: np.ndarray = field(default_factory=lambda: np.array([10.0]))
    prior: np.ndarray = field(default_factory=lambda: np.array([0.0]))
    prior_std: np.ndarray = field(default_factory=lambda: np.array([np.inf]))
    tie: np.ndarray = field(default_factory=lambda: _nothing(1))

    def evaluate(self, p: np.ndarray) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
        decay = np.exp(-1e-3 * p[0] * VOLUME)
        return (1.0 - decay)[:, None], lambda c: (c[0] * 1e-3 * VOLUME * decay)[:, None]

    def restraint(self) -> np.ndarray:
        return self.tie


def test_certified_values_come_back() -> None:
    found = solve(Misra(), PRESSURE, np.ones(14), tolerance=1e-12)
    assert (found.c[0], 1e-3 * found.p[0]) == pytest.approx((B1, B2), rel=1e-6)
    assert found.chi2 == pytest.approx(SQUARES, rel=1e-6)
    assert found.dof == 12


def test_certified_standard_deviations_come_back() -> None:
    found = solve(Misra(), PRESSURE, np.ones(14), tolerance=1e-12)
    std = np.sqrt(np.diag(found.covariance) * found.chi2 / found.dof)
    assert std == pytest.approx([1e3 * SD2, SD1], rel=1e-4)


def test_the_start_does_not_matter() -> None:
    found = solve(dataclasses.replace(Misra(), start=np.array([3.0])), PRESSURE, np.ones(14), tolerance=1e-12)
    assert 1e-3 * found.p[0] == pytest.approx(B2, rel=1e-5)


def test_a_point_of_infinite_variance_is_ignored() -> None:
    wild = PRESSURE.copy()
    wild[5] = 1e4
    variance = np.ones(14)
    variance[5] = np.inf
    found = solve(Misra(), wild, variance, tolerance=1e-12)
    assert found.dof == 11
    assert found.c[0] == pytest.approx(B1, rel=0.01)


def test_a_tight_prior_holds_its_parameter() -> None:
    problem = Misra(prior=np.array([0.6]), prior_std=np.array([1e-6]))
    assert solve(problem, PRESSURE, np.ones(14), tolerance=1e-12).p[0] == pytest.approx(0.6, abs=1e-4)


def test_a_parameter_stays_within_its_bounds() -> None:
    found = solve(dataclasses.replace(Misra(), high=np.array([0.4])), PRESSURE, np.ones(14))
    assert found.p[0] == pytest.approx(0.4)


def test_a_strong_restraint_draws_an_amplitude_to_zero() -> None:
    found = solve(dataclasses.replace(Misra(), tie=np.array([[1e6]])), PRESSURE, np.ones(14))
    assert abs(found.c[0]) < 1.0


def test_columns_that_say_the_same_share_their_amplitude() -> None:
    class Twice(Misra):
        def evaluate(self, p: np.ndarray) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
            one, slope = super().evaluate(p)
            return np.hstack([one, one]), lambda c: slope(c[:1] + c[1:])

    found = solve(Twice(tie=_nothing(2)), PRESSURE, np.ones(14), tolerance=1e-12)
    assert found.c == pytest.approx([B1 / 2, B1 / 2], rel=1e-3)
