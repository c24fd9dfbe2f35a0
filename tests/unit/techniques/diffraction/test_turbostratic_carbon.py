"""Layers of carbon: the degree of graphitisation, and means over backgrounds."""

from __future__ import annotations

import pytest

from halfcell.techniques.diffraction.turbostratic_carbon import averaged, graphitisation, stack
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


@pytest.mark.parametrize(("spacing", "percent"), [(3.3541, 99.9), (3.397, 50.0), (3.4399, 0.1)])
def test_graphitisation_is_that_of_maire_and_mering(spacing: float, percent: float) -> None:
    """g = (3.440 - d) / 0.086 (Maire, Mering, Chem. Phys. Carbon 6 (1970) 125)."""
    found = graphitisation("graphite", spacing, 0.001)["graphite.graphitisation"]
    assert found.value == pytest.approx(percent, abs=0.05)
    assert found.std == pytest.approx(100 * 0.001 / 0.086)


@pytest.mark.parametrize("spacing", [3.35, 3.6])
def test_spacings_outside_graphite_and_turbostratic_carbon_have_none(spacing: float) -> None:
    assert graphitisation("graphite", spacing, 0.001) == {}


def test_the_stack_has_002_and_004_of_its_spacing() -> None:
    lines = stack().lines
    assert (lines.parts[0] ** -0.5) == pytest.approx([0.355, 0.1775])


def test_the_mean_of_equal_fits_has_their_error(whole: WholePatternFit) -> None:
    value, std = averaged([whole.fit, whole.fit])["Si.ln_size"]
    assert (value, std) == pytest.approx((whole.fit.value("Si.ln_size"), whole.fit.std("Si.ln_size")))
