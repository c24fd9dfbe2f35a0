"""The small parts cyclers' readers share: units, durations, dates, spectra, sanity."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.readers import read_all
from halfcell.readers.common import column_units, impedance_spectra, record_checks, text_files, times
from halfcell.readers.common.column_map import read_columns


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("mAh", 1e-3),
        ("µA", 1e-6),
        ("uA", 1e-6),
        ("Sec", 1.0),
        ("Min", 60.0),
        ("h", 3600.0),
        ("mAmp-hr", 1e-3),
        ("°C", 1.0),
        ("Hours", 3600.0),
        ("mWatt-hr", 1e-3),
        ("Volts", 1.0),
        ("mO", 1e-3),
        ("mA.s", 1 / 3.6e6),
        ("Psi", 6894.757),
        ("MPa", 1e6),
        ("kHz", 1e3),
        ("", 1.0),
        ("1", 1.0),
    ],
)
def test_units_of_column_headers(unit: str, factor: float) -> None:
    assert column_units.factor(unit) == factor


@pytest.mark.parametrize("unit", ["furlong", "kV", "m", "%"])
def test_unknown_unit_is_no_unit(unit: str) -> None:
    assert column_units.factor(unit) is None


@given(days=st.integers(0, 99), seconds=st.floats(0, 86399.99))
def test_durations_of_days(days: int, seconds: float) -> None:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    text = f"  {days}d {int(hours):02d}:{int(minutes):02d}:{left:.6f}"
    found = times.durations(pl.Series([text]))[0]
    assert found == pytest.approx(days * 86400 + seconds, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("2024-03-04 05:06:07", False, "2024-03-04T05:06:07"),
        ("03/04/2024 05:06:07", False, "2024-03-04T05:06:07"),
        ("03/04/2024 05:06:07", True, "2024-04-03T05:06:07"),
        ("13/04/2024 05:06:07", False, "2024-04-13T05:06:07"),
        ("08/23/2021 6:04:18 PM", False, "2021-08-23T18:04:18"),
        ("23-Nov-23 3:56:11 PM", False, "2023-11-23T15:56:11"),
        ("19.06.2023 17:56:53", False, "2023-06-19T17:56:53"),
    ],
)
def test_dates(text: str, day_first: bool, expected: str) -> None:
    found = times.dates(pl.Series([text]), day_first)
    assert found is not None
    assert np.datetime64(int(found[0]), "s") == np.datetime64(expected)


def test_one_form_for_a_whole_column() -> None:
    """01/02 alone is ambiguous; 13/02 in the same column tells that the day comes first."""
    found = times.dates(pl.Series(["01/02/2024 00:00:00", "13/02/2024 00:00:00"]))
    assert found is not None
    assert np.diff(found)[0] == 12 * 86400


def test_no_date_is_none() -> None:
    assert times.dates(pl.Series(["yesterday"])) is None


@pytest.mark.parametrize("value", [1499006353.0, 1499006353000.0, 1499006353.0 / 86400 + 25569])
def test_clock_numbers(value: float) -> None:
    assert times.clock(np.array([value]))[0] == pytest.approx(1499006353.0, abs=1e-3)


def test_a_number_that_is_no_clock() -> None:
    with pytest.raises(InputError, match="not a clock time"):
        times.clock(np.array([12.0]))


@given(st.integers(1, 5), st.integers(5, 40), st.booleans())
def test_spectra_are_split_where_the_sweep_starts_again(count: int, points: int, rising: bool) -> None:
    sweep = np.logspace(5, -1, points)
    sweep = sweep[::-1] if rising else sweep
    found = impedance_spectra.split(np.tile(sweep, count))
    assert [(part.start, part.stop) for part in found] == [(i * points, (i + 1) * points) for i in range(count)]


def test_spectra_by_the_instruments_counter() -> None:
    frequency = np.array([10.0, 1.0, 0.5, 0.1])
    assert impedance_spectra.split(frequency, np.array([1, 1, 2, 2])) == [slice(0, 2), slice(2, 4)]


def test_values_no_instrument_measures_are_damage() -> None:
    with pytest.raises(InputError, match="voltage_volt is 1e\\+30 in record 2"):
        record_checks.check({"voltage_volt": np.array([3.0, 1e30])})


def test_no_record_is_refused() -> None:
    with pytest.raises(InputError, match="no record"):
        record_checks.check({"voltage_volt": np.zeros(0)}, ("voltage_volt",))


def test_holes_are_doubted_and_kept() -> None:
    notes = record_checks.check({"voltage_volt": np.array([3.0, np.nan])})
    assert [(note.level, note.code) for note in notes] == [("doubt", "not_finite")]


@pytest.mark.parametrize(
    ("body", "kept", "code"),
    [
        (b"1,2,3\n4,5,6\n7,8,9\n10,1", b"1,2,3\n4,5,6\n7,8,9\n", "rows_dropped"),
        (b"1,2,3\n4,5,6\n7,8,9\n1", b"1,2,3\n4,5,6\n7,8,9\n", "rows_dropped"),
        (b"1,2,3\n4,5,6\n7,8,9\n10,11,", b"1,2,3\n4,5,6\n7,8,9\n", "rows_dropped"),
        (b"1,3.00\n4,5.25\n7,8.50\n9,10.2", b"1,3.00\n4,5.25\n7,8.50\n", "rows_dropped"),
        (b"1,3.0e-05\n4,5.2e-05\n7,8.5e-04\n9,1.2e-0", b"1,3.0e-05\n4,5.2e-05\n7,8.5e-04\n", "rows_dropped"),
        (b"1,30\n4,52\n7,85\n9,-", b"1,30\n4,52\n7,85\n", "rows_dropped"),
        (b"1,2,3\n4,5,6\n7,8,9\n10,11,1", b"1,2,3\n4,5,6\n7,8,9\n10,11,1", "last_row_unended"),  # it may be whole
        (b"1,3.00\n4,5.25\n7,8.50\n9,10.25", b"1,3.00\n4,5.25\n7,8.50\n9,10.25", "last_row_unended"),
        (b"1,2,3\n4,5\n7,8,9\n10,1", b"1,2,3\n4,5\n7,8,9\n10,1", "last_row_unended"),  # other rows are as short
        (b"1,2,3\n4", b"1,2,3\n4", "last_row_unended"),
        (b"1,2,3\n4,5,6\n7,8\n", b"1,2,3\n4,5,6\n7,8\n", ""),  # ended, only short
        (b"", b"", ""),
    ],
)
def test_a_row_that_is_cut_off_is_left_out_or_doubted(body: bytes, kept: bytes, code: str) -> None:
    found, notes = text_files.without_cut_row(body, ",")
    assert found == kept
    assert [note.code for note in notes] == ([code] if code else [])


def test_no_number_that_is_cut_within_its_decimals_is_taken(tmp_path: Path) -> None:
    """A table of its own columns, cut at any place of its last number; whole, it is doubted and kept."""
    text = "t/s,I/A,U/V\n" + "".join(f"{10 * i},{0.001:.4f},{3 + 0.01 * i:.4f}\n" for i in range(20))
    path, columns = tmp_path / "own.csv", {"t/s": "test_time_second", "I/A": "current_ampere", "U/V": "voltage_volt"}
    for cut, count in [(0, 20), (1, 20), (2, 19), (4, 19), (5, 19), (7, 19)]:
        path.write_text(text[: len(text) - cut], newline="")
        (found,) = read_columns(path, "cycling", columns)
        assert found["voltage_volt"].tolist() == pytest.approx([3 + 0.01 * i for i in range(count)])
        codes = [note.code for note in found.notes if note.code in {"rows_dropped", "last_row_unended"}]
        assert codes == ([] if cut == 0 else ["last_row_unended"] if cut == 1 else ["rows_dropped"])


@pytest.mark.parametrize("place", [0, 7, 19])
def test_a_frequency_of_zero_begins_no_spectrum(place: int) -> None:
    frequency = np.concatenate([np.geomspace(1e5, 1.0, 20), np.geomspace(1e5, 1.0, 20)])
    frequency[place] = 0.0
    assert impedance_spectra.split(frequency) == [slice(0, 20), slice(20, 40)]
    assert impedance_spectra.split(np.zeros(5)) == [slice(0, 5)]


@pytest.mark.parametrize("name", ["neware/neware_uio.csv.gz", "landt/SINTEF_LiGrR2032_Landt.csv.gz", "pec/pec.csv.gz"])
def test_a_text_cut_anywhere_in_its_last_row_is_the_text_without_it(name: str, data: Path, tmp_path: Path) -> None:
    content = gzip.decompress((data / "cycling" / name).read_bytes()).replace(b"\r", b"")
    begin = content.rfind(b"\n", 0, len(content) // 4) + 1
    row = content[begin : content.find(b"\n", begin)]
    path = tmp_path / Path(name).stem
    path.write_bytes(content[:begin])
    (whole,) = read_all(path)
    commas = [place for place, letter in enumerate(row) if letter == ord(",")]
    for place in (commas[0], commas[2] + 1, (commas[5] + commas[6]) // 2, commas[-3] - 1):
        path.write_bytes(content[: begin + place])
        (cut,) = read_all(path)
        assert {n: c.tobytes() for n, c in cut.columns.items()} == {n: c.tobytes() for n, c in whole.columns.items()}
        assert [note.text for note in cut.notes if note.code == "rows_dropped"] == [
            "the last row has no line end and is shorter than the others; left out"
        ]
