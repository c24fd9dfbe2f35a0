"""BDF tables: old names, other units, careless converters; written and read again."""

from __future__ import annotations

import dataclasses
import gzip
import io
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.vocabulary import vocabulary
from halfcell.readers import read
from halfcell.readers.common import bdf_names
from halfcell.readers.cycling.bdf import write


def _again(folder: Path, content: bytes, name: str) -> Measurement:
    path = folder / name
    path.write_bytes(content)
    return read(path)


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize(
    "name",
    ["neware/46_1_5_60_bts16.ndax", "arbin/mits7-0.res.gz", "biologic_gplrepo/gcpl.issue_149.mpr", "pec/pec.csv.gz"],
)
def test_written_file_reads_again(data: Path, tmp_path: Path, name: str, form: Literal["csv", "parquet"]) -> None:
    run = read(data / "cycling" / name)
    again = _again(tmp_path, write(run, form), f"a.bdf.{form}")
    assert set(again.columns) == set(run.columns)
    assert not again.is_simulated
    for column, values in run.columns.items():
        if column != "step_type_code":  # coded anew, by first appearance
            np.testing.assert_array_equal(again[column], values)
    if "step_types" in run.meta:
        ours = [run.meta["step_types"][str(int(code))] for code in run["step_type_code"]]
        theirs = [again.meta["step_types"][str(int(code))] for code in again["step_type_code"]]
        assert ours == theirs


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_simulated_data_stay_marked(data: Path, tmp_path: Path, form: Literal["csv", "parquet"]) -> None:
    run = read(data / "cycling/biologic/MB-1.mpr")
    content = write(dataclasses.replace(run, meta={**run.meta, "simulated": True}), form)
    assert b"Simulated by halfcell" in content
    assert _again(tmp_path, content, f"a.bdf.{form}").is_simulated


def test_first_line_holds_the_preferred_labels(data: Path) -> None:
    first = write(read(data / "cycling/neware/nda_v22.nda.zip")).split(b"\n", 1)[0].decode()
    assert first.startswith("Test Time / s,Voltage / V,Current / A,")
    assert {"Cycle Count / 1", "Step ID", "Step Type", "Unix Time / s", "Step Net Capacity / Ah"} <= set(
        first.split(",")
    )


def test_every_column_has_a_label_that_is_understood() -> None:
    for name in vocabulary()["column"]["cycling"]:
        label = bdf_names.label(name)
        assert bdf_names.places([label]) == {name: (0, 1.0)}
        assert bdf_names.places([name]) == {name: (0, 1.0)}


@pytest.mark.parametrize(
    ("head", "name", "factor"),
    [
        ("Test Time / h", "test_time_second", 3600.0),
        ("Voltage / mV", "voltage_volt", 1e-3),
        ("Charge Capacity / mAh", "charging_capacity_ah", 1e-3),
        ("test_time_millisecond", "test_time_second", 1e-3),
        ("cycle_dimensionless", "cycle_count", 1.0),
        ("Surface Temperature T1 / degC", "temperature_t1_celsius", 1.0),
        ("step_capacity_ah", "step_cumulative_capacity_ah", 1.0),
    ],
)
def test_other_units_and_old_names(head: str, name: str, factor: float) -> None:
    assert bdf_names.places([head]) == {name: (0, pytest.approx(factor))}


def test_milliseconds_of_an_old_file(data: Path) -> None:
    run = read(data / "cycling/bdf/legacy.bdf.parquet")
    assert run["test_time_second"][-1] == pytest.approx(148781.953)
    assert run.meta["started"].startswith("2024-07-02T15:18:58")


def test_opposite_sign_is_turned_round(data: Path) -> None:
    run = read(data / "cycling/bdf/batmo_bdf.csv.gz")
    codes = {word: int(code) for code, word in run.meta["step_types"].items()}
    assert (run["current_ampere"][run["step_type_code"] == codes["discharge"]] < 0).all()
    assert {"sign_from_state", "counter_resets"} <= {note.code for note in run.notes}
    assert "charging_capacity_ah" not in run


