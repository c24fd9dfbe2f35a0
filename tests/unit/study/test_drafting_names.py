"""Drafting: files of one name in several formats."""

from pathlib import Path

import numpy as np
import pytest

from halfcell.readers import chi, zplot
from halfcell.study.drafting import draft, full_suffix
from halfcell.techniques import conductivity, impedance, voltammetry


def test_a_pattern_that_takes_a_file_left_aside_is_told(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    content = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1)))
    for name in ("a.Z", "a.z", "b.z"):
        (raw / name).write_bytes(content)
    (why,) = [why for path, why in draft(tmp_path / "study", raw).left if path.endswith("a.z")]
    assert why.startswith("the same name as ../raw/a.Z")
    assert "until then the pattern ../raw/{cell}.z takes it" in why


def test_a_straight_line_is_drafted_as_conductivity_with_a_doubt(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    line = conductivity.simulate(conductivity.Parameters(), np.random.default_rng(1))
    (raw / "pellet.txt").write_bytes(chi.write(line))
    (raw / "anode.txt").write_bytes(chi.write(voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(1))))
    made = draft(tmp_path / "study", raw)
    assert {group.technique: group.names for group in made.groups} == {
        "conductivity": ("pellet",),
        "voltammetry": ("anode",),
    }
    ((path, why),) = made.doubts
    assert path == "../raw/pellet.txt"
    assert why.startswith("taken as conductivity, not as voltammetry: the current is a straight line through zero")
    assert f"# doubt: {path}: {why}" in (tmp_path / "study/study.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("a/cell_1.res.gz", ".res.gz"),
        ("cell.1.mpr", ".mpr"),
        ("arbin_example.bdf.csv.gz", ".bdf.csv.gz"),
        ("rate.BDF.parquet", ".BDF.parquet"),
        ("x.y.034.gz", ".034.gz"),
        ("x.gz", ".gz"),
        (".bdf.csv", ".csv"),
        ("noname", ""),
    ],
)
def test_the_suffix_of_a_file(path: str, suffix: str) -> None:
    assert full_suffix(path) == suffix
