"""X-ray data: lines, edges and absorption coefficients against printed values."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.materials.x_rays import absorbed_energy, absorption_of, edges_within, mass_absorption, x_ray_element


@pytest.mark.parametrize(
    ("symbol", "line", "energy"),
    [
        ("O", "Ka", 0.525),
        ("Si", "Ka", 1.740),
        ("Fe", "Ka", 6.404),
        ("Fe", "Kb", 7.058),
        ("Sn", "La", 3.444),
        ("Pt", "Ma", 2.050),
    ],
)
def test_energies_are_those_of_the_x_ray_data_booklet(symbol: str, line: str, energy: float) -> None:
    """X-Ray Data Booklet (LBNL/PUB-490, 2009), table 1-2."""
    assert x_ray_element(symbol).lines[line][0] == pytest.approx(energy, abs=0.002)


@pytest.mark.parametrize(
    ("absorber", "energy", "attenuation"),
    [("Fe", 8.0, 305.6), ("Al", 8.0, 50.33), ("Si", 8.0, 64.68), ("O", 8.0, 11.63), ("Fe", 6.0, 84.84)],
)
def test_absorption_is_attenuation_without_scattering(absorber: str, energy: float, attenuation: float) -> None:
    """J. H. Hubbell, S. M. Seltzer, NISTIR 5632 (1995): attenuation, of which 1 to 10 % are scattering here."""
    assert 0.9 * attenuation < float(mass_absorption(absorber, energy)) < attenuation


def test_a_line_next_to_its_own_edge_is_below_it() -> None:
    for symbol in ("Mg", "Al", "Si", "P"):
        below, line = absorbed_energy(symbol, "Kb"), x_ray_element(symbol).lines["Kb"][0]
        assert below <= line
        assert float(mass_absorption(symbol, below)) < 0.3 * float(mass_absorption(symbol, 1.02 * line))


def test_mixtures_add_and_edges_are_found() -> None:
    half = absorption_of({"Si": 0.5, "O": 0.5}, 1.0)
    assert float(half) == pytest.approx(
        0.5 * float(mass_absorption("Si", 1.0)) + 0.5 * float(mass_absorption("O", 1.0))
    )
    assert [round(edge, 1) for edge in edges_within(("Si", "O"), 0.3, 3.0)] == [0.5, 1.8]


@pytest.mark.parametrize("symbol", ["Li", "H", "He"])
def test_elements_without_lines_are_named(symbol: str) -> None:
    with pytest.raises(InputError, match=f"{symbol} cannot be seen"):
        x_ray_element(symbol)


def test_a_misspelt_element_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="no element"):
        x_ray_element("Sj")
