"""Gamry .DTA: curves, spectra, decimal commas, aborted runs, incomplete headers, damage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all


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


def test_spectrum(data: Path) -> None:
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
