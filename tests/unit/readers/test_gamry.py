"""Gamry .DTA: curves, spectra, decimal commas, aborted runs, incomplete headers, damage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.readers.common.gamry_text_writer import write


def _read(folder: Path, content: bytes) -> Measurement:
    path = folder / "a.DTA"
    path.write_bytes(content)
    return read(path)


def test_curves_of_a_voltammogram_are_its_cycles(data: Path) -> None:
    run = read(data / "cycling/gamry/cv_data.dta")
    assert run.technique == "voltammetry"
    assert np.unique(run["cycle_count"], return_counts=True)[1].tolist() == [10] * 5
    assert run["voltage_volt"][:2].tolist() == [0.49, 0.498267]
    assert run["current_ampere"][0] == 7.80498e-9
    assert run.meta["vendor"]["scan_rate_mv_per_s"] == pytest.approx(1.23456)
    assert run.meta["started"] == "2019-03-06T16:35:22"


def test_a_spectrum_gives_what_its_text_says(data: Path) -> None:
    run = read(data / "cycling/gamry/eispot_data.dta")
    assert run["frequency_hertz"][:3].tolist() == [10000, 5000, 1000]
    assert run["real_impedance_ohm"][0] == 224.6075
    assert run["imaginary_impedance_ohm"][0] == -3.767681


def test_decimal_comma(data: Path) -> None:
    """Boukamp's circuit: 29 points from 10 kHz to 1 Hz."""
    run = read(data / "eis/pyimpspec/data.dta")
    assert len(run) == 29
    assert run["real_impedance_ohm"][0] == 109.00918219439
    assert run["imaginary_impedance_ohm"][-1] == -90.618128307383


def test_drift_corrected_columns_are_not_taken_and_told(data: Path) -> None:
    run = read(data / "eis/pyimpspec/drift-corrected-data.dta")
    assert run["real_impedance_ohm"][-1] == 163443.2
    assert any("drift-corrected" in note.text for note in run.notes)


def test_aborted_run_is_told(data: Path) -> None:
    run = read(data / "eis/impedance.py/exampleDataGamryABORT.DTA")
    assert len(run) == 72
    assert "aborted" in {note.code for note in run.notes if note.level == "doubt"}


def test_open_circuit_and_square_wave(data: Path) -> None:
    rest = read(data / "cycling/gamry/ocp_data.dta")
    assert rest.technique == "cycling"
    assert not rest["current_ampere"].any()
    wave = read(data / "cycling/gamry/squarewave_data.dta")
    assert wave["voltage_volt"][0] == 6.02416e-3
    assert wave["current_ampere"][0] == 1.92826e-6


def test_incomplete_header_is_refused(data: Path) -> None:
    with pytest.raises(InputError, match="no curve") as caught:
        read(data / "cycling/gamry/cv_data_incompleteheader.dta")
    assert "header" in caught.value.hint


def test_cut_in_a_row_loses_it_and_says_so(data: Path, tmp_path: Path) -> None:
    content = (data / "cycling/gamry/eispot_data.dta").read_bytes()
    run = _read(tmp_path, content[: content.index(b"\t4\t6\t100\t") + 12])
    assert len(run) == 4
    assert "rows_dropped" in {note.code for note in run.notes if note.level == "doubt"}


def test_cut_in_the_header_is_refused(data: Path, tmp_path: Path) -> None:
    content = (data / "cycling/gamry/eispot_data.dta").read_bytes()
    with pytest.raises(InputError, match="no curve"):
        _read(tmp_path, content[:400])


def test_damage_is_named_by_line_and_column(data: Path, tmp_path: Path) -> None:
    content = (data / "cycling/gamry/eispot_data.dta").read_bytes().replace(b"224.712", b"22#.712")
    with pytest.raises(InputError, match="is not a number") as caught:
        _read(tmp_path, content)
    assert caught.value.where.endswith("line 23, column Zreal")


def test_all_spectra_of_the_impedance_data(data: Path) -> None:
    found = {p.name: len(read_all(p)[0]) for p in (data / "eis").rglob("*") if p.suffix.lower() == ".dta"}
    assert found == {
        "exampleDataGamry.DTA": 72,
        "exampleDataGamryABORT.DTA": 72,
        "data.dta": 29,
        "drift-corrected-data.dta": 55,
    }


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Six digits of a sweep in its cycles, seven of a spectrum; the heads and units are those of real files."""
    time = np.arange(40) * 2.0
    volt = np.abs(np.mod(time / 20, 2.0) - 1.0) * 2.0
    cycle = 1.0 + (time >= 40)
    columns: dict[str, Any] = {"test_time_second": time, "voltage_volt": volt}
    columns |= {"current_ampere": 1.234567e-4 * (volt - 1.0)}
    sweep = Measurement(technique="voltammetry", columns=columns | {"cycle_count": cycle}, meta={"simulated": True})
    found = _read(tmp_path, write(sweep))
    assert found.is_simulated
    assert found.technique == "voltammetry"
    assert [note.code for note in found.notes if note.level != "info"] == []
    for name, values in columns.items():
        assert found[name] == pytest.approx(values, rel=5.1e-6, abs=1e-15)
    assert (found["cycle_count"] == cycle).all()
    assert found.meta["vendor"]["scan_rate_mv_per_s"] == pytest.approx(100.0)
    hertz = np.geomspace(1e6, 1e-3, 50)
    z = 12.0 + 230.0 / (1 + 2j * np.pi * hertz * 4e-3)
    real, imaginary = np.asarray(z.real, dtype=np.float64), np.asarray(z.imag, dtype=np.float64)
    columns = {"frequency_hertz": hertz, "real_impedance_ohm": real, "imaginary_impedance_ohm": imaginary}
    found = _read(tmp_path, write(Measurement(technique="impedance", columns=columns)))
    assert not found.is_simulated
    for name, values in columns.items():
        assert found[name] == pytest.approx(values, rel=5.1e-7)


@pytest.mark.parametrize(
    ("real", "table"), [("cycling/gamry/cv_data.dta", "CURVE"), ("eis/impedance.py/exampleDataGamry.DTA", "ZCURVE")]
)
def test_tables_are_written_with_the_columns_of_real_ones(data: Path, real: str, table: str) -> None:
    columns = {name: np.linspace(1.0, 2.0, 5) for name in ("test_time_second", "voltage_volt", "current_ampere")}
    columns |= {name: np.linspace(1.0, 2.0, 5) for name in ("frequency_hertz", "real_impedance_ohm")}
    columns["imaginary_impedance_ohm"] = -columns["real_impedance_ohm"]
    technique = "voltammetry" if table == "CURVE" else "impedance"
    made = write(Measurement(technique=technique, columns=columns)).decode("latin-1").splitlines()
    kept = (data / real).read_bytes().decode("latin-1").splitlines()
    ours, theirs = (
        next(lines[k + 1 : k + 3] for k, line in enumerate(lines) if line.startswith(table)) for lines in (made, kept)
    )
    assert [line.rstrip() for line in ours] == [line.rstrip() for line in theirs]
