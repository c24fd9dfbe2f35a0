"""Drafting: copies, standards, states after some cycles, captions; what is left over may be of no matter."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from halfcell.readers.diffraction import panalytical_xrdml
from halfcell.readers.impedance import zplot
from halfcell.study.draft.draft_study import draft_study
from halfcell.study.draft.drafted_study import FileGroup
from halfcell.study.draft.file_roles import with_cycles
from halfcell.techniques import diffraction, impedance


def _spectra(raw: Path, *names: str) -> None:
    raw.mkdir(exist_ok=True)
    for seed, name in enumerate(names):
        measurement = impedance.simulate(impedance.Parameters(), np.random.default_rng(seed))
        (raw / f"{name}.z").write_bytes(zplot.write(measurement))


def _study(folder: Path) -> dict:
    return tomllib.loads((folder / "study.toml").read_text("utf-8"))


def test_states_after_some_cycles_are_one_cell(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _spectra(raw, "A_EIS_cyc1", "A_EIS_cyc10", "A_EIS_cyc100", "B_EIS_cyc1", "B_EIS_cyc10", "fresh")
    made = draft_study(tmp_path / "study", raw)
    assert [(group.pattern, group.names, len(group.paths)) for group in made.groups] == [
        ("../raw/{cell}.z", ("fresh",), 1),
        ("../raw/{cell}_EIS_cyc{cycle}.z", ("A", "B"), 5),
    ]
    study = _study(tmp_path / "study")
    assert study["raw"] == {"eis": ["../raw/{cell}.z", "../raw/{cell}_EIS_cyc{cycle}.z"]}
    assert study["figure"][0]["cells"] == ["fresh", "A", "B"]
    assert made.doubts == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("A_10th_cycle", "A_20th_cycle"), {"{cell}_{cycle}th_cycle": ("A",)}),
        (("A-EIS-Cycle 5", "A-EIS-Cycle 50"), {"{cell}-EIS-Cycle {cycle}": ("A",)}),
        (("A_cyc1_25C", "A_cyc2_25C", "A_cyc1_60C"), {"{cell}": ("A_cyc1_60C",), "{cell}_cyc{cycle}_25C": ("A",)}),
        (("A_1", "A_2"), {"{cell}": ("A_1", "A_2")}),
        (("A_cyc1", "B_cyc2"), {"{cell}": ("A_cyc1", "B_cyc2")}),
        (("cyc1", "cyc2"), {"{cell}": ("cyc1", "cyc2")}),
        (("fancy1", "fancy2"), {"{cell}": ("fancy1", "fancy2")}),
    ],
)
def test_what_is_a_cycle_in_a_name(names: tuple[str, ...], expected: dict[str, tuple[str, ...]]) -> None:
    paths = tuple(f"raw/{name}.z" for name in names)
    group = FileGroup(technique="impedance", subject="cell", pattern="raw/{cell}.z", names=names, paths=paths)
    found = {one.pattern.removeprefix("raw/").removesuffix(".z"): one.names for one in with_cycles([group])}
    assert found == expected


def test_numbers_without_a_word_are_asked_about(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _spectra(raw, "A_EIS_01", "A_EIS_02", "B1", "B2")
    ((place, why),) = draft_study(tmp_path / "study", raw).doubts
    assert place == "../raw/{cell}.z"
    assert why == (
        "A_EIS_01, A_EIS_02 differ only in a number: states of one cell? "
        "then name it A and write ../raw/{cell}_EIS_{cycle}.z"
    )


def test_a_copy_is_no_cell_and_notes_are_no_failure(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    _spectra(raw, "A", "B")
    (raw / "A - Copy.z").write_bytes((raw / "A.z").read_bytes())
    (raw / "C.z").write_bytes((raw / "B.z").read_bytes())
    (raw / "notes.txt").write_text("bought new lithium today\n")
    made = draft_study(tmp_path / "study", raw)
    assert [group.names for group in made.groups] == [("A", "B", "C")]
    assert made.left[0] == ("../raw/A - Copy.z", "a copy: identical to ../raw/A.z")
    assert made.left[1][0] == "../raw/notes.txt"
    assert made.doubts == (("../raw/C.z", "identical to ../raw/B.z"),)
    assert made.complete
    (raw / "cut.z").write_bytes((raw / "A.z").read_bytes()[:90])
    assert not draft_study(tmp_path / "other", raw).complete


def test_a_standard_is_a_setting_and_captions_say_something(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for seed, name in enumerate(("LaB6_660c", "Si-5", "Si-10")):
        measurement = diffraction.simulate(diffraction.Parameters(), np.random.default_rng(seed))
        (raw / f"{name}.xrdml").write_bytes(panalytical_xrdml.write(measurement))
    made = draft_study(tmp_path / "study", raw)
    assert [group.names for group in made.groups] == [("Si-5", "Si-10")]
    text = (tmp_path / "study/study.toml").read_text("utf-8")
    assert '# [settings.xrd]\n# instrument = "../raw/LaB6_660c.xrdml"' in text
    study = _study(tmp_path / "study")
    assert study["figure"][0]["technique"] == "xrd"
    assert study["figure"][0]["caption"] == "X-ray diffraction patterns of Si-5 and Si-10."
    assert "LaB6" not in (tmp_path / "study/samples.csv").read_text("utf-8")
