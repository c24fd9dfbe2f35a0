"""Drafting: files of one name in several formats."""

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.readers.cycling import bdf
from halfcell.readers.impedance import chi, zplot
from halfcell.study.draft.draft_study import draft_study
from halfcell.study.draft.file_groups import full_suffix
from halfcell.techniques import conductivity, impedance, voltammetry


def test_a_pattern_that_takes_a_file_left_aside_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    content = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1)))
    for name in ("a.Z", "a.z", "b.z"):
        (raw / name).write_bytes(content)
    (why,) = [why for path, why in draft_study(tmp_path / "study", raw).left if path.endswith("a.z")]
    assert why.startswith("the same name as ../raw/a.Z")
    assert "until then the pattern ../raw/{cell}.z matches it" in why


def test_a_straight_line_is_drafted_as_conductivity_with_a_doubt(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    line = conductivity.simulate(conductivity.Parameters(), np.random.default_rng(1))
    (raw / "pellet.txt").write_bytes(chi.write(line))
    (raw / "anode.txt").write_bytes(chi.write(voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(1))))
    made = draft_study(tmp_path / "study", raw)
    assert {group.technique: group.names for group in made.groups} == {
        "conductivity": ("pellet",),
        "voltammetry": ("anode",),
    }
    ((path, why),) = made.doubts
    assert path == "../raw/pellet.txt"
    assert why.startswith("analysed as conductivity, not as voltammetry: the current is a straight line through zero")
    assert f"# doubt: {path}: {why}" in (tmp_path / "study/study.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("a/cell_1.res.gz", ".res.gz"),
        ("cell.1.mpr", ".mpr"),
        ("arbin_example.bdf.csv.gz", ".bdf.csv.gz"),
        ("rate.BDF.parquet", ".BDF.parquet"),
        ("cell.neware.csv", ".neware.csv"),
        ("x.y.034.gz", ".034.gz"),
        ("x.gz", ".gz"),
        (".bdf.csv", ".csv"),
        ("noname", ""),
    ],
)
def test_the_suffix_of_a_file(path: str, suffix: str) -> None:
    assert full_suffix(path) == suffix


def _test_files(raw: Path, starts: dict[str, float]) -> None:
    """Cycling files whose clocks begin at the times given."""
    raw.mkdir()
    for name, start in starts.items():
        time = np.arange(50) * 60.0
        current = np.where(time < 1500, -1e-3, 1e-3)
        columns = {
            "test_time_second": time,
            "voltage_volt": 1.0 + current * time,
            "current_ampere": current,
            "unix_time_second": start + time,
        }
        (raw / f"{name}.bdf.csv").write_bytes(bdf.write(Measurement(technique="cycling", columns=columns), "csv"))


def test_files_that_follow_one_another_are_asked_about(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _test_files(
        raw, {"FC_01_cc_01": 1.6e9, "FC_01_cc_02": 1.6e9 + 1e5, "FC_01_cc_10": 1.6e9 + 2e5, "other": 1.6e9 + 7.0}
    )
    ((place, why),) = draft_study(tmp_path / "study", raw).doubts
    assert place == "../raw/{cell}.bdf.csv"
    assert why == (
        "FC_01_cc_01, FC_01_cc_02, FC_01_cc_10 follow one another in time: files of one test? "
        "then name one cell FC_01_cc and write ../raw/{cell}_*.bdf.csv"
    )


def test_cells_on_the_cycler_at_one_time_are_not_one_test(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _test_files(raw, {"cell_1": 1.6e9, "cell_2": 1.6e9 + 600.0})
    assert draft_study(tmp_path / "study", raw).doubts == ()


def test_the_reason_of_a_file_that_is_not_placed_names_it_once(tmp_path: Path) -> None:
    study = tmp_path / "study"
    (study / "raw").mkdir(parents=True)
    (study / "raw/a.csv").write_text("what,is,this\n1,2,3\n")
    ((path, why),) = draft_study(study, study / "raw").left
    assert path == "raw/a.csv"
    assert why.startswith("no reader recognises the file")
