"""Thickness curves of adsorbed films."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.film_thickness import film_thickness


def _isotherm(**meta: object) -> Measurement:
    return Measurement(technique="sorption", columns={"relative_pressure": np.zeros(1)}, meta=meta)


@pytest.mark.parametrize(("curve", "nm"), [("halsey", 0.354 * (-5.0 / np.log(0.5)) ** (1 / 3)),
                                           ("harkins-jura", (0.1399 / (0.034 - np.log10(0.5))) ** 0.5)])  # fmt: skip
def test_curves_are_those_of_their_authors(curve: str, nm: float) -> None:
    """G. Halsey, J. Chem. Phys. 16 (1948) 931; W. D. Harkins, G. Jura, J. Am. Chem. Soc. 66 (1944) 1366."""
    found = film_thickness(_isotherm(), Settings(thickness=curve))  # type: ignore[arg-type]
    assert found.at(np.array([0.5]))[0] == pytest.approx(nm, rel=1e-3)


def test_the_curve_of_the_report_is_taken_where_it_is_asked_for_and_there() -> None:
    vendor = {"thickness_curve": [[0.1, 0.35], [0.5, 0.60], [0.9, 1.2]]}
    found = film_thickness(_isotherm(vendor=vendor), Settings(thickness="instrument"))
    assert found.at(np.array([0.5]))[0] == pytest.approx(0.60)
    assert film_thickness(_isotherm(), Settings(thickness="instrument")).name.startswith("Harkins")
