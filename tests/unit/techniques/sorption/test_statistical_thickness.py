"""STSA of carbons, and the alpha-s plot against a reference isotherm."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.maths.monolayer import bet_loading
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.branches import Branch
from halfcell.techniques.sorption.statistical_thickness import alpha_plot, alpha_reference, stsa

LIQUID = 0.0015468
PRESSURE = np.linspace(0.02, 0.8, 60)
REFERENCE = tuple((float(p), float(n)) for p, n in zip(PRESSURE, bet_loading(PRESSURE, 2.0, 100.0), strict=True))


def test_the_stsa_is_the_slope_over_the_thickness_of_carbon_black() -> None:
    """t = 0.088 p^2 + 0.645 p + 0.298 nm (ISO 18852, ASTM D6556)."""
    thickness = 0.088 * PRESSURE**2 + 0.645 * PRESSURE + 0.298
    up = Branch(pressure=PRESSURE, loading=(1e-3 * 70.0 * thickness + 0.002) / LIQUID)
    found = stsa(up, LIQUID, Settings(surface="carbon")).quantities
    assert found["stsa"].value == pytest.approx(70.0, rel=2e-3)
    assert not stsa(up, LIQUID, Settings()).quantities


def test_a_powder_like_the_reference_with_three_times_its_area_has_three_times_its_area() -> None:
    """The reference covers 2 cm3 STP/g x 4.353 m2/cm3 STP = 8.7 m2/g."""
    up = Branch(pressure=PRESSURE, loading=3.0 * bet_loading(PRESSURE, 2.0, 100.0))
    found = alpha_plot(up, LIQUID, Settings(alpha_reference=REFERENCE))
    assert found is not None
    assert found.findings.quantities["alpha_area"].value == pytest.approx(3 * 8.7, rel=0.02)


def test_without_a_reference_there_is_no_plot() -> None:
    assert alpha_plot(Branch(pressure=PRESSURE, loading=PRESSURE), LIQUID, Settings()) is None


def test_a_reference_must_reach_from_a_tenth_to_two_fifths() -> None:
    columns = {"relative_pressure": np.linspace(0.2, 0.9, 20), "loading_cm3_stp_per_gram": np.linspace(1.0, 5.0, 20)}
    with pytest.raises(InputError, match=r"from p/p0 0\.1 to 0\.4"):
        alpha_reference(Measurement(technique="sorption", columns=columns), Settings())
