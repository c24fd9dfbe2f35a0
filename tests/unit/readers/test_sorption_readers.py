"""Readers of sorption: every maker's file, STP or an error, truncated and corrupted files, round trip."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.readers.common.isotherm import loading_factor
from halfcell.readers.sorption import belsorp_dat
from halfcell.techniques import sorption
from halfcell.techniques.sorption import Parameters, Settings, simulate
from spoiled_files import survives_changed_bytes

FOLDER = "materials/sorption"
FILES = {
    "Sample_A.xls": ("sorption_report", 84, 0.1013),
    "Sample_J.xls": ("sorption_report", 113, 0.1025),
    "CBV712_N2_77K.xlsx": ("sorption_report", 50, 0.0304),
    "200819-2_jis.DAT": ("belsorp_dat", 62, 0.1874),
    "DUT-49_N2_77K.DAT": ("belsorp_dat", 134, 0.017),
    "DUT-6_LP_N2 (Raw Analysis Data).txt": ("sorption_report", 106, 0.0339),
    "RE-22 (Raw Analysis Data).txt": ("sorption_report", 49, 0.032),
    "ar_test_77k.aif": ("sorption_aif", 150, 0.1432),
    "SiO2 N2 77K.json": ("sorption_json", 42, None),
    "betsi/UiO-66.csv": ("sorption_columns", 152, None),
}


@pytest.mark.parametrize("name", FILES)
def test_every_makers_file(data: Path, name: str) -> None:
    reader, count, mass = FILES[name]
    isotherm = read(data / FOLDER / name)
    assert isotherm.source.reader == reader
    assert len(isotherm) == count
    assert isotherm.meta.get("sample_mass_gram") == mass


def test_whole_sample_loadings_are_divided_by_the_mass(data: Path) -> None:
    """Quantachrome writes cc of the whole sample: 0.894 cc of 0.032 g."""
    isotherm = read(data / FOLDER / "RE-22 (Raw Analysis Data).txt")
    assert isotherm["loading_cm3_stp_per_gram"][0] == pytest.approx(0.894 / 0.032)


def test_the_reports_own_values_are_kept(data: Path) -> None:
    vendor = read(data / FOLDER / "Sample_A.xls").meta["vendor"]
    assert vendor["bet_area"] == 194.7493
    assert vendor["bet_c"] == 107.292458
    assert vendor["bjh_volume_desorption"] == 0.699796
    assert vendor["bet_window"] == pytest.approx([0.052317284, 0.300413296])
    assert len(vendor["thickness_curve"]) == 66
    assert vendor["kelvin_factor_nm"] == pytest.approx(0.953)
    assert read(data / FOLDER / "CBV712_N2_77K.xlsx").meta["vendor"]["bet_area"] == 803.81799


def test_millimoles_become_cm3_stp(data: Path) -> None:
    path = data / FOLDER / "SiO2 N2 77K.json"
    first = json.loads(path.read_text("utf-8"))["isotherm_data"][0]["loading"]
    assert read(path)["loading_cm3_stp_per_gram"][0] == pytest.approx(first * 22.41397, rel=1e-6)


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("cm3/g STP", 1.0), ("cm3(STP)/g", 1.0), ("ml(STP) g-1", 1.0), ("mmol/g", 22.41396954), ("mol/kg", 22.41396954)],
)
def test_units_of_loading(unit: str, factor: float) -> None:
    assert loading_factor(unit) == pytest.approx(factor)


@pytest.mark.parametrize("unit", ["cm3/g", "mL/g", "cc/g", "cm3 at temperature/g"])
def test_a_volume_that_is_not_stp_is_refused(tmp_path: Path, unit: str) -> None:
    rows = "\n".join(f"{0.01 * k:.2f},{50 + k}" for k in range(1, 40))
    path = tmp_path / "isotherm.csv"
    path.write_text(f"Relative Pressure (P/Po),Quantity Adsorbed ({unit})\n{rows}\n", "utf-8")
    with pytest.raises(InputError, match="STP"):
        read(path)


@pytest.mark.parametrize(
    ("line", "gas", "kelvin"),
    [
        ("Kr", "Kr", None),
        ("krypton", "Kr", None),  # nitrogen's cross-section was taken: a fifth too little
        ("Argon @ 87 K", "Ar", 87.0),
        ("Analysis gas: Krypton at 77.3 K", "Kr", 77.3),
        ("Gas,CO2,273.15 K", "CO2", 273.15),
        ("gas = carbon dioxide", "CO2", None),
        ("adsorbate: argon", "Ar", None),
        ("Sample milled in Ar", "N2", None),
        ("degassed: N2 flow; Ar-milled", "N2", None),
        ("silicon 12 K-doped", "N2", None),
    ],
)
def test_the_gas_that_a_line_names(tmp_path: Path, line: str, gas: str, kelvin: float | None) -> None:
    rows = "\n".join(f"{0.01 * k:.2f},{50 + k}" for k in range(1, 40))
    path = tmp_path / "isotherm.csv"
    path.write_text(f"{line}\nRelative Pressure (P/Po),Quantity Adsorbed (cm3/g STP)\n{rows}\n", "utf-8")
    found = read(path)
    assert found.meta["adsorptive"] == gas
    assert found.meta.get("temperature_kelvin") == kelvin
    assert ("nitrogen_assumed" in {note.code for note in found.notes}) == (gas == "N2")


def test_gas_at_temperature_is_refused_in_json(data: Path, tmp_path: Path) -> None:
    held = json.loads((data / FOLDER / "SiO2 N2 77K.json").read_text("utf-8"))
    held |= {"loading_basis": "volume_gas", "loading_unit": "cm3"}
    path = tmp_path / "gas.json"
    path.write_text(json.dumps(held), "utf-8")
    with pytest.raises(InputError, match="STP"):
        read(path)


def test_a_written_isotherm_is_read_back(tmp_path: Path) -> None:
    made = simulate(Parameters(), np.random.default_rng(0))
    path = tmp_path / "made.DAT"
    path.write_bytes(belsorp_dat.write(made))
    back = read(path)
    assert back.is_simulated
    assert b"simulated by halfcell" in path.read_bytes()
    for name in ("relative_pressure", "loading_cm3_stp_per_gram", "branch"):
        np.testing.assert_allclose(back[name], made[name], rtol=1e-5)
    one, two = (sorption.analyse(m, Settings())["bet_area"].value for m in (made, back))
    assert one == pytest.approx(two, rel=1e-4)


@pytest.mark.parametrize("title", ["Adsorption data", "Desorption data"])
@pytest.mark.parametrize("rows", [0, 1, 5])
def test_belsorp_cut_between_two_rows(data: Path, tmp_path: Path, title: str, rows: int) -> None:
    """Cut at a row's end the file has no damaged row: it is the end row that is missing."""
    lines = (data / FOLDER / "DUT-49_N2_77K.DAT").read_bytes().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if title.encode() in line) + 3
    path = tmp_path / "cut.DAT"
    path.write_bytes(b"".join(lines[: start + rows]))
    with pytest.raises(InputError, match="truncated"):
        read(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(3))
def test_a_spoilt_file_is_read_or_refused(data: Path, tmp_path: Path, name: str, seed: int) -> None:
    survives_changed_bytes(data / FOLDER / name, tmp_path, seed, 25)
