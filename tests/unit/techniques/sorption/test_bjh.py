"""Pores by BJH: the settings that are used, and modes that are no pores."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.bjh import bjh_settings, cavitation, with_other_film
from halfcell.techniques.sorption.film_thickness import film_thickness


def _isotherm(**meta: object) -> Measurement:
    return Measurement(technique="sorption", columns={"relative_pressure": np.zeros(1)}, meta=meta)


FILM = film_thickness(_isotherm(), Settings(thickness="halsey"))


def test_what_is_set_comes_before_the_report_and_that_before_the_usual() -> None:
    own = _isotherm(vendor={"pore_limits_nm": [2.0, 100.0], "kelvin_factor_nm": 0.94})
    assert bjh_settings(_isotherm(), Settings(), FILM).limits_nm == (1.7, 300.0)
    assert bjh_settings(own, Settings(), FILM).limits_nm == (2.0, 100.0)
    assert bjh_settings(own, Settings(pore_limits_nm=(3.0, 50.0)), FILM).limits_nm == (3.0, 50.0)
    assert bjh_settings(own, Settings(), FILM).kelvin_nm == 0.94


def test_the_usual_kelvin_factor_is_that_of_nitrogen() -> None:
    """2 gamma V / (R T) = 2 x 8.88e-3 x 34.7e-6 / (8.314 x 77.35) = 0.958 nm."""
    assert bjh_settings(_isotherm(), Settings(), FILM).kelvin_nm == pytest.approx(0.956, abs=0.005)


def test_the_other_film_of_halsey_is_that_of_harkins_and_jura() -> None:
    other = with_other_film(bjh_settings(_isotherm(), Settings(), FILM))
    assert other.film.name.startswith("Harkins")
    assert with_other_film(other).film.name.startswith("Halsey")


@pytest.mark.parametrize(("mode", "doubted"), [(3.8, True), (6.0, False), (2.5, False)])
def test_a_desorption_that_peaks_where_nitrogen_cavitates_is_doubted(mode: float, doubted: bool) -> None:
    """p/p0 0.42 to 0.50 at 77 K are 3.4 to 4.2 nm (J. C. Groen et al., Microporous Mesoporous Mater. 60 (2003) 1)."""
    diameter = np.array([2.0, mode, 20.0])
    found = SimpleNamespace(volume=np.ones(3), diameter=diameter, per_log_diameter=np.array([0.1, 1.0, 0.1]))
    assert bool(cavitation(found).notes) is doubted  # type: ignore[arg-type]


def test_no_desorption_does_not_cavitate() -> None:
    assert not cavitation(None).notes


def test_settings_are_told_in_a_note() -> None:
    made = dataclasses.replace(bjh_settings(_isotherm(), Settings(), FILM), limits_nm=(2.0, 50.0))
    assert "Halsey" in made.note.text
