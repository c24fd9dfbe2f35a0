"""The t-plot: slope and intercept of a straight line, and where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.branches import Branch
from halfcell.techniques.sorption.film_thickness import film_thickness
from halfcell.techniques.sorption.t_plot import t_plot

LIQUID = 0.0015468
FILM = film_thickness(
    Measurement(technique="sorption", columns={"relative_pressure": np.zeros(1)}), Settings(thickness="harkins-jura")
)
PRESSURE = np.linspace(0.02, 0.8, 60)


def _branch(area: float, micro: float) -> Branch:
    """A film on `area` m2/g beside filled micropores of `micro` cm3/g: V = A t + V_micro, 1 m2 nm = 1e-3 cm3."""
    return Branch(pressure=PRESSURE, loading=(1e-3 * area * FILM.at(PRESSURE) + micro) / LIQUID)


def test_the_slope_is_the_area_and_the_intercept_the_micropores() -> None:
    found = t_plot(_branch(50.0, 0.05), FILM, LIQUID, Settings())
    assert found.line is not None
    assert (found.line.area, found.line.volume) == (pytest.approx(50.0, rel=1e-3), pytest.approx(0.05, rel=1e-3))


def test_a_powder_without_micropores_has_no_intercept() -> None:
    found = t_plot(_branch(50.0, 0.0), FILM, LIQUID, Settings())
    assert found.line is not None
    assert found.line.volume == pytest.approx(0.0, abs=1e-4)


def test_an_external_area_above_the_bet_area_is_refused() -> None:
    found = t_plot(_branch(50.0, 0.0), FILM, LIQUID, Settings(), Quantity(30.0, "m2/g", 0.5))
    assert found.line is None
    assert "refused" in [note.level for note in found.findings.notes]


def test_too_few_points_in_the_range_are_no_plot() -> None:
    few = Branch(pressure=PRESSURE[:3], loading=_branch(50.0, 0.0).loading[:3])
    assert t_plot(few, FILM, LIQUID, Settings()).line is None
