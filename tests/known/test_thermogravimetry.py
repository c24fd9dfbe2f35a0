"""Thermogravimetry on real files: PVC whose residue is impossible, and NETZSCH and TA exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.techniques import thermogravimetry
from halfcell.techniques.thermogravimetry import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pvc(data: Path) -> thermogravimetry.ThermogravimetryResult:
    """A run of PVC, analysed."""
    return thermogravimetry.analyse(read(data / "materials/tga/PVC.txt"), Settings())


def test_pvc_steps(pvc: thermogravimetry.ThermogravimetryResult) -> None:
    assert len(pvc.rows) == 2
    assert pvc["step1.loss"].value == pytest.approx(68.8, abs=0.3)
    assert pvc["step2.loss"].value == pytest.approx(31.8, abs=0.3)
    assert 293.5 < pvc["step1.peak"].value < 299.5
    assert 274.5 < pvc["step1.onset"].value < 279.5
    assert pvc["step2.peak"].value == pytest.approx(438.0, abs=2.5)
    assert pvc["step1.loss"].value > 58.33  # hydrogen chloride alone


def test_pvc_residue_is_refused_and_the_char_comes_from_the_burn_off(
    pvc: thermogravimetry.ThermogravimetryResult,
) -> None:
    assert "residue" not in pvc.quantities
    refused = [note.text for note in pvc.notes if note.code == "unphysical_residue"]
    assert len(refused) == 1
    assert "-0.5" in refused[0]
    # 0.0476 mg are lost between 446 and 579 degC, read without a baseline; buoyancy hides some of the step
    assert pvc["char_yield"].value == pytest.approx(5.7, abs=3.0 * pvc["char_yield"].std)
    assert pvc["char_yield"].std < 0.5
    assert "no_blank" in {note.code for note in pvc.notes}
    assert pvc.gas == "Nitrogen"


@pytest.mark.parametrize(
    ("name", "residue"), [("netzsch_example_file.txt", 19.39), ("netzsch2_example_file.txt", 25.54)]
)
def test_netzsch_residue_is_the_last_mass(data: Path, name: str, residue: float) -> None:
    run = read(data / "materials/tga" / name)
    result = thermogravimetry.analyse(run, Settings(basis="initial"))
    last = 100.0 * run["mass_milligram"][-1] / run["mass_milligram"][:10].mean()
    assert result["residue"].value == pytest.approx(last, abs=0.15)
    assert result["residue"].value == pytest.approx(residue, abs=0.2)


def test_ta_heats_once_and_loses_water(data: Path) -> None:
    result = thermogravimetry.analyse(read(data / "materials/tga/TAInstruments_example_file.txt"), Settings())
    assert result["residue"].value == pytest.approx(82.4, abs=0.2)
    assert result["basis_mass"].value == pytest.approx(20.82, abs=0.01)


@pytest.mark.parametrize("name", ["kelvin.csv", "kelvin_g_comma.csv", "sta_latin1.txt"])
def test_kelvin_commas_grams_and_latin_1(cases: Path, name: str) -> None:
    """One run in three layouts: steps near 95 and 520 degC, never at "793 C"."""
    result = thermogravimetry.analyse(read(cases / "19-tga-kelvin-latin1" / name), Settings())
    assert len(result.rows) == 2
    assert result["step1.loss"].value == pytest.approx(2.0, abs=0.02)
    assert result["step2.loss"].value == pytest.approx(27.5, abs=0.05)
    assert result["step1.peak"].value == pytest.approx(95.0, abs=1.0)
    assert result["step2.peak"].value == pytest.approx(520.0, abs=1.0)
    assert result["residue"].value == pytest.approx(70.5, abs=0.05)


def test_a_blank_run_is_no_sample(data: Path) -> None:
    run = read(data / "more/tga/mettler_blank_test_MT.txt.gz")  # two curves: only the weight is read
    assert len(run) == 12661
    assert run["mass_milligram"][-1] == 0.170989
    with pytest.raises(InputError, match="blank run"):
        thermogravimetry.analyse(run, Settings())


def test_thousands_points_are_refused(data: Path) -> None:
    with pytest.raises(InputError, match="several points"):
        read(data / "more/tga/sample_tga_data.csv")


def test_netzsch_binary_with_its_blank(data: Path) -> None:
    """The oxygen that is connected does not flow; the blank takes 8.6 points off the residue of the initial mass."""
    pytest.importorskip("pyngb")
    run = read(data / "more/tga/Douglas_Fir_STA_10K_250730_R13.ngb-ss3")
    empty = read(data / "more/tga/Douglas_Fir_STA_Baseline_10K_250730_R13.ngb-bs3")
    assert run.meta["gases"] == [[1, "NITROGEN"]]
    with pytest.raises(InputError, match="blank run"):
        thermogravimetry.analyse(empty, Settings())
    raw = thermogravimetry.analyse(run, Settings(basis="initial", residue_at_degc=813.0))["residue"]
    assert raw.value == pytest.approx(25.29, abs=0.2)
    off = thermogravimetry.blank(empty, Settings())
    result = thermogravimetry.analyse(run, Settings(basis="initial", residue_at_degc=813.0, blank=off))
    assert result["residue"].value == pytest.approx(16.69, abs=0.2)
    assert result["residue"].std < 0.5


def test_the_residue_temperature_that_was_printed_is_accepted(data: Path) -> None:
    run = read(data / "materials/tga/netzsch_example_file.txt")
    end = thermogravimetry.analyse(run, Settings())
    printed = float(end["residue_temperature"].number)
    again = thermogravimetry.analyse(run, Settings(residue_at_degc=printed))
    assert again["residue"].value == pytest.approx(end["residue"].value, abs=0.05)
