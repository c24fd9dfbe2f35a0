"""What halfcell writes for others it reads back with nothing lost: columns to the last digit, meta, notes, the mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from halfcell.cli import main
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.sidecar import path_beside
from halfcell.exports import FORMATS, write
from halfcell.readers import read
from halfcell.readers.tables import halfcell_table

number = st.floats(-1e9, 1e9, allow_nan=False, width=64)
word = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
meta = st.dictionaries(
    st.sampled_from(["title", "sample", "operator", "vendor", "channel"]),
    word | st.integers(-5, 10**9) | number | st.booleans() | st.dictionaries(word, number, max_size=2),
    max_size=4,
)


def columns(technique: str, draw: st.DrawFn, n: int) -> dict[str, Any]:
    """Columns of one kind as its files can hold them."""

    def values(low: float, high: float) -> NDArray[np.float64]:
        return np.array(draw(st.lists(st.floats(low, high), min_size=n, max_size=n)))

    rising = np.cumsum(values(1e-3, 10.0))
    return {
        "cycling": lambda: {"test_time_second": rising, "voltage_volt": values(-5, 5), "current_ampere": values(-9, 9)},
        "impedance": lambda: {
            "frequency_hertz": 1 / rising,
            "real_impedance_ohm": values(1e-9, 1e9),
            "imaginary_impedance_ohm": values(-1e9, -1e-9),
        },
        "diffraction": lambda: {"two_theta_degree": 5 + rising, "intensity_count": values(0, 1e6)},
        "xas": lambda: {"energy_electronvolt": 7000 + rising, "absorption": values(-2, 5)},
        "sorption": lambda: {
            "relative_pressure": values(1e-9, 1.0),
            "loading_cm3_stp_per_gram": values(0.01, 900.0),
            "branch": np.sort(np.round(values(0, 1))),
        },
        "edx": lambda: {"energy_kiloelectronvolt": rising / 100, "count": values(0, 1e6)},
    }[technique]()


@st.composite
def measurement(draw: st.DrawFn, form: str) -> Measurement:
    technique = draw(st.sampled_from(FORMATS[form].techniques or ("cycling", "diffraction", "xas", "sorption", "edx")))
    technique = {"polarisation": "cycling", "voltammetry": "cycling"}.get(technique, technique)
    if form.startswith("bdf"):
        technique = "cycling"
    own = draw(meta) | ({"simulated": True} if draw(st.booleans()) else {})
    notes = (Note("doubt", "last_row", draw(word)),) if draw(st.booleans()) else ()
    made = columns(technique, draw, draw(st.integers(20, 24)))
    return Measurement(technique=technique, columns=made, meta=own, notes=notes)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_is_lost(form: str, tmp_path: Path, data: st.DataObject) -> None:
    before = data.draw(measurement(form))
    path = tmp_path / f"a{FORMATS[form].suffixes[0]}"
    _, left_out = write(before, path, form)
    after = read(path)
    assert after.technique == before.technique
    assert after.is_simulated == before.is_simulated
    for name, values in before.columns.items():
        if name in left_out:
            assert form == "pybamm"
        elif form == "aif":
            np.testing.assert_allclose(after[name], values, rtol=1e-15)
        else:
            np.testing.assert_array_equal(after[name], values)
    for key, value in before.meta.items():
        assert after.meta[key] == value, key
    assert {(n.code, n.text) for n in before.notes} <= {(n.code, n.text) for n in after.notes}


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "pybamm"])
def test_the_mark_of_simulated_data_is_in_the_file_itself(form: str, tmp_path: Path) -> None:
    """The description beside it may be lost on the way."""
    technique = "impedance" if "imp" in form else (FORMATS[form].techniques or ("diffraction",))[0]
    path = tmp_path / f"a{FORMATS[form].suffixes[0]}"
    write(_real_looking(technique), path, form)
    path_beside(path).unlink()
    assert read(path).is_simulated


def test_the_mark_of_a_drive_cycle_is_in_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write(_real_looking("cycling"), path, "pybamm")
    lines = path.read_text().splitlines()
    assert "simulated by halfcell" in lines[0]
    assert lines[2].split(",") == ["1.0", "-1.0"]  # charging with 1 A is negative there


def _real_looking(technique: str) -> Measurement:
    x = np.linspace(1.0, 10.0, 60)
    known = {
        "cycling": {"test_time_second": x, "voltage_volt": x / 3, "current_ampere": np.ones(60)},
        "impedance": {
            "frequency_hertz": np.geomspace(1e5, 1e-1, 60),
            "real_impedance_ohm": 10 + x,
            "imaginary_impedance_ohm": -x,
        },
        "diffraction": {"two_theta_degree": 10 + x, "intensity_count": 100 + x},
        "xas": {"energy_electronvolt": 7000 + 10 * x, "absorption": x},
        "sorption": {"relative_pressure": x / 11, "loading_cm3_stp_per_gram": x, "branch": np.zeros(60)},
        "edx": {"energy_kiloelectronvolt": x, "count": 10 * x},
    }
    return Measurement(technique=technique, columns=known[technique], meta={"simulated": True, "title": "a"})


def test_a_sheet_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet holds 1,048,576 rows; here 25."""
    from halfcell.exports import plain_tables

    assert halfcell_table.ROWS == 1_048_575
    monkeypatch.setattr(plain_tables, "ROWS", 24)
    before = _real_looking("cycling")
    write(before, tmp_path / "a.xlsx", "xlsx")
    after = read(tmp_path / "a.xlsx")
    np.testing.assert_array_equal(after["voltage_volt"], before["voltage_volt"])