def test_single_records_out_of_time_are_mended_and_told(data: Path) -> None:
    run = read(data / "cycling/bdf/SINTEF_SLPBA_Rate_Neware_Time_Bug.bdf.csv.gz")
    assert (np.diff(run["test_time_second"]) >= 0).all()
    assert [(note.level, note.code) for note in run.notes] == [("correction", "time_repaired")]
    assert run.notes[0].text.startswith("19 of 13086 records are earlier")


def test_a_clock_that_restarts_is_kept_and_doubted(tmp_path: Path) -> None:
    text = "test_time_second,voltage_volt,current_ampere\n" + "".join(
        f"{t},3.0,0.1\n" for t in [0, 1, 2, 3, 0, 1, 2, 3]
    )
    run = _again(tmp_path, text.encode(), "a.csv")
    assert run["test_time_second"].tolist() == [0, 1, 2, 3, 0, 1, 2, 3]
    assert [(note.level, note.code) for note in run.notes] == [("doubt", "time_backwards")]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_truncated_parquet_is_refused(data: Path, tmp_path: Path, part: float) -> None:
    content = (data / "cycling/bdf/legacy.bdf.parquet").read_bytes()
    with pytest.raises(InputError, match=r"must end with PAR1|no reader recognises the file"):
        _again(tmp_path, content[: int(part * len(content))], "a.parquet")


def test_damaged_parquet_is_refused(data: Path, tmp_path: Path) -> None:
    content = bytearray((data / "cycling/bdf/legacy.bdf.parquet").read_bytes())
    content[60_000:60_400] = bytes(range(200)) * 2
    with pytest.raises(InputError, match="Invalid snappy data"):
        _again(tmp_path, bytes(content), "a.parquet")


def test_csv_cut_in_a_row_loses_it_and_says_so(data: Path, tmp_path: Path) -> None:
    content = gzip.decompress((data / "cycling/bdf/SINTEF_SLPBA_Rate_Neware_Time_Bug.bdf.csv.gz").read_bytes())
    cut = content[: content.rindex(b"\n", 0, 300_000) + 10]  # a time, no voltage
    run = _again(tmp_path, cut, "a.csv")
    assert "rows_dropped" in {note.code for note in run.notes if note.level == "doubt"}


def test_damaged_csv_tells_line_and_column(tmp_path: Path) -> None:
    text = "Test Time / s,Voltage / V,Current / A\n0,3.0,0.1\n1,x!,0.1\n"
    with pytest.raises(InputError, match="is not a number"):
        _again(tmp_path, text.encode(), "a.csv")


def test_what_bdf_requires_is_asked_for() -> None:
    run = Measurement(technique="diffraction", columns={"two_theta_degree": np.arange(3.0)})
    with pytest.raises(InputError, match="BDF requires test_time_second"):
        write(run)


def test_a_column_without_a_unit_in_its_name_is_refused() -> None:
    columns = {name: np.arange(3.0) for name in ("test_time_second", "voltage_volt", "current_ampere", "room_temp_c")}
    with pytest.raises(InputError, match="must end in a unit of BDF, such as _volt: room_temp_c"):
        write(Measurement(technique="cycling", columns=columns))


@settings(max_examples=25, deadline=None)
@given(
    voltage=st.lists(st.floats(0.001, 5.0), min_size=2, max_size=20),
    start=st.floats(0, 1e6),
    current=st.floats(-10, 10),
)
def test_any_numbers_survive(voltage: list[float], start: float, current: float) -> None:
    """What is written is read to the last bit."""
    count = len(voltage)
    columns = {
        "test_time_second": start + np.arange(count, dtype=float),
        "voltage_volt": np.array(voltage),
        "current_ampere": np.full(count, current),
    }
    import polars as pl

    written = write(Measurement(technique="cycling", columns=columns))
    frame = pl.read_csv(io.BytesIO(written))
    for name, label in (("voltage_volt", "Voltage / V"), ("test_time_second", "Test Time / s")):
        assert frame[label].to_list() == columns[name].tolist()


@pytest.mark.oracle
def test_the_formats_own_validator_accepts_it(data: Path, tmp_path: Path) -> None:
    bdf = pytest.importorskip("bdf")
    path = tmp_path / "a.bdf.csv"
    path.write_bytes(write(read(data / "cycling/neware/46_1_5_60_bts16.ndax")))
    assert bdf.validate(path)["ok"]
