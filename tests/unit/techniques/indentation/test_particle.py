"""Particles that are pressed: the strength of one that breaks, and depths that are too great for one."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.indentation import Settings
from halfcell.techniques.indentation.particle import crush_strength, diameter, embedded, weibull_statistics
from halfcell.techniques.indentation.raw_tests import RawTest

NOTHING = np.zeros(0)


def _test(**meta: float) -> RawTest:
    return RawTest(number=1, time=NOTHING, depth=NOTHING, load=NOTHING, meta=meta)


def test_the_strength_is_that_of_hiramatsu_and_oka() -> None:
    """2.8 P / (pi d^2): 10 mN on 10 um give 89.1 MPa (Int. J. Rock Mech. Min. Sci. 3 (1966) 89)."""
    found = crush_strength(0.01, _test(), Settings(particle_diameter_um=10.0)).quantities["crush_strength"]
    assert found.value == pytest.approx(89.13, abs=0.01)


def test_one_per_cent_of_the_diameter_is_two_of_the_strength() -> None:
    settings = Settings(particle_diameter_um=10.0, diameter_doubt_um=0.1)
    found = crush_strength(0.01, _test(), settings).quantities["crush_strength"]
    assert (found.std or 0.0) / found.value == pytest.approx(0.02)


def test_without_a_diameter_there_is_no_strength() -> None:
    assert not crush_strength(0.01, _test(), Settings()).quantities


def test_a_set_diameter_comes_before_that_of_the_file() -> None:
    assert diameter(_test(particle_diameter_um=8.0), Settings()) == 8.0
    assert diameter(_test(particle_diameter_um=8.0), Settings(particle_diameter_um=9.0)) == 9.0


@pytest.mark.parametrize(("depth", "doubted"), [(0.9e-6, False), (1.1e-6, True)])
def test_an_indent_deeper_than_a_tenth_of_its_particle_is_doubted(depth: float, doubted: bool) -> None:
    assert bool(embedded(depth, _test(), Settings(particle_diameter_um=10.0))) is doubted


def test_four_particles_have_no_weibull_statistics() -> None:
    assert not weibull_statistics([100.0, 120.0, 90.0, 110.0]).quantities
    assert set(weibull_statistics([100.0, 120.0, 90.0, 110.0, 95.0]).quantities) == {
        "weibull_modulus",
        "characteristic_strength",
    }
