"""The amorphous share by a weighed standard."""

from __future__ import annotations

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.diffraction.internal_standard import amorphous_share


def _shares(**percent: float) -> dict[str, Quantity]:
    return {f"{name}.fraction": Quantity(value, "wt%", 0.5) for name, value in percent.items()}


def test_a_standard_that_is_found_as_weighed_leaves_no_amorphous_share() -> None:
    found, _ = amorphous_share(_shares(Al2O3=20.0, Si=80.0), {"Al2O3": 20.0})
    assert found["amorphous_share"].value == pytest.approx(0.0, abs=1e-9)
    assert found["Si.sample_fraction"].value == pytest.approx(100.0)


def test_half_of_the_sample_amorphous_makes_the_standard_look_more() -> None:
    """20 g of standard, 40 g of crystals, 40 g of glass: the standard is a third of the crystalline part."""
    found, _ = amorphous_share(_shares(Al2O3=100 / 3, Si=200 / 3), {"Al2O3": 20.0})
    assert found["amorphous_share"].value == pytest.approx(50.0)
    assert found["Si.sample_fraction"].value == pytest.approx(50.0)


def test_an_error_of_the_share_of_the_standard_is_carried_on() -> None:
    found, _ = amorphous_share(_shares(Al2O3=100 / 3, Si=200 / 3), {"Al2O3": 20.0})
    relative = ((0.5 / (100 / 3)) ** 2 + 0.0111**2) ** 0.5
    assert found["amorphous_share"].std == pytest.approx(100 * 0.2 / (1 / 3) / 0.8 * relative)


@pytest.mark.parametrize("spike", [{"NaCl": 20.0}, {"Al2O3": 20.0, "Si": 10.0}])
def test_a_standard_without_a_share_or_two_standards_are_refused(spike: dict[str, float]) -> None:
    found, notes = amorphous_share(_shares(Al2O3=20.0, Si=80.0), spike)
    assert not found
    assert [note.code for note in notes] == ["no_spike"]


def test_without_a_standard_nothing_is_said() -> None:
    assert amorphous_share(_shares(Si=100.0), {}) == ({}, ())
