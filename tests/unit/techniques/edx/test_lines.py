"""Lines of elements, their overlaps and artefacts, against tables of X-ray energies."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.maths.x_ray_lines import Detector
from halfcell.techniques.edx.lines import artefacts, division, line_families, overlaps


def test_families_have_their_strongest_line_where_it_is_tabulated() -> None:
    """Fe Ka 6.404, Sn La 3.444, C Ka 0.277 keV (X-ray Data Booklet, 2009)."""
    found = {family.name: family.energy for family in line_families(["Fe", "Sn", "C"], 15.0, 20.0)}
    for name, energy in (("Fe Ka", 6.404), ("Sn La", 3.444), ("C Ka", 0.277)):
        assert found[name] == pytest.approx(energy, abs=0.006)


def test_a_beam_below_an_edge_excites_no_line_of_it() -> None:
    """The K edge of iron is at 7.11 keV."""
    assert "Fe Ka" not in [family.name for family in line_families(["Fe"], 7.0, 7.0)]


@pytest.mark.parametrize("symbol", ["Li", "Xx"])
def test_an_element_without_a_line_is_an_error(symbol: str) -> None:
    with pytest.raises(InputError, match=symbol):
        line_families([symbol], 15.0, 20.0)


def test_cobalt_lies_on_iron() -> None:
    """Co Ka (6.930) and Fe Kb (7.058 keV) are 128 eV apart."""
    families = line_families(["Fe", "Co", "Si"], 15.0, 20.0)
    pairs = overlaps(families, families, Detector())
    assert any({"Co Ka", "Fe Kb"} == set(pair) for pair in pairs)
    assert not any("Si Ka" in pair for pair in pairs)


def test_a_strong_line_has_an_escape_peak_1_74_kev_below_it() -> None:
    families = line_families(["Fe"], 15.0, 20.0)
    made = artefacts(families, [1e6 if family.name == "Fe Ka" else 1e3 for family in families], Detector())
    assert any(abs(float(energy) - (6.404 - 1.740)) < 0.01 for one in made for energy in one.energies)


def test_soft_lines_are_divided_from_hard_ones_away_from_any_line() -> None:
    families = line_families(["Fe", "Cu", "O"], 15.0, 20.0)
    border = division(families)
    assert min(abs(border - float(e)) for family in families for e in family.family.energies) > 0.03
