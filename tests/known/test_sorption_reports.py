"""Sorption files that were read wrongly before: units, vendors' own areas, BELSORP csv, t-plots that are none."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Settings

if TYPE_CHECKING:
    from pathlib import Path


def _analysed(path: Path) -> sorption.SorptionResult:
    return sorption.analyse(read(path), Settings())


@pytest.mark.parametrize("name", ["stp.aif", "stp_caret.aif", "columns_stp.csv"])
def test_stp_volumes_are_read(cases: Path, name: str) -> None:
    result = _analysed(cases / "20-bet-cm3-not-stp" / name)
    assert result["bet_area"].value == pytest.approx(100.0, abs=0.05)
    assert result["external_area"].value <= result["bet_area"].value


@pytest.mark.parametrize("name", ["cc.aif", "plain_cm3.aif", "columns_plain.csv"])
def test_volumes_that_are_not_stated_to_be_stp_are_refused(cases: Path, name: str) -> None:
    with pytest.raises(InputError, match="STP"):
        read(cases / "20-bet-cm3-not-stp" / name)


@pytest.mark.parametrize(
    ("name", "count", "kelvin"),
    [
        ("bel_DUT-32-N2_77K(BelMax).csv", 297, 77.0),
        ("bel_DUT-67-N2_77K.DAT", 86, 77.0),
        ("belsorp.csv", 82, 77.0),
        # the file's own count is 72 points of adsorption and none of desorption
        ("bel_ASch082B_Zndmbdcdabco_C2H4_Exp191004a_weight_correction_jis.csv", 72, 298.15),
        ("mic_Sample_E.xls", 66, 77.51),  # "-195.64" in the file is in degC
    ],
)
def test_points_and_temperature(data: Path, name: str, count: int, kelvin: float) -> None:
    run = read(data / "more/sorption" / name)
    assert len(run) == count
    assert run.meta["temperature_kelvin"] == pytest.approx(kelvin, abs=0.005)


def test_a_belsorp_csv_that_was_cut_is_refused(data: Path, tmp_path: Path) -> None:
    content = (data / "more/sorption/belsorp.csv").read_bytes()
    path = tmp_path / "cut.csv"
    path.write_bytes(content[: content.rindex(b"\r\n30,")])
    with pytest.raises(InputError, match="truncated"):
        read(path)


def test_the_instruments_own_area_is_kept_and_told(data: Path) -> None:
    """A report with decimal commas and one sheet per report; ours is refused, the instrument's is named."""
    run = read(data / "more/sorption/mic_Sample_N.xls")
    assert run.meta["vendor"]["bet_area"] == pytest.approx(1589.6174)
    told = [note for note in sorption.analyse(run, Settings()).notes if note.code == "vendor_bet"]
    assert [note.level for note in told] == ["doubt"]
    assert "1589.6174" in told[0].text


def test_the_instruments_external_area_is_compared(data: Path) -> None:
    """139.66 m2/g in the report, with another thickness curve."""
    result = _analysed(data / "materials/sorption/Sample_A.xls")
    assert [note.level for note in result.notes if note.code == "vendor_t_plot"] == ["doubt"]


@pytest.mark.parametrize(
    "name", ["MCM-41 N2 77K.json", "SiO2 N2 77K.json", "betsi/MIL-101.csv", "betsi/TPB-DMTP-COF.csv"]
)
def test_no_t_plot_on_a_step_or_below_zero(data: Path, name: str) -> None:
    result = _analysed(data / "materials/sorption" / name)
    assert "external_area" not in result.quantities
    assert "micropore_volume" not in result.quantities
    assert "no_t_plot" in {note.code for note in result.notes if note.level == "refused"}


def test_the_external_area_is_never_above_the_bet_area(data: Path) -> None:
    folder = data / "materials/sorption"
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.DAT"), *folder.glob("betsi/*.csv")]):
        found = _analysed(path).quantities
        if "external_area" in found and "bet_area" in found:
            assert found["external_area"].value <= found["bet_area"].value, path.name


@pytest.mark.parametrize("name", ["mic_Sample_C.xls", "mic_Sample_E.xls"])
def test_nothing_but_json_on_standard_output(data: Path, name: str) -> None:
    command = [sys.executable, "-m", "halfcell", "analyse", "--json", str(data / "more/sorption" / name)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert json.loads(done.stdout)["technique"] == "sorption"
