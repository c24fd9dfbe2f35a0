"""Series of the current after a potential step, against the tables of heat conduction, whose equations are the same."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.maths.potential_steps import Geometry, last_exponential, ratio_of_root, series, transient_current


@pytest.mark.parametrize(
    ("geometry", "biot", "root"),
    [
        ("plane", 0.1, 0.3111),
        ("plane", 1.0, 0.8603),
        ("plane", 10.0, 1.4289),
        ("plane", 100.0, 1.5552),
        ("sphere", 0.1, 0.5423),
        ("sphere", 1.0, 1.5708),
        ("sphere", 10.0, 2.8363),
        ("sphere", 100.0, 3.1102),
    ],
)
def test_first_roots_are_those_of_the_tables(geometry: Geometry, biot: float, root: float) -> None:
    """F. P. Incropera et al., Fundamentals of Heat and Mass Transfer (2007), table 5.1."""
    assert float(series(biot, geometry).roots[0]) == pytest.approx(root, abs=1e-4)
    assert float(ratio_of_root(np.array(root), geometry)) == pytest.approx(biot, rel=5e-3)


@pytest.mark.parametrize(("geometry", "share"), [("plane", 8 / math.pi**2), ("sphere", 6 / math.pi**2)])
def test_without_a_resistance_the_slowest_exponential_has_its_share(geometry: Geometry, share: float) -> None:
    """J. Crank, The Mathematics of Diffusion (1975), equations 4.18 and 6.20."""
    end = 0.5 * math.pi if geometry == "plane" else math.pi
    assert last_exponential(end * (1 - 1e-7), geometry) == pytest.approx(share, rel=1e-5)
    assert last_exponential(1e-3, geometry) == pytest.approx(1.0, abs=1e-5)  # the surface governs: one exponential


@pytest.mark.parametrize("geometry", ["plane", "sphere"])
@pytest.mark.parametrize("ratio", [0.3, 3.0, 30.0])
def test_all_charge_flows_in_the_end(geometry: Geometry, ratio: float) -> None:
    made = series(ratio, geometry)
    assert made.missing(0.0) == pytest.approx(1.0, rel=2e-3)
    x = np.geomspace(1e-6, 40.0 / min(ratio, 1.0), 40_000)
    current = transient_current(x, ratio, geometry)
    assert float(np.trapezoid(current, x)) == pytest.approx(1.0 - made.missing(40.0 / min(ratio, 1.0)), rel=5e-3)


def test_the_beginning_is_that_of_cottrell() -> None:
    """I = Q (D / pi t)^(1/2) / L into a plane: 1/(pi x)^(1/2) in units of Q D / L2 (Bard, Faulkner 2001)."""
    x = np.array([1e-4, 1e-3, 1e-2])
    assert transient_current(x, 1e6, "plane") == pytest.approx(1.0 / np.sqrt(math.pi * x), rel=3e-3)
    assert transient_current(x[:2], 1e6, "sphere") == pytest.approx(3.0 / np.sqrt(math.pi * x[:2]) - 3.0, rel=5e-3)


@pytest.mark.parametrize("geometry", ["plane", "sphere"])
def test_the_slowest_exponential_is_what_is_left(geometry: Geometry) -> None:
    made = series(5.0, geometry)
    assert made.others(np.array([2.0])) == pytest.approx(1.0, abs=1e-6)
    assert float(made.others(np.array([0.01]))[0]) > 1.5
    rate = np.diff(np.log(made.current(np.array([1.0, 1.5]))))[0] / 0.5
    assert -rate == pytest.approx(float(made.roots[0]) ** 2, rel=1e-4)
