"""Electrode layers and leads are subtracted from the resistance of a cell."""

from __future__ import annotations

import pytest

from halfcell.core.errors import Refused
from halfcell.techniques.polarisation import Settings
from halfcell.techniques.polarisation.series_resistance import Resistance, without_series

TOTAL = Resistance(value=1000.0, std=3.0)


def test_what_is_not_set_is_not_subtracted() -> None:
    assert without_series(TOTAL, Settings(), "f") is TOTAL


def test_errors_of_both_add_in_quadrature() -> None:
    found = without_series(TOTAL, Settings(series_resistance_ohm=200.0, series_std_ohm=4.0), "f")
    assert (found.value, found.std) == (pytest.approx(800.0), pytest.approx(5.0))


def test_a_cell_that_is_no_more_than_what_is_in_series_is_refused() -> None:
    with pytest.raises(Refused, match="nothing is left"):
        without_series(TOTAL, Settings(series_resistance_ohm=995.0, series_std_ohm=4.0), "f")
