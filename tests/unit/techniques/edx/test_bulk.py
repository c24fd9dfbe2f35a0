"""Matrix corrections: a standard of the sample's own composition, and oxygen by oxides."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.edx.bulk import Ratio, emitted, oxygen_per_mass, shares_of
from halfcell.techniques.edx.spectrum import Setup

SETUP = Setup(beam=20.0, take_off=40.0, is_bulk=True)


def test_oxides_carry_the_oxygen_of_their_formula() -> None:
    """Al2O3: 3 x 15.999 / (2 x 26.982); SiO2: 2 x 15.999 / 28.085."""
    found = oxygen_per_mass(["Al2O3", "SiO2"])
    assert (found["Al"], found["Si"]) == (pytest.approx(0.8894, abs=1e-3), pytest.approx(1.1393, abs=1e-3))


@pytest.mark.parametrize("oxide", ["Al", "MgAl2O4", "O2"])
def test_what_is_no_oxide_of_one_element_is_an_error(oxide: str) -> None:
    with pytest.raises(InputError, match="no oxide of one element"):
        oxygen_per_mass([oxide])


def test_a_sample_like_its_standard_has_the_composition_of_the_standard() -> None:
    steel = {"Fe": 0.74, "Cr": 0.18, "Ni": 0.08}
    ratios = [Ratio(element=e, shell="K", line="Ka", value=1.0, std=0.01, standard=steel) for e in steel]  # noqa: S604
    found = shares_of(ratios, SETUP, (), {})
    assert {e: share.value for e, share in found.items()} == pytest.approx(steel, rel=1e-4)


def test_less_of_a_soft_line_leaves_a_heavy_matrix_than_its_own() -> None:
    """Absorption of Si K in lead is several times that in silicon."""
    assert (
        emitted("Si", "K", "Ka", {"Si": 1.0}, SETUP)[1] > emitted("Si", "K", "Ka", {"Si": 0.05, "Pb": 0.95}, SETUP)[1]
    )


def test_iron_excites_chromium_by_fluorescence() -> None:
    """Fe K-alpha (6.40 keV) is just above the Cr K edge (5.99 keV): more Cr K than absorption alone leaves."""
    mixed = {"Cr": 0.1, "Fe": 0.9}
    total, left = emitted("Cr", "K", "Ka", mixed, SETUP)
    pure, left_pure = emitted("Cr", "K", "Ka", {"Cr": 1.0}, SETUP)
    assert total / left > 1.1 * pure / left_pure
