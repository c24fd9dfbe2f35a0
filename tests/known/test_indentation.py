"""Indentation on real files: fused quartz, steel, tests with pop-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.readers import read, read_all
from halfcell.techniques import indentation
from halfcell.techniques.indentation import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def quartz(data: Path) -> indentation.IndentationResult:
    """A batch of indents in fused quartz, joined (an export of an MTS Nano Indenter)."""
    tests = read_all(data / "materials/indentation/FQ.xls")
    return indentation.analyse(indentation.join(tests), Settings())


def test_fused_quartz_elastic_share(quartz: indentation.IndentationResult) -> None:
    assert quartz["elastic_ratio"].value == pytest.approx(0.633, abs=0.005)
    assert quartz["elastic_ratio"].std < 0.002
    assert quartz["test_count"].value == 10


def test_fused_quartz_hardness_and_modulus(quartz: indentation.IndentationResult) -> None:
    assert quartz["hardness"].value == pytest.approx(9.34, abs=0.1)
    assert quartz["modulus"].value == pytest.approx(72.9, abs=1.0)


def test_instruments_own_values_are_kept_and_agree(data: Path) -> None:
    """The instrument knows its tip's rounding; the ideal tip taken here overrates H where the contact is shallow."""
    tests = read_all(data / "materials/indentation/FQ.xls")
    assert tests[0].meta["vendor"]["Avg E [GPa]"] == 72.8
    for test in tests:
        result = indentation.analyse(test, Settings())
        assert result["modulus"].value == pytest.approx(test.meta["vendor"]["Avg E [GPa]"], rel=0.01)
        assert result["hardness"].value == pytest.approx(test.meta["vendor"]["Avg H [GPa]"], rel=0.03)


def test_steel(data: Path) -> None:
    result = indentation.analyse(read(data / "materials/indentation/RobinSteel0000LC.txt"), Settings())
    # measured on the same file by an independent integration, in 1e-10 J
    assert result["total_energy"].value * 10 == pytest.approx(1.9123, rel=2e-3)
    assert result["elastic_energy"].value * 10 == pytest.approx(0.2634, rel=8e-3)
    assert result["plastic_energy"].value * 10 == pytest.approx(1.6489, rel=2e-3)
    assert result["hardness"].value == pytest.approx(5.52, rel=0.02)
    assert "drift_unknown" in {note.code for note in result.notes}


def test_records_without_unloading_are_crush_tests(data: Path) -> None:
    tests = read_all(data / "materials/indentation/Popin.xls")
    result = indentation.analyse(indentation.join(tests), Settings())
    assert result.mode == "crush"
    assert "plastic_energy" not in result.quantities


def test_every_real_pop_in_is_found(data: Path) -> None:
    """A first pop-in of 7 to 34 nm below 1 mN in each of the twelve tests."""
    result = indentation.analyse(indentation.join(read_all(data / "materials/indentation/Popin.xls")), Settings())
    assert all(row["popins"] in {1, 2} for row in result.rows)
    assert all(5.0 < row["popin_length"] < 40.0 and row["popin_load"] < 1.0 for row in result.rows)


def test_stiffer_than_the_frame_gives_no_modulus(data: Path) -> None:
    """Another program prints E = -1792 GPa for this file."""
    result = indentation.analyse(read(data / "materials/indentation/Exp-50mN_0000.hld"), Settings())
    assert {"modulus", "hardness"}.isdisjoint(result.quantities)
    assert "unphysical_modulus" in {note.code for note in result.notes if note.level == "refused"}
    assert result["peak_load"].value == pytest.approx(50.0, rel=0.01)


def test_truncated_unloadings_are_flagged(data: Path) -> None:
    result = indentation.analyse(indentation.join(read_all(data / "materials/indentation/FS1.txt")), Settings())
    assert "truncated_unloading" in {note.code for note in result.notes if note.level == "doubt"}
    assert result["test_count"].value == 10
    assert all(row["unloadings"] == 8 for row in result.rows)
    assert result["modulus"].value > 0
