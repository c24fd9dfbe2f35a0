"""Elements of a sample by the names of its components."""

from __future__ import annotations

import pytest

from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction.possible_elements import elements_of, foreign_phases, with_elements


@pytest.mark.parametrize(
    ("name", "elements"),
    [
        ("Si", {"Si"}),
        ("FeSi2", {"Fe", "Si"}),
        ("a-Sn", {"Sn"}),
        ("nano Si", {"Si"}),
        ("carbon black", {"C"}),
        ("beta-FeSi2", {"Fe", "Si"}),
        ("Li6PS5Cl", {"Li", "P", "S", "Cl"}),
        ("binder", set()),
        ("secret sauce", None),
    ],
)
def test_a_component_is_a_formula_a_phase_or_a_common_name(name: str, elements: set[str] | None) -> None:
    assert elements_of(name) == elements


def test_a_composition_narrows_the_search_to_its_elements_and_oxides() -> None:
    found, notes = with_elements(Settings(composition_wt_percent={"Si": 80.0, "graphite": 20.0}))
    assert set(found.elements) == {"Si", "C", "O"}
    assert [note.code for note in notes] == ["elements_from_composition"]


def test_a_cycled_electrode_may_hold_lithium() -> None:
    found, _ = with_elements(Settings(composition_wt_percent={"Si": 100.0}), cycled=True)
    assert "Li" in found.elements


def test_elements_that_are_set_stay() -> None:
    settings = Settings(elements=("Sn",), composition_wt_percent={"Si": 100.0})
    assert with_elements(settings) == (settings, ())


def test_a_phase_with_another_element_is_foreign() -> None:
    assert foreign_phases(["Si", "beta-FeSi2"], ("Si", "O")) == ("beta-FeSi2",)
