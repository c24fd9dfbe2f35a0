"""Which subjects an item shows, in which order, under which labels, with which files; what is wrong with its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.study.cache.lock_file import LOCK_FILE, lock_text
from kept_study import step_entry
from planned_study import figure, planned, slots

EIS = 'technique = "impedance"'
STATES = 'impedance = "raw/{cell}_{state}.txt"'


def _shown(folder: Path, item: str, **given: object) -> list[tuple[str, str]]:
    return [(slot.label, slot.subject) for slot in slots(planned(folder, item, **given))]


def test_all_subjects_with_files_are_shown_in_the_order_of_the_tables(tmp_path: Path) -> None:
    files = {"cells.csv": "cell,sample,kind\nB1,Q,half\nA2,P,half\nA1,P,half\nC1,P,half\n"}
    assert [name for _, name in _shown(tmp_path, figure(EIS), files=files)] == ["B1", "A2", "A1"]


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ('cells = ["B1", "A1"]', ["B1", "A1"]),
        ('cells = ["A1", "A1"]', ["A1"]),
        ('samples = ["Q", "P"]', ["B1", "A1", "A2"]),
        ('samples = ["P"]', ["A1", "A2"]),
        ("cells = []", []),
    ],
)
def test_named_subjects_are_shown_in_the_order_of_their_names(tmp_path: Path, words: str, subjects: list[str]) -> None:
    assert [name for _, name in _shown(tmp_path, figure(EIS, words))] == subjects


def test_a_label_is_that_of_the_cell_or_of_its_sample_and_names_tell_equal_ones_apart(tmp_path: Path) -> None:
    cells = "cell,sample,kind,label\nA1,P,half,\nA2,P,half,\nB1,Q,half,Own label\nD1,,half,\n"
    raw = {"raw/D1.txt": ""}
    assert _shown(tmp_path, figure(EIS), files={"cells.csv": cells, **raw}) == [
        ("Powder (A1)", "A1"),
        ("Powder (A2)", "A2"),
        ("Own label", "B1"),
        ("D1", "D1"),
    ]
    assert _shown(tmp_path, figure(EIS, 'cells = ["A1"]'), files={"cells.csv": cells}) == [("Powder", "A1")]


def test_samples_have_files_of_their_own_beside_those_of_their_cells(tmp_path: Path) -> None:
    raw = 'impedance = ["raw/{cell}.txt", "pellets/{sample}.txt"]'
    files = {"pellets/P.txt": "", "pellets/Q.txt": ""}
    shown = _shown(tmp_path, figure(EIS, 'samples = ["P"]'), raw=raw, files=files)
    assert [name for _, name in shown] == ["A1", "A2", "P"]
    assert [name for _, name in _shown(tmp_path, figure(EIS), raw=raw, files=files)] == ["P", "Q", "A1", "A2", "B1"]


@pytest.mark.parametrize(
    ("raw", "item", "what", "hint"),
    [
        (
            'impedance = "raw/{cell}.txt"',
            'cells = ["C1"]',
            "cell 'C1' has no impedance file",
            "looked for raw/{cell}.txt",
        ),
        (
            'impedance = ["raw/{cell}.txt", "more/{cell}.z"]',
            'cells = ["C1"]',
            "cell 'C1' has no impedance file",
            "looked for raw/{cell}.txt and more/{cell}.z",
        ),
        (
            'impedance = "raw/{cell}.txt"',
            'samples = ["R"]',
            "sample 'R' has no impedance file",
            "no row of the table of cells has the sample 'R'",
        ),
        (
            'impedance = "raw/{cell}.txt"',
            'samples = ["S"]',
            "sample 'S' has no impedance file",
            "looked for raw/{cell}.txt",
        ),
        (
            'impedance = "pellets/{sample}.txt"',
            'cells = ["A1"]',
            "cell 'A1' has no impedance file",
            "the files are named by sample: use samples = [...]",
        ),
        (
            'impedance = "pellets/{sample}.txt"',
            'samples = ["R"]',
            "sample 'R' has no impedance file",
            "looked for pellets/{sample}.txt",
        ),
    ],
)
def test_a_subject_without_files_is_told_where_they_were_looked_for(
    tmp_path: Path, raw: str, item: str, what: str, hint: str
) -> None:
    files = {
        "cells.csv": "cell,sample,kind\nA1,P,half\nA2,P,half\nC1,S,half\n",
        "samples.csv": "sample\nP\nQ\nR\nS\n",
        "pellets/P.txt": "",
        "more/A2.z": "",
    }
    (problem,) = planned(tmp_path, figure(EIS, item), raw=raw, files=files).problems
    assert (problem.what, problem.hint) == (what, hint)
    assert problem.where.startswith("study.toml:6")


@pytest.mark.parametrize(
    ("item", "found"), [('cells = ["C1"]', True), ('samples = ["S"]', True), ('cells = ["D1"]', False)]
)
def test_the_file_of_the_last_run_is_named(tmp_path: Path, item: str, found: bool) -> None:
    steps = {"1": step_entry(technique="impedance", subject="C1", sources={"raw/old_C1.txt": "1"})}
    files = {
        "cells.csv": "cell,sample,kind\nA1,P,half\nC1,S,half\nD1,T,half\n",
        "samples.csv": "sample\nP\nS\nT\n",
        LOCK_FILE: lock_text({"format": 2, "steps": steps}),  # type: ignore[typeddict-item]
    }
    (problem,) = planned(tmp_path, figure(EIS, item), files=files).problems
    assert (problem.hint == "in the last run it was raw/old_C1.txt") is found


@pytest.mark.parametrize("word", ["samples", "cells"])
def test_an_unknown_subject_is_told_with_the_line_of_its_name(tmp_path: Path, word: str) -> None:
    item = figure(EIS, f"{word} = [", '"P1",', '"P1x"', "]")
    problems = planned(tmp_path, item).problems
    kind = word.removesuffix("s")
    assert [(p.what, p.where.partition(" ")[0]) for p in problems] == [
        (f"unknown {kind} 'P1'", "study.toml:7"),
        (f"unknown {kind} 'P1x'", "study.toml:8"),
    ]


def test_a_sample_that_only_cells_or_files_name_is_known(tmp_path: Path) -> None:
    files = {"samples.csv": None}
    assert [name for _, name in _shown(tmp_path, figure(EIS, 'samples = ["P"]'), files=files)] == ["A1", "A2"]
    assert _shown(tmp_path, figure(EIS, 'cells = ["B1"]'), files=files) == [("Q", "B1")]


def test_selected_words_choose_files_in_their_order(tmp_path: Path) -> None:
    files = {f"raw/A1_{state}.txt": "" for state in ("0.01_V", "1_V", "fresh", "010")}
    found = slots(planned(tmp_path, figure(EIS, 'select = { state = ["fresh", "0.01 V"] }'), raw=STATES, files=files))
    assert [slot.step.paths for slot in found] == [("raw/A1_fresh.txt", "raw/A1_0.01_V.txt")]
    found = slots(planned(tmp_path, figure(EIS, 'select = { state = "10" }'), raw=STATES, files=files))
    assert [slot.step.paths for slot in found] == [("raw/A1_010.txt",)]


def test_a_subject_without_a_selected_file_is_not_shown(tmp_path: Path) -> None:
    files = {"raw/A1_fresh.txt": "", "raw/A2_aged.txt": "", "raw/B1_fresh.txt": ""}
    item = figure(EIS, 'select = { state = "fresh" }')
    assert [name for _, name in _shown(tmp_path, item, raw=STATES, files=files)] == ["A1", "B1"]


@pytest.mark.parametrize(
    ("words", "what", "hint"),
    [
        ('state = "frech"', "no file with state 'frech'", "did you mean 'fresh'?"),
        ('state = ["fresh", "1"]', "no file with state '1'", "known: aged, fresh"),
        ('cycle = "1"', "the file names have no {cycle}", "known: state"),
        ('stat = "fresh"', "the file names have no {stat}", "did you mean 'state'?"),
        ('state = "-5"', "no file with state '-5'", "known: aged, fresh"),
    ],
)
def test_a_word_that_no_file_has_is_a_mistake(tmp_path: Path, words: str, what: str, hint: str) -> None:
    files = {"raw/A1_fresh.txt": "", "raw/A2_aged.txt": ""}
    plan = planned(tmp_path, figure(EIS, f"select = {{ {words} }}"), raw=STATES, files=files)
    (problem,) = plan.problems
    assert problem.what == what
    assert problem.hint in {hint, "known: fresh, aged"}
    assert problem.where.startswith("study.toml:6")


def test_two_words_are_both_selected(tmp_path: Path) -> None:
    raw = 'impedance = "raw/{cell}_{state}_{cycle}.txt"'
    files = {f"raw/A1_{state}_{cycle}.txt": "" for state in ("a", "b") for cycle in ("1", "2")}
    item = figure(EIS, 'select = { state = ["b", "a"], cycle = "2" }')
    (slot,) = slots(planned(tmp_path, item, raw=raw, files=files))
    assert slot.step.paths == ("raw/A1_b_2.txt", "raw/A1_a_2.txt")
