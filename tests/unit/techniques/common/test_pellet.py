"""A pellet: its area, its conductivity with the error of the geometry, and what must be said about it."""

from __future__ import annotations

import math

import pytest

from halfcell.techniques.common.pellet import Pellet, conduction, geometry_notes, given, resistivity


def test_the_conductivity_is_thickness_over_resistance_and_area() -> None:
    """0.05 cm over 100 ohm and 1 cm2: 5e-4 S/cm."""
    found = Pellet(thickness_um=500.0, area_cm2=1.0).conductivity(100.0, 1.0)
    assert found is not None
    assert (found.value, found.std) == (pytest.approx(5e-4), None)


def test_the_area_is_that_of_the_disc() -> None:
    assert Pellet(diameter_mm=10.0).area == pytest.approx(math.pi / 4)


def test_errors_of_thickness_area_and_resistance_add_in_quadrature() -> None:
    """1 % of the thickness, 2 % of the diameter (4 % of the area), 3 % of the resistance."""
    pellet = Pellet(thickness_um=500.0, diameter_mm=10.0, thickness_std_um=5.0, diameter_std_mm=0.2)
    found = pellet.conductivity(100.0, 3.0)
    assert found is not None
    assert found.std is not None
    assert found.std / found.value == pytest.approx(math.sqrt(0.01**2 + 0.04**2 + 0.03**2))


def test_without_a_thickness_there_is_no_conductivity() -> None:
    pellet = Pellet(diameter_mm=10.0)
    assert pellet.conductivity(100.0, 1.0) is None
    assert "refused" in [note.level for note in geometry_notes(pellet, "ion-blocking", None)]


def test_a_resistivity_has_the_relative_error_of_its_conductivity() -> None:
    pellet = Pellet(thickness_um=500.0, area_cm2=1.0, thickness_std_um=5.0, area_std_cm2=0.0)
    one = pellet.conductivity(100.0, 1.0)
    assert one is not None
    assert one.std is not None
    found = resistivity(one)
    assert found.value == pytest.approx(2000.0)
    assert (found.std or 0.0) / found.value == pytest.approx(one.std / one.value)


@pytest.mark.parametrize(
    ("electrodes", "what"),
    [
        (None, "not stated"),
        ("electron-blocking", "ionic"),
        ("ion-blocking", "electronic"),
        ("one reversible", "electronic"),
    ],
)
def test_a_direct_current_measures_what_the_electrodes_let_pass(electrodes: str | None, what: str) -> None:
    assert conduction(electrodes) == what  # type: ignore[arg-type]


def test_a_claim_against_the_electrodes_is_doubted() -> None:
    notes = geometry_notes(Pellet(thickness_um=500.0, area_cm2=1.0), "ion-blocking", "ionic")
    assert "claim_contradicts_electrodes" in [note.code for note in notes]


def test_what_was_not_stated_is_a_dash() -> None:
    assert (given(None), given(300.0)) == ("-", "300")
