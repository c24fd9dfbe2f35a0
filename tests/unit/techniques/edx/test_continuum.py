"""The continuum of a sample: Kramers' law, absorption edges, and the window of a detector."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.x_ray_lines import Detector
from halfcell.techniques.edx.continuum import continuum_shape, knots, matrix_of, windowed

ENERGY = np.arange(0.2, 19.0, 0.01)


def test_mass_fractions_are_scaled_to_one() -> None:
    found = matrix_of({"Fe": 0.5, "O": 0.3})
    assert found.share == pytest.approx([0.625, 0.375])
    assert found.number == pytest.approx([26.0, 8.0])


def test_without_absorption_it_is_kramers_law() -> None:
    """I ~ (E0 - E) / E (H. A. Kramers, Phil. Mag. 46 (1923) 836)."""
    found = continuum_shape(ENERGY, 20.0, 40.0, {}, Detector())
    at = [np.argmin(np.abs(ENERGY - e)) for e in (2.0, 10.0)]
    assert found[at[0]] / found[at[1]] == pytest.approx((18.0 / 2.0) / (10.0 / 10.0), rel=0.01)


def test_a_sample_of_iron_has_its_edge() -> None:
    """Above 7.11 keV iron absorbs its own continuum."""
    found = continuum_shape(ENERGY, 20.0, 40.0, {"Fe": 1.0}, Detector())
    before, behind = (found[np.argmin(np.abs(ENERGY - e))] for e in (6.9, 7.35))
    law = ((20.0 - 7.35) / 7.35) / ((20.0 - 6.9) / 6.9)
    assert behind / before < 0.97 * law


def test_a_window_of_polymer_absorbs_above_the_edge_of_carbon() -> None:
    plain = continuum_shape(ENERGY, 20.0, 40.0, {}, Detector())
    ratio = windowed(ENERGY, 20.0, Detector()) / plain
    assert ratio[np.argmin(np.abs(ENERGY - 0.4))] < 0.6
    assert ratio[np.argmin(np.abs(ENERGY - 5.0))] == pytest.approx(1.0, abs=0.01)


def test_knots_span_the_range_in_equal_ratios() -> None:
    found = np.array(knots(0.5, 15.0))
    assert (found[0], found[-1]) == pytest.approx((0.5, 15.0))
    assert np.ptp(found[1:] / found[:-1]) == pytest.approx(0.0, abs=1e-9)
