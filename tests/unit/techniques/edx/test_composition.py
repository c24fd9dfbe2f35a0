"""Atomic per cent from mass fractions."""

from __future__ import annotations

import pytest

from halfcell.techniques.edx.bulk import Share
from halfcell.techniques.edx.composition import atomic_percent


def test_iron_platinum_of_equal_atoms_is_78_per_cent_platinum_by_mass() -> None:
    """M(Fe) = 55.845, M(Pt) = 195.084 g/mol."""
    whole = 55.845 + 195.084
    found = atomic_percent({"Fe": Share(value=55.845 / whole, std=0.0), "Pt": Share(value=195.084 / whole, std=0.0)})
    assert found["Fe"].value == pytest.approx(50.0, abs=0.01)


def test_both_parts_of_two_have_one_error() -> None:
    found = atomic_percent({"Fe": Share(value=0.22, std=0.01), "Pt": Share(value=0.78, std=0.01)})
    assert found["Fe"].std == pytest.approx(found["Pt"].std)


def test_no_mass_is_no_composition() -> None:
    assert atomic_percent({"Fe": Share(value=0.0, std=0.1)}) == {}