def test_a_description_of_another_file_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.xye"
    write(_real_looking("diffraction"), path, "xye")
    path.write_bytes(path.read_bytes().replace(b"# simulated by halfcell\n", b"") + b"21.0 5.0\n")
    assert "title" not in read(path).meta


def test_the_description_is_csv_on_the_web(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write(_real_looking("diffraction"), path, "csv")
    found = json.loads(path_beside(path).read_text())
    assert found["@context"][0] == "http://www.w3.org/ns/csvw"
    assert found["url"] == "a.csv"
    assert [c["titles"] for c in found["tableSchema"]["columns"]] == path.read_text().split("\n", 1)[0].split(",")
    assert found["dc:description"].startswith("SIMULATED")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "csv", "--out", "a.bdf.parquet"], "--to csv writes .csv"),
        (["--to", "xye", "--out", "a.csv"], "--to xye writes .xye"),
        (["--out", "a.doc"], "no format has the suffix"),
        (["--to", "aif"], "aif is for sorption, not for cycling"),
    ],
)
def test_a_suffix_decides_or_is_refused(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    raw = _table(tmp_path)
    assert main(["read", str(raw), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == [raw.name]


def _table(folder: Path) -> Path:
    raw = folder / "run.csv"
    raw.write_text("Test Time / s,Voltage / V,Current / A,Half Cycle Count / 1\n0,3,1,1\n1,3.1,1,1\n2,3.2,1,1\n")
    return raw


def test_the_suffix_alone_decides_and_what_is_left_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, out = _table(tmp_path), tmp_path / "x.bdf.parquet"
    assert main(["read", str(raw), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"PAR1")
    assert "half_cycle_count" in capsys.readouterr().err
    assert read(out)["voltage_volt"].tolist() == [3.0, 3.1, 3.2]


def test_unix_time_says_its_time_zone(tmp_path: Path) -> None:
    made = _real_looking("cycling")
    timed = Measurement(
        technique="cycling", columns={**made.columns, "unix_time_second": 1.7e9 + made["test_time_second"]}
    )
    write(timed, tmp_path / "a.csv", "csv")
    found = json.loads(path_beside(tmp_path / "a.csv").read_text())
    (column,) = [c for c in found["halfcell"]["columns"] if c["name"] == "unix_time_second"]
    assert "does not state its time zone" in column["meaning"]
