"""Sorption files of more makers: Gemini text, BELSORP xls; .SMP, IGA and vapour sorption refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Settings
from spoiled_files import survives_changed_bytes

if TYPE_CHECKING:
    from pathlib import Path

GEMINI = "more/sorption/GVM-BET-Gemini.VII.2390.v1.03.TXT"


def test_gemini_text(data: Path) -> None:
    run = read(data / GEMINI)
    assert run.source.reader == "micromeritics_text"
    assert len(run) == 29
    assert run.meta["sample_mass_gram"] == 0.121
    assert run["relative_pressure"][1] == 0.049878494
    assert run["loading_cm3_stp_per_gram"][1] == pytest.approx(1.61717 * 22.41397, rel=1e-6)
    assert run.meta["vendor"] == {
        "bet_area": 162.4547,
        "bet_c": 428.805315,
        "cross_section_nm2": 0.162,
        "bet_window": [0.004850987, 0.303686652],
    }


def test_gemini_gives_the_instruments_area_in_its_window(data: Path) -> None:
    result = sorption.analyse(read(data / GEMINI), Settings(bet_method="instrument"))
    assert result["bet_area"].value == pytest.approx(162.4547, rel=2e-4)
    assert result["bet_c"].value == pytest.approx(428.8, rel=2e-3)


def test_gemini_damaged(data: Path, tmp_path: Path) -> None:
    for seed in range(3):
        survives_changed_bytes(data / GEMINI, tmp_path, seed, 30)


@pytest.mark.parametrize("row", [5, 12, 27, 28])
@pytest.mark.parametrize("cut", ["between rows", "within a number", "before the loading"])
def test_gemini_cut_within_its_table_is_doubted(data: Path, tmp_path: Path, row: int, cut: str) -> None:
    lines = (data / GEMINI).read_bytes().decode("utf-16").split("\n")
    first = next(place for place, line in enumerate(lines) if "0.004850987" in line)
    end = {
        "between rows": "\n",
        "within a number": lines[first + row][:35],
        "before the loading": lines[first + row][:20],
    }
    path = tmp_path / "cut.TXT"
    path.write_bytes(("\n".join(lines[: first + row]) + end[cut]).encode("utf-16"))
    (note,) = [note for note in read(path).notes if note.code == "rows_dropped"]
    assert "ends within the table of the isotherm" in note.text


def test_a_whole_gemini_report_is_not_doubted(data: Path) -> None:
    assert not [note for note in read(data / GEMINI).notes if note.code == "rows_dropped"]


def test_belsorp_xls(data: Path) -> None:
    """Propane at 303 K: 21 points, the sample of 74 mg."""
    run = read(data / "more/sorption/bel_Sample_C.xls")
    assert (run.source.reader, len(run)) == ("sorption_report", 21)
    assert run.meta["adsorptive"] == "C3H8"
    assert run.meta["temperature_kelvin"] == 303.0
    assert run["loading_cm3_stp_per_gram"][-1] == pytest.approx(72.251)
    assert "bet_area" not in sorption.analyse(run, Settings()).quantities


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SN_45-MIL-160(Al)-2.SMP", "sample file of Micromeritics"),
        ("IGA_raw.txt", "IGA balance"),
        ("sms_dvs_13X_water_30c.xlsx", "dynamic vapour sorption"),
    ],
)
def test_refused_by_name(data: Path, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(data / "more/sorption" / name)


def test_mmol_per_gram_is_what_the_file_says(cases: Path) -> None:
    """22.97 mmol/g in the monolayer is 22.97e-3 x 6.02214e23 x 0.162e-18 = 2241 m2/g, as the file states its unit."""
    result = sorption.analyse(read(cases / "20-bet-cm3-not-stp/mmol.aif"), Settings())
    assert result["bet_area"].value == pytest.approx(22.97e-3 * 6.02214076e23 * 0.162e-18, rel=1e-3)


def test_alpha_s_of_a_zeolite_against_silica(data: Path) -> None:
    """NaY: the micropores of the t-plot and of alpha-s agree; on MCM-41, whose pores fill, there is no line."""
    folder = data / "materials/sorption"
    reference = sorption.alpha_reference(read(folder / "SiO2 N2 77K.json"), Settings())
    zeolite = sorption.analyse(read(folder / "NaY N2 77K.json"), Settings(alpha_reference=reference))
    by_t, by_alpha = zeolite["micropore_volume"], zeolite["alpha_micropore_volume"]
    assert by_alpha.value == pytest.approx(by_t.value, rel=0.2)
    assert zeolite["alpha_area"].value < zeolite["bet_area"].value
    filled = sorption.analyse(read(folder / "MCM-41 N2 77K.json"), Settings(alpha_reference=reference))
    assert "alpha_area" not in filled.quantities
    silica = sorption.analyse(read(folder / "SiO2 N2 77K.json"), Settings(surface="carbon"))
    assert (
        "stsa" not in silica.quantities
        or silica["stsa"].value < silica["bet_area"].value + 2.0 * silica["bet_area"].std
    )
