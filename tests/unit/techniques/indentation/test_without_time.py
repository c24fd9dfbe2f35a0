"""An indentation file without a time: nothing is derived from the number of a record as if it were a second."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import halfcell
from halfcell.cli import main
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques import indentation
from halfcell.techniques.indentation import Parameters, Settings, simulate

RESTED = Parameters(drift_nm_per_s=0.3, rest_s=20.0, rate_hz=30.0)  # with a time its drift is measured at rest
ENERGIES = ("plastic_energy", "elastic_energy", "total_energy", "elastic_ratio")
NO_TIME = Note("doubt", "no_time", "The file has no time.")
STUDY = """title = "Without time"

[raw]
indentation = "raw/{sample}_{particle}.csv"

[[table]]
id = "S1"
technique = "indentation"
"""


def columns_of(measurement: Measurement, *, time: bool) -> str:
    """A text file of load and depth, with or without its time."""
    heads = ["Depth (nm)", "Load (mN)", "Time (s)"][: 3 if time else 2]
    columns = [measurement["depth_metre"] * 1e9, measurement["load_newton"] * 1e3, measurement["test_time_second"]]
    rows = zip(*columns[: len(heads)], strict=True)
    return "\n".join([",".join(heads), *(",".join(f"{value:.9g}" for value in row) for row in rows)]) + "\n"


@pytest.fixture
def timeless(tmp_path: Path) -> Path:
    """A test whose file has no times."""
    path = tmp_path / "timeless.csv"
    path.write_text(columns_of(simulate(RESTED, np.random.default_rng(1)), time=False), encoding="utf-8")
    return path


def notes_of(result: Any) -> dict[str, str]:
    return {note.code: note.text for note in result.notes}


def test_command_line_refuses_the_drift(timeless: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "--json", str(timeless)]) == 0
    found = json.loads(capsys.readouterr().out)
    levels = {note["code"]: note["level"] for note in found["notes"]}
    assert levels["no_time"] == "doubt"
    assert levels["drift_without_time"] == "refused"
    assert "drift" not in levels
    assert [row["drift"] for row in found["table"]] == [None]
    assert {found["quantities"][name]["std"] for name in ENERGIES} == {None}


@pytest.mark.parametrize("entry", ["analyse", "technique"])
def test_python_refuses_the_drift(timeless: Path, entry: str) -> None:
    if entry == "analyse":
        result = halfcell.analyse(timeless)
    else:
        result = halfcell.technique("indentation").analyse(halfcell.read(timeless), Settings())
    codes = [note.code for note in result.notes]
    assert codes.count("no_time") == codes.count("drift_without_time") == 1
    assert "drift" not in codes
    assert result.rows[0]["drift"] is None
    assert all(result[name].std is None and not result[name].kind for name in ENERGIES)


def test_study_refuses_the_drift(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "samples.csv").write_text("name\nSi\n", encoding="utf-8")
    for particle in (1, 2):
        test = simulate(RESTED, np.random.default_rng(particle))
        (tmp_path / f"raw/Si_{particle}.csv").write_text(columns_of(test, time=False), encoding="utf-8")
    outcome = halfcell.Study.load(tmp_path).run(workers=1)
    assert outcome.failed == ()
    notes = {note.code: note for _, note in outcome.items[0].notes}
    assert notes["drift_without_time"].level == "refused"
    assert "2 of 2 tests" in notes["drift_without_time"].text
    assert "drift" not in notes
    told = halfcell.Study.load(tmp_path).why("S1:Si:total_energy").number.origin.notes
    assert [note.code for note in told].count("no_time") == 1
    assert notes["drift_without_time"] in told


def test_the_same_test_with_its_time_measures_the_drift(tmp_path: Path) -> None:
    path = tmp_path / "timed.csv"
    path.write_text(columns_of(simulate(RESTED, np.random.default_rng(1)), time=True), encoding="utf-8")
    result = halfcell.analyse(path)
    assert result.rows[0]["drift"] == pytest.approx(0.3, abs=0.02)
    assert all(result[name].std > 0 for name in ENERGIES)
    assert "drift_without_time" not in notes_of(result)


def test_energies_are_those_of_the_depths_as_recorded(timeless: Path) -> None:
    """The drift is still in them: the same as with a time and a drift of zero set."""
    plain = indentation.analyse(simulate(RESTED, np.random.default_rng(1)), Settings(drift_nm_per_s=0.0))
    result = halfcell.analyse(timeless)
    for name in ENERGIES:
        assert result[name].value == pytest.approx(plain[name].value, rel=1e-5)


def test_a_drift_that_is_set_cannot_be_taken_off(timeless: Path) -> None:
    result = halfcell.analyse(timeless, drift_nm_per_s=0.3)
    assert "set: 0.3 nm/s" in notes_of(result)["drift_without_time"]
    assert result["total_energy"].value == halfcell.analyse(timeless)["total_energy"].value


def test_a_crush_test_has_no_uncertainty_either() -> None:
    crushed = simulate(Parameters(elastic_energy_nj=0.0), np.random.default_rng(2))
    result = indentation.analyse(replace(crushed, notes=(NO_TIME,)), Settings())
    assert result.mode == "crush"
    assert result["total_energy"].std is None


def test_an_instrument_that_took_the_drift_off_had_its_own_clock() -> None:
    test = simulate(RESTED, np.random.default_rng(1))
    by_instrument = replace(test, notes=(NO_TIME,), meta={**test.meta, "drift_corrected": True})
    result = indentation.analyse(by_instrument, Settings())
    assert "drift_by_instrument" in notes_of(result)
    assert result["total_energy"].std > 0
    assert result.rows[0]["drift"] == 0.0


def test_a_measurement_without_the_column_is_without_time() -> None:
    test = simulate(RESTED, np.random.default_rng(1))
    columns = {name: values for name, values in test.columns.items() if name != "test_time_second"}
    result = indentation.analyse(replace(test, columns=columns), Settings())
    assert "drift_without_time" in notes_of(result)


def test_of_a_batch_only_the_test_without_time_is_refused_a_drift() -> None:
    timed, other = (simulate(RESTED, np.random.default_rng(seed)) for seed in (1, 2))
    batch = indentation.join([timed, replace(other, notes=(NO_TIME,))])
    result = indentation.analyse(batch, Settings())
    assert [row["drift"] is None for row in result.rows] == [False, True]
    assert "1 of 2 tests" in notes_of(result)["drift_without_time"]


def test_a_drift_set_beside_the_instruments_own_is_a_doubt() -> None:
    test = simulate(RESTED, np.random.default_rng(1))
    corrected = replace(test, meta={**test.meta, "drift_corrected": True})
    notes = {note.code: note for note in indentation.analyse(corrected, Settings(drift_nm_per_s=0.1)).notes}
    assert notes["drift"].level == "doubt"
    assert "instrument" in notes["drift"].text
