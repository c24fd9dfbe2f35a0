"""Growth of an oxide in a heating: the mass of the host from the part that is seen, whatever the law."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.oxide_growth import growths

KELVIN = np.arange(300.0, 1300.0, 1.0)
GAIN = 0.139  # Fe3O4 of what holds Fe: any gain per mass of the host


def _mass(bare: float, law: str) -> np.ndarray:
    """Mass of a host that oxidises with 150 kJ/mol at 5 K/min, the rate integrated by the trapezoid rule."""
    rate = np.exp(-150.0 / 8.314462618e-3 * (1 / KELVIN - 1 / 950.0)) / 60.0
    u = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))])
    reached = 1.0 - (np.exp(-u) if law == "first order" else np.maximum(1.0 - u, 0.0) ** 3)  # a sphere shrinks
    return np.asarray(bare * (1.0 + GAIN * reached))


@pytest.mark.parametrize("law", ["first order", "shrinking sphere"])
def test_the_mass_without_oxide_and_the_energy_come_back(law: str) -> None:
    mass = _mass(20.0, law) + np.random.default_rng(0).normal(0.0, 1e-3, len(KELVIN))
    best = growths(KELVIN, mass, 500, GAIN)[0]
    assert best.law == law
    assert best.bare == pytest.approx(20.0, rel=2e-3)
    assert best.energy == pytest.approx(150.0, rel=0.05)


def test_the_unit_of_the_mass_does_not_matter() -> None:
    mass = _mass(20.0, "first order")
    one, other = (growths(KELVIN, factor * mass, 500, GAIN)[0] for factor in (1.0, 1e-3))
    assert other.bare == pytest.approx(1e-3 * one.bare, rel=1e-4)
