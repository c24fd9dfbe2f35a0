"""Readers of thermogravimetry: four makers' texts, truncated and corrupted files, the optional binary."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import MissingExtra
from halfcell.core.optional_dependencies import require
from halfcell.readers import read, read_all
from halfcell.readers.thermal import perkinelmer_tga
from halfcell.techniques.thermogravimetry import Parameters, simulate
from spoiled_files import survives_changed_bytes

FOLDER = "materials/tga"
FILES = {
    "PVC.txt": "perkinelmer_tga",
    "TAInstruments_example_file.txt": "ta_tga",
    "netzsch_example_file.txt": "netzsch_text",
    "netzsch2_example_file.txt": "netzsch_text",
}


def test_a_run_of_perkinelmer_gives_what_its_text_says(data: Path) -> None:
    run = read(data / FOLDER / "PVC.txt")
    assert len(run) == 12577
    assert run.meta["sample_mass_mg"] == 0.845
    assert run.meta["gases"] == [[1, "Nitrogen"], [8, "Oxygen"], [9, "Nitrogen"]]
    assert run["mass_milligram"][0] == 0.84394
    assert run["stage_count"].max() == 9
    assert run.meta["blank_subtracted"] is False


def test_ta_in_utf16(data: Path) -> None:
    run = read(data / FOLDER / "TAInstruments_example_file.txt")
    assert len(run) == 15577
    assert run.meta["sample_mass_mg"] == 20.821
    assert run["test_time_second"][0] == pytest.approx(0.04, abs=1e-3)
    assert run["temperature_degc"][0] == 22.70189
    assert run["mass_milligram"][-1] == 19.18695


def test_netzsch_in_percent_of_the_sample(data: Path) -> None:
    run = read(data / FOLDER / "netzsch2_example_file.txt")
    assert run.meta["sample_mass_mg"] == 13.10
    assert run["mass_milligram"][0] == pytest.approx(13.10 * 0.9999434, abs=1e-9)
    assert run["temperature_degc"][1] == 29.751


def test_netzsch_with_a_stray_degree_sign_and_decimal_commas(tmp_path: Path) -> None:
    rows = "\n".join(f"{30 + k},5;{k / 10:.2f};{100 - k / 50:.3f};1".replace(".", ",") for k in range(60))
    head = "#EXPORTTYPE:DATA ALL\n#DECIMAL:COMMA\n#SEPARATOR:SEMICOLON\n#SAMPLE MASS /mg:4,28\n#RANGE:37\x9bC\n\n"
    path = tmp_path / "stray.txt"
    path.write_bytes((head + "##Temp./\x9bC;Time/min;Mass/%;Segment\n" + rows).encode("latin-1"))
    run = read(path)
    assert run.source.reader == "netzsch_text"
    assert run["mass_milligram"][0] == pytest.approx(4.28)
    assert run["temperature_degc"][0] == 30.5


def test_mettler(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{k:15d}{k:15d}{45.647 + k / 10:15.3f}{50 + k / 12:15.3f}{4.92915 - k / 1e4:15.5f}" for k in range(90)
    )
    names = "".join(f"{word:>15}" for word in ("Index", "t", "Ts", "Tr", "Value"))
    head = f"SampleID:\n  TGA_PP, 4.9292 mg\nCurve:\n{names}\n"
    units = "                           [s]           [°C]           [°C]           [mg]\n"
    path = tmp_path / "mettler.txt"
    path.write_bytes((head + units + rows + "\n").encode("latin-1"))
    run = read(path)
    assert run.source.reader == "mettler_tga"
    assert run.meta["sample_mass_mg"] == 4.9292
    assert run["mass_milligram"][10] == pytest.approx(4.92815)
    assert run["temperature_degc"][0] == 45.647


def test_a_written_run_is_read_back(tmp_path: Path) -> None:
    made = simulate(Parameters(), np.random.default_rng(0))
    path = tmp_path / "made.txt"
    path.write_bytes(perkinelmer_tga.write(made))
    back = read(path)
    assert back.is_simulated
    assert b"simulated by halfcell" in path.read_bytes()
    assert back.meta["gases"] == made.meta["gases"]
    for name, close in (("mass_milligram", 1e-6), ("temperature_degc", 1e-6), ("test_time_second", 1e-4)):
        np.testing.assert_allclose(back[name], made[name], atol=close)
    np.testing.assert_array_equal(back["stage_count"], made["stage_count"])


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(6))
def test_a_spoilt_file_is_read_or_refused(data: Path, tmp_path: Path, name: str, seed: int) -> None:
    survives_changed_bytes(data / FOLDER / name, tmp_path, seed, 15)


@pytest.mark.parametrize("name", FILES)
def test_one_reader_claims_it(data: Path, name: str) -> None:
    assert read(data / FOLDER / name).source.reader == FILES[name]


def test_binary_netzsch_names_its_extra(tmp_path: Path) -> None:
    with contextlib.suppress(MissingExtra):
        require("pyngb", "netzsch")
        pytest.skip("pyngb is installed")
    path = tmp_path / "run.ngb-ss3"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Streams/stream_1.table", b"x")
    with pytest.raises(MissingExtra, match=r"halfcell\[netzsch\]"):
        read_all(path)
