"""Photons that other photons excite."""

from __future__ import annotations

from halfcell.techniques.edx.fluorescence import Excitation, by_continuum, by_lines

CHROMIUM = Excitation(element="Cr", line="Ka", beam=25.0, take_off=40.0)


def test_iron_excites_chromium_but_not_nickel() -> None:
    """Fe K-alpha (6.40 keV) is above the edge of Cr (5.99), below that of Ni (8.33 keV)."""
    nickel = Excitation(element="Ni", line="Ka", beam=25.0, take_off=40.0)
    assert by_lines(CHROMIUM, {"Cr": 0.2, "Fe": 0.8}) > 0.1
    assert by_lines(nickel, {"Ni": 0.2, "Fe": 0.8}) == 0.0


def test_fluorescence_goes_with_the_share_of_the_element_that_excites() -> None:
    assert by_lines(CHROMIUM, {"Cr": 0.5, "Fe": 0.5}) < by_lines(CHROMIUM, {"Cr": 0.1, "Fe": 0.9})


def test_a_beam_below_the_edge_of_the_other_element_excites_nothing() -> None:
    low = Excitation(element="Cr", line="Ka", beam=7.2, take_off=40.0)
    assert by_lines(low, {"Cr": 0.2, "Fe": 0.8}) == 0.0


def test_the_continuum_of_a_heavy_matrix_excites_more() -> None:
    light, heavy = (by_continuum(CHROMIUM, {"Cr": 0.05, other: 0.95}, 3e-4) for other in ("Al", "Cu"))
    assert 0.0 < light < heavy
