"""BioLogic files: real ones, cut off, damaged, in other locales, written and read again."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.readers.cycling.biologic_mpt import write

MPR = "cycling/biologic_gplrepo/gcpl.issue_149.mpr"
MPT = "cycling/biologic_gplrepo/gcpl.issue_149.mpt.gz"


@pytest.fixture
def text(data: Path) -> bytes:
    """The bytes of a real text export."""
    return gzip.decompress((data / MPT).read_bytes())


def _read(folder: Path, content: bytes, name: str = "a.mpt") -> Measurement:
    path = folder / name
    path.write_bytes(content)
    return read(path)


def test_damaged_mpr_is_refused(data: Path, tmp_path: Path) -> None:
    content = bytearray((data / MPR).read_bytes())
    start = content.index(b"VMP data")
    content[start + 1200 : start + 6000] = bytes(range(256)) * 18 + bytes(192)
    with pytest.raises(InputError, match="damaged"):
        _read(tmp_path, bytes(content), "a.mpr")


def test_mpt_cut_in_its_header_is_refused(text: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="truncated in its header") as caught:
        _read(tmp_path, text[:1500])
    assert caught.value.hint


def test_mpt_cut_in_a_row_loses_that_row_and_says_so(text: bytes, tmp_path: Path) -> None:
    whole = read_all_text(text, tmp_path)
    cut = _read(tmp_path, text[: len(text) - 200])
    assert len(cut) == len(whole) - 1
    assert [note.code for note in cut.notes if note.level == "doubt"] == ["rows_dropped"]
    np.testing.assert_array_equal(cut["voltage_volt"], whole["voltage_volt"][:-1])


def read_all_text(text: bytes, folder: Path) -> Measurement:
    return _read(folder, text, "whole.mpt")


def test_damaged_mpt_tells_line_and_column(text: bytes, tmp_path: Path) -> None:
    lines = text.split(b"\n")
    cells = lines[100].split(b"\t")
    cells[11] = b"#!x"
    lines[100] = b"\t".join(cells)
    with pytest.raises(InputError, match="not a number") as caught:
        _read(tmp_path, b"\n".join(lines))
    assert "line 101, column Ewe/V" in caught.value.where


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
@pytest.mark.parametrize("decimal", [b",", b"."])
def test_locale_and_line_ends_do_not_matter(text: bytes, tmp_path: Path, ending: bytes, decimal: bytes) -> None:
    whole = read_all_text(text, tmp_path)
    count = 81
    head, body = text.split(b"\n")[:count], text.split(b"\n")[count:]
    other = ending.join([*head, *(line.replace(b",", decimal) for line in body)])
    again = _read(tmp_path, other)
    for name, values in whole.columns.items():
        np.testing.assert_array_equal(again[name], values)


def test_times_written_as_dates(text: bytes, tmp_path: Path) -> None:
    whole = read_all_text(text, tmp_path)
    lines = text.split(b"\n")
    for i in range(81, len(lines)):
        cells = lines[i].split(b"\t")
        if len(cells) > 7:
            seconds = float(cells[7].replace(b",", b".")) - whole["test_time_second"][0]
            stamp = np.datetime64("2024-01-10T11:03:00.000") + np.timedelta64(round(seconds * 1e6), "us")
            day, clock = str(stamp).split("T")
            year, month, dayno = day.split("-")
            cells[7] = f"{month}/{dayno}/{year} {clock}".encode()
            lines[i] = b"\t".join(cells)
    again = _read(tmp_path, b"\n".join(lines))
    expected = whole["test_time_second"] - whole["test_time_second"][0]
    np.testing.assert_allclose(again["test_time_second"], expected, atol=2e-6)
    assert again.meta["started"] == "2024-01-10T11:03:00"


def test_more_values_than_names_are_refused(data: Path) -> None:
    with pytest.raises(InputError, match="18 values for 17 column names"):
        read(data / "eis/impedance.py/exampleDataBioLogic_MissingFreq.mpt")


def test_several_spectra_without_a_counter(data: Path) -> None:
    parts = read_all(data / "eis/pyimpspec/case-multiple-spectra.mpt")
    assert [len(part) for part in parts] == [29, 29, 29]
    assert all(part["frequency_hertz"][0] == 1e4 for part in parts)


def test_cycling_with_spectra_in_one_file(data: Path) -> None:
    first, *spectra = read_all(data / "cycling/biologic/biol_old_datamodule2.mpr.gz")
    assert (first.technique, len(first)) == ("cycling", 23561)
    assert [len(part) for part in spectra] == [64, 64, 64, 64, 54]
    assert {part.technique for part in spectra} == {"impedance"}
    assert spectra[0]["frequency_hertz"][0] == pytest.approx(100019.51)
    magnitude = np.hypot(spectra[0]["real_impedance_ohm"][0], spectra[0]["imaginary_impedance_ohm"][0])
    assert magnitude == pytest.approx(6.572359)


@pytest.mark.parametrize(
    "name", ["gcpl.issue_149", "cva.issue_202", "ca.issue_149", "peis", "cp", "lsv", "mb.issue_95"]
)
def test_written_file_reads_again(data: Path, tmp_path: Path, name: str) -> None:
    given = read_all(data / f"cycling/biologic_gplrepo/{name}.mpr")[0]
    simulated = dataclasses.replace(given, meta={**given.meta, "simulated": True})
    content = write(simulated)
    assert b"simulated by halfcell" in content
    again = _read(tmp_path, content)
    assert again.technique == given.technique
    assert again.is_simulated
    assert again.meta["started"] == given.meta["started"]
    for column, values in given.columns.items():
        np.testing.assert_allclose(again[column], values, rtol=6e-8, atol=6e-8)


def test_a_real_file_written_is_not_called_simulated(data: Path, tmp_path: Path) -> None:
    given = read(data / MPR)
    assert not _read(tmp_path, write(given)).is_simulated


def test_what_eclab_has_no_file_for_is_refused() -> None:
    with pytest.raises(InputError, match="diffraction data cannot be written"):
        write(Measurement(technique="diffraction", columns={"two_theta_degree": np.arange(3.0)}))


def test_contradicting_dates_cost_the_clock_not_the_data(data: Path, tmp_path: Path) -> None:
    content = (data / MPR).read_bytes()
    other = _read(tmp_path, content.replace(b"01/10/24", b"01/11/24", 1), "a.mpr")
    whole = read(data / MPR)
    np.testing.assert_array_equal(other["voltage_volt"], whole["voltage_volt"])
    assert other.meta["started"] == "2024-01-11"
    assert "clock_unclear" in {note.code for note in other.notes if note.level == "doubt"}


def test_export_without_a_header(text: bytes, tmp_path: Path) -> None:
    lines = text.split(b"\n")
    bare = _read(tmp_path, b"\n".join(lines[80:]), "a.txt")
    whole = read_all_text(text, tmp_path)
    assert bare.technique == "cycling"
    np.testing.assert_array_equal(bare["current_ampere"], whole["current_ampere"])


@settings(max_examples=30, deadline=None)
@given(
    technique=st.sampled_from(["cycling", "voltammetry", "polarisation"]),
    voltage=st.lists(st.floats(-5, 5), min_size=2, max_size=12),
    scale=st.floats(1e-9, 1e3),
)
def test_any_record_is_written_to_eclabs_precision(
    tmp_path_factory: pytest.TempPathFactory, technique: str, voltage: list[float], scale: float
) -> None:
    """With no more than time, voltage and current: eight digits of the voltage, sixteen of the rest."""
    count = len(voltage)
    given_ = Measurement(
        technique=technique,
        columns={
            "test_time_second": np.arange(count) * 0.1 + 7.0,
            "voltage_volt": np.array(voltage),
            "current_ampere": np.linspace(-1, 1, count) * scale,
        },
        meta={"simulated": True},
    )
    again = _read(tmp_path_factory.mktemp("mpt"), write(given_))
    assert again.technique == technique
    assert again.is_simulated
    np.testing.assert_allclose(again["voltage_volt"], given_["voltage_volt"], rtol=5.1e-8)
    np.testing.assert_allclose(again["current_ampere"], given_["current_ampere"], rtol=1e-14)
    np.testing.assert_allclose(again["test_time_second"], given_["test_time_second"], rtol=1e-15)
