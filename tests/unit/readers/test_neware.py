"""Neware files: real ones, cut off, damaged; the library's warnings become notes."""

from __future__ import annotations

import logging
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read

NDAX = "cycling/neware/nw4-120-1-6-53.ndax"
NDA = "cycling/neware/TestFile.nda.zip"


def test_ndax_columns_units_and_counter(data: Path) -> None:
    run = read(data / NDAX)
    assert (run.technique, len(run)) == ("cycling", 18700)
    assert np.unique(run["cycle_count"]).size == 150  # the instrument's own number, not a rule's 160
    assert run["step_count"].max() == 480
    assert run["voltage_volt"].max() == pytest.approx(5.0, abs=1e-4)
    assert run["current_ampere"].max() == pytest.approx(1.94e-3, rel=1e-3)
    assert run.meta["step_types"] == {"1": "CC_Chg", "2": "CC_DChg", "3": "CV_Chg"}
    assert run.meta["started"].startswith("2025-04-07T10:48:21")
    assert run["voltage_volt"].dtype == np.float64


def test_discharge_is_negative(data: Path) -> None:
    run = read(data / NDAX)
    discharge = run["step_type_code"] == 2
    assert (run["current_ampere"][discharge] <= 0).all()
    assert (run["step_net_capacity_ah"][discharge] <= 0).all()


def test_pulse_file_is_not_doubled(data: Path) -> None:
    run = read(data / "cycling/neware/2-1-6_61_07005012.nda.zip")
    assert np.abs(run["step_net_capacity_ah"]).max() == pytest.approx(0.299861, rel=1e-5)
    assert [note.code for note in run.notes] == ["cycle_number_derived"]


def test_auxiliary_channels_are_named(data: Path) -> None:
    run = read(data / "cycling/neware/scrubbed_ndc2.ndax")
    assert {"temperature_t1_celsius", "auxiliary_voltage_1_volt"} <= set(run.columns)
    assert [note.code for note in run.notes] == ["columns_left_out"]


def test_library_is_kept_off_the_terminal(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    run = read(data / "cycling/neware/Unit27_Example_Corrupt.ndax")
    assert len(run) == 301
    assert {note.code for note in run.notes} == {"library", "records_filled_in"}
    assert not caplog.records
    assert logging.getLogger("fastnda").propagate


def test_empty_file_is_refused(data: Path) -> None:
    with pytest.raises(InputError, match="no record"):
        read(data / "cycling/neware/empty.ndax")


def test_damaged_ndax_is_refused(data: Path, tmp_path: Path) -> None:
    content = bytearray((data / NDAX).read_bytes())
    content[60000:60064] = bytes(64)
    path = tmp_path / "a.ndax"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"truncated|damaged"):
        read(path)


def test_damaged_nda_is_refused(data: Path, tmp_path: Path) -> None:
    with ZipFile(data / NDA) as archive:
        content = bytearray(archive.read(archive.namelist()[0]))
    content[4096 : 4096 + 256 * 1200] = bytes(range(255, -1, -1)) * 1200
    path = tmp_path / "a.nda"
    path.write_bytes(content)
    with pytest.raises(InputError, match="1184 of the 6670 records stated in the header"):
        read(path)


def test_zlib_of_the_process_is_left_as_it_was(data: Path) -> None:
    """fastnda swaps it for isal's on import."""
    import zlib

    before = (zlib.decompress, zlib.decompressobj)
    read(data / NDAX)
    assert (zlib.decompress, zlib.decompressobj) == before
    assert zlib.decompressobj.__module__ != "isal.isal_zlib"


@pytest.mark.parametrize(
    ("name", "filled"),
    [("interp-test.ndax", 267), ("nw4-120-1-6-53.ndax", 13931), ("navani_test.ndax", 0), ("TestFile.nda.zip", 0)],
)
def test_records_without_times_of_their_own_are_counted(data: Path, name: str, filled: int) -> None:
    run = read(data / "cycling/neware" / name)
    said = [note.text for note in run.notes if note.code == "records_filled_in"]
    own = f"the file has voltage and current of {len(run)} records but times and counters of only {len(run) - filled};"
    assert [text.startswith(own) for text in said] == [True] * (filled > 0)
