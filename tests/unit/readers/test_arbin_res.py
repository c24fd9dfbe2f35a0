"""Arbin's .res: counters of the instrument, rows out of order, auxiliary channels, damage."""

from __future__ import annotations

import gzip
import json
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, MissingExtra
from halfcell.readers import read
from halfcell.readers.common import access_database

SI = "cycling/arbin/20160805_test001_45_cc_01.res.gz"
FULL = [f"cycling/arbin/20210210_FC_01_cc_0{i}.res.gz" for i in (1, 2, 3, 4)]
COUNTERS = {
    "qc": "schedule_charging_capacity_ah",
    "qd": "schedule_discharging_capacity_ah",
    "ec": "schedule_charging_energy_wh",
    "ed": "schedule_discharging_energy_wh",
}


@pytest.mark.parametrize("name", [SI, *FULL])
def test_counters_of_every_cycle(data: Path, name: str) -> None:
    answers = json.loads((data / "cycling/answers.json").read_text())[name.removeprefix("cycling/")]
    run = read(data / name)
    assert np.unique(run["cycle_count"]).tolist() == [c["cycle_count"] for c in answers["cycles"]]
    for cycle in answers["cycles"]:
        own = run["cycle_count"] == cycle["cycle_count"]
        assert np.count_nonzero(own) == cycle["n"]
        for key, column in COUNTERS.items():
            assert 1e3 * run[column][own].max() == pytest.approx(cycle[key], abs=6e-10)
        for key, value in (("vmin", run["voltage_volt"][own].min()), ("vmax", run["voltage_volt"][own].max())):
            assert value == pytest.approx(cycle[key], abs=6e-10)
        for key, value in (("imin", run["current_ampere"][own].min()), ("imax", run["current_ampere"][own].max())):
            assert value == pytest.approx(cycle[key], abs=6e-10)


def test_real_half_cell(data: Path) -> None:
    run = read(data / SI)
    assert len(run) == 10261
    assert run.meta["started"] == "2016-08-05T16:16:23"
    assert run.meta["vendor"]["mass_g"] == pytest.approx(0.00085284, rel=1e-5)
    assert run.notes == ()


@pytest.mark.parametrize("name", FULL)
def test_rows_out_of_order_are_sorted_and_told(data: Path, name: str) -> None:
    run = read(data / name)
    assert (np.diff(run["record_index"]) == 1).all()
    assert (np.diff(run["test_time_second"]) >= 0).all()
    assert [note.code for note in run.notes] == ["rows_sorted"]


def test_auxiliary_temperature_is_joined(data: Path) -> None:
    run = read(data / "cycling/arbin/aux_one_x_dx.res.gz")
    assert len(run) == 7235
    np.testing.assert_allclose(run["temperature_t1_celsius"][:3], [24.40658, 24.37274, 24.48171], atol=1e-5)
    assert np.isfinite(run["temperature_t1_celsius"]).all()


def test_fast_rows_equal_the_librarys(data: Path, tmp_path: Path) -> None:
    """Our gather of fixed rows against access-parser's own row by row."""
    from access_parser import AccessParser

    path = tmp_path / "a.res"
    path.write_bytes(gzip.decompress((data / FULL[0]).read_bytes()))
    ours = access_database.tables(path)("Channel_Normal_Table")
    theirs = AccessParser(str(path)).parse_table("Channel_Normal_Table")
    assert set(ours) == set(theirs)
    for name, values in theirs.items():
        np.testing.assert_array_equal(ours[name], np.array(values, dtype=ours[name].dtype))


@pytest.fixture
def small(data: Path) -> bytes:
    """The bytes of a real file."""
    return gzip.decompress((data / FULL[0]).read_bytes())


def test_words_of_mdb_export_on_missing_pages_are_said_as_a_cut(
    small: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """mdbtools' program prints what it finds of a cut table, complains on stderr, and ends as if all were well."""
    path = tmp_path / "a.res"
    path.write_bytes(small[: 4096 * 10])
    program = tmp_path / "mdb-export"
    program.write_text("#!/bin/sh\necho Test_ID,Data_Point\necho 1,1\necho 'offset 1388544 is beyond EOF' >&2\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(InputError, match="truncated: it ends before the last page of the table Channel_Normal_Table"):
        read(path)


def test_damaged_file_is_refused(small: bytes, tmp_path: Path) -> None:
    content = bytearray(small)
    content[8192 : 8192 + 4096 * 60] = bytes(range(256)) * 16 * 60
    path = tmp_path / "a.res"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert "mdb" in caught.value.hint or "Arbin" in caught.value.hint


def test_mdb_export_is_asked_where_the_library_fails(
    small: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for mdbtools' program prints a table as CSV."""
    content = bytearray(small)
    content[8192 : 8192 + 4096 * 60] = bytes(range(256)) * 16 * 60
    path = tmp_path / "a.res"
    path.write_bytes(content)
    program = tmp_path / "mdb-export"
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$2" = Channel_Normal_Table ]; then\n'
        "echo Test_ID,Data_Point,Test_Time,Cycle_Index,Voltage,Current\n"
        "echo 1,2,20.0,1,3.2,-0.001\necho 1,1,10.0,1,3.3,0\nfi\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    run = read(path)
    assert run["voltage_volt"].tolist() == [3.3, 3.2]
    assert run["current_ampere"].tolist() == [0.0, -0.001]


def test_without_the_extra_the_message_names_it(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.res"
    path.write_bytes(gzip.decompress((data / FULL[0]).read_bytes()))
    monkeypatch.setitem(sys.modules, "access_parser", None)
    with pytest.raises(MissingExtra) as caught:
        read(path)
    assert caught.value.hint == "python -m pip install 'halfcell[arbin]'"
