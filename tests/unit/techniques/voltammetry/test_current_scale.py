"""What currents are per."""

from __future__ import annotations

import pytest

from halfcell.techniques.voltammetry.current_scale import scale_of


@pytest.mark.parametrize(
    ("mass", "factor", "unit", "level"),
    [(None, 1e3, "mA", "info"), (2.0, 5e5, "mA/g", "info"), (0.0, 1e3, "mA", "refused"), (-1.0, 1e3, "mA", "refused")],
)
def test_currents_are_per_gram_where_the_mass_is_known(
    mass: float | None, factor: float, unit: str, level: str
) -> None:
    found = scale_of(mass)
    assert (found.factor, found.unit, found.notes[0].level) == (pytest.approx(factor), unit, level)
    assert found.per_gram is (unit == "mA/g")
