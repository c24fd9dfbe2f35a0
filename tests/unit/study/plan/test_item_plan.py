"""From an item to its steps: technique and show, subjects and files, references, context; mistakes in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from planned_study import figure, planned, slots, table, the_item, told

EIS = 'technique = "impedance"'
MICRO = 'microscopy = "raw/{sample}_*.tif"'
PICTURES = {"raw/P_1.tif": "", "raw/P_2.tif": "", "raw/Q_1.tif": ""}


def test_a_part_without_technique_and_show_has_the_only_one_and_its_first(tmp_path: Path) -> None:
    item = the_item(planned(tmp_path, figure()))
    assert [(part.technique, part.show) for part in item.spec.parts] == [("impedance", "nyquist")]
    item = the_item(planned(tmp_path, table()))
    assert [(part.technique, part.show) for part in item.spec.parts] == [("impedance", "parameters")]


def test_a_show_tells_the_technique_of_several(tmp_path: Path) -> None:
    raw = f'impedance = "raw/{{cell}}.txt"\n{MICRO}'
    item = the_item(planned(tmp_path, figure('show = "bode"'), raw=raw, files=PICTURES))
    assert [(part.technique, part.show) for part in item.spec.parts] == [("impedance", "bode")]


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (figure(), 'study.toml:4 (technique): technique is missing (hint: technique = "impedance")'),
        (
            figure('show = "nyquist"', 'cells = ["A1"]'),
            "several techniques have a show 'nyquist' (hint: technique = \"impedance\")",
        ),
        (figure('show = "no such"'), 'technique is missing (hint: technique = "impedance")'),
    ],
)
def test_a_technique_that_cannot_be_told_is_asked_for(tmp_path: Path, item: str, message: str) -> None:
    raw = 'impedance = "raw/{cell}.txt"\nionic_conductivity = "raw/{cell}.txt"'
    (problem,) = told(planned(tmp_path, item, raw=raw))
    assert message.rpartition("): ")[2] in problem
    assert problem.startswith("study.toml:")


@pytest.mark.parametrize(
    ("item", "what", "hint"),
    [
        (figure('technique = "impedence"'), "unknown technique 'impedence'", "did you mean 'impedance'"),
        (figure('technique = "eiss"'), "unknown technique 'eiss'", "did you mean 'eis'?"),
        (figure(EIS, 'show = "nyquest"'), "unknown show 'nyquest'", "did you mean 'nyquist'"),
        (
            figure(EIS, 'show = "arcs"'),
            "unknown show 'arcs'",
            "it is a table of impedance, not a figure",
        ),
        (
            table(EIS, 'show = "nyquist"'),
            "unknown show 'nyquist'",
            "it is a figure of impedance, not a table",
        ),
        (figure('technique = "raman"'), "[raw] has no files for raman", 'raman = "raw/..."'),
        (
            figure(EIS, 'samples = ["P"]', 'cells = ["A1"]'),
            "both samples and cells are given",
            "keep one of them",
        ),
        (figure(EIS, 'cells = ["A3"]'), "unknown cell 'A3'", "known: A1, A2, B1"),
        (figure(EIS, 'samples = ["PP"]'), "unknown sample 'PP'", "did you mean 'P'?"),
        (figure(EIS, "set = { circit = 1 }"), "unknown setting 'circit'", "did you mean 'circuit'?"),
    ],
)
def test_a_mistake_says_what_and_how_it_is_right(tmp_path: Path, item: str, what: str, hint: str) -> None:
    (problem,) = planned(tmp_path, item).problems
    assert problem.what == what
    assert problem.hint.startswith(hint)
    assert problem.where.startswith("study.toml:")


def test_lines_of_mistakes_are_those_of_what_is_wrong(tmp_path: Path) -> None:
    item = figure(EIS, 'show = "nyquist"', 'cells = ["A1", "A3"]', "[figure.set]", "circit = 1")
    places = [problem.where.partition(" ")[0] for problem in planned(tmp_path, item).problems]
    assert places == ["study.toml:7", "study.toml:9"]


def test_files_of_one_subject_are_analysed_together_where_the_technique_takes_several(tmp_path: Path) -> None:
    raw = 'impedance = "raw/{cell}_{cycle}.txt"'
    files = {"raw/A1_1.txt": "", "raw/A1_10.txt": "", "raw/A1_2.txt": "", "raw/A2_1.txt": ""}
    found = slots(planned(tmp_path, figure(EIS), raw=raw, files=files))
    assert [(slot.subject, slot.step.paths) for slot in found] == [
        ("A1", ("raw/A1_1.txt", "raw/A1_2.txt", "raw/A1_10.txt")),
        ("A2", ("raw/A2_1.txt",)),
    ]
    assert [file.tags for file in found[0].step.files] == [{"cycle": "1"}, {"cycle": "2"}, {"cycle": "10"}]


def test_each_file_is_a_step_of_its_own_where_the_technique_takes_one(tmp_path: Path) -> None:
    raw = 'microscopy = "raw/{sample}_{n}.tif"'
    found = slots(planned(tmp_path, figure('technique = "microscopy"'), raw=raw, files=PICTURES))
    assert [(slot.subject, slot.step.paths, slot.step.files[0].tags) for slot in found] == [
        ("P", ("raw/P_1.tif",), {"n": "1"}),
        ("P", ("raw/P_2.tif",), {"n": "2"}),
        ("Q", ("raw/Q_1.tif",), {"n": "1"}),
    ]


def test_a_step_knows_its_technique_version_settings_and_where_they_were_set(tmp_path: Path) -> None:
    found = slots(planned(tmp_path, figure(EIS, 'cells = ["A1"]', 'set = { circuit = "R0-p(R1,C1)" }')))
    (step,) = [slot.step for slot in found]
    assert step.technique == "impedance"
    assert step.version.isdigit()
    assert step.subject == "A1"
    assert step.values["circuit"] == "R0-p(R1,C1)"
    assert getattr(step.settings, "circuit") == "R0-p(R1,C1)"  # noqa: B009 - the settings of any technique
    assert step.layers["circuit"].startswith("study.toml:7")
    assert (step.columns, step.reader, step.context, step.references) == ({}, "", {}, {})


def test_a_column_map_and_a_reader_of_raw_go_to_the_step(tmp_path: Path) -> None:
    raw = (
        'impedance = { pattern = "raw/{cell}.txt", columns = { f = "frequency_hertz", a = "real_impedance_ohm", '
        'b = "imaginary_impedance_ohm" } }\n'
    )
    plan = planned(tmp_path, figure(EIS, 'cells = ["A1"]'), raw=raw)
    (slot,) = slots(plan)
    assert dict(slot.step.columns) == {
        "f": "frequency_hertz",
        "a": "real_impedance_ohm",
        "b": "imaginary_impedance_ohm",
    }
    raw = 'impedance = { pattern = "raw/{cell}.txt", reader = "zplot" }\n'
    (slot,) = slots(planned(tmp_path, figure(EIS, 'cells = ["A1"]'), raw=raw))
    assert slot.step.reader == "zplot"


def test_a_technique_reads_the_files_of_another_unless_it_has_its_own(tmp_path: Path) -> None:
    item = figure('technique = "ionic_conductivity"', 'cells = ["A1"]')
    (slot,) = slots(planned(tmp_path, item))
    assert slot.step.paths == ("raw/A1.txt",)
    raw = 'impedance = "raw/{cell}.txt"\nionic_conductivity = "own/{cell}.txt"'
    (slot,) = slots(planned(tmp_path, item, raw=raw, files={"own/A1.txt": ""}))
    assert slot.step.paths == ("own/A1.txt",)


def test_a_pattern_without_files_is_the_only_mistake_told(tmp_path: Path) -> None:
    (problem,) = told(planned(tmp_path, figure(EIS), raw='impedance = "raw/{cell}.z"'))
    assert "pattern 'raw/{cell}.z' matches no file" in problem


def test_mistakes_of_the_tables_hide_those_that_follow_from_them(tmp_path: Path) -> None:
    files = {"cells.csv": "cell,sample,sample\nA1,P,half\n"}
    (problem,) = told(planned(tmp_path, figure(EIS, 'cells = ["A2"]'), files=files))
    assert problem == "cells.csv:1: column 'sample' appears twice (hint: rename one)"


def test_panels_are_planned_each_for_itself(tmp_path: Path) -> None:
    item = figure(
        "[[figure.panels]]", EIS, 'cells = ["B1"]', "[[figure.panels]]", EIS, 'show = "bode"', 'samples = ["P"]'
    )
    found = the_item(planned(tmp_path, item))
    assert [[slot.subject for slot in part] for part in found.parts] == [["B1"], ["A1", "A2"]]
    assert [part.show for part in found.spec.parts] == ["nyquist", "bode"]
    assert [step.subject for step in found.steps] == ["B1", "A1", "A2"]


@pytest.mark.parametrize("beside", ['show = "nyquist"', 'samples = ["P"]', 'cells = ["A1"]', "set = { circuit = 1 }"])
def test_an_authors_own_picture_goes_with_nothing_else(tmp_path: Path, beside: str) -> None:
    files = {"own.png": "picture"}
    item = figure('image = "own.png"', beside)
    problems = planned(tmp_path, item, files=files).problems
    (problem,) = [p for p in problems if p.where.startswith("study.toml:6")]
    assert problem.what == f"{beside.partition(' ')[0]!r} and a file of your own are both given"
    assert problem.hint == "give each an entry or a panel of its own"


def test_an_authors_own_picture_that_is_missing_is_told(tmp_path: Path) -> None:
    problems = told(planned(tmp_path, figure('image = "owm.png"'), files={"own.png": "x"}))
    assert any("owm.png" in problem for problem in problems)
    plan = planned(tmp_path, figure('image = "own.png"'))
    item = the_item(plan)
    assert item.parts == ((),)
    assert item.spec.own_files == ("own.png",)


def test_own_curves_are_added_to_what_is_measured(tmp_path: Path) -> None:
    item = figure(EIS, 'cells = ["A1"]', 'curves = [{ file = "own.csv", x = "a", y = "b", label = "c" }]')
    plan = planned(tmp_path, item, files={"own.csv": "a,b\n1,2\n"})
    assert [slot.subject for part in plan.items[0].parts for slot in part] == ["A1"]


@pytest.mark.parametrize("technique", ["cycling", "voltammetry", "impedance"])
def test_a_prediction_of_a_figure_that_has_none_is_told(tmp_path: Path, technique: str) -> None:
    raw = f'{technique} = "raw/{{cell}}.txt"'
    item = figure(f'technique = "{technique}"', 'cells = ["A1"]', 'show = "{}"', 'predict = "card.toml"')
    shows = {"cycling": "rate", "voltammetry": "peaks", "impedance": "evolution"}
    problems = planned(tmp_path, item.format(shows[technique]), raw=raw, files={"card.toml": ""}).problems
    assert problems
    assert all(problem.where.startswith("study.toml:") for problem in problems)


def test_a_technique_without_predictions_is_told_which_have_one(tmp_path: Path) -> None:
    item = figure('technique = "raman"', 'predict = "card.toml"')
    plan = planned(tmp_path, item, raw='raman = "raw/{sample}.txt"', files={"raw/P.txt": "", "card.toml": ""})
    (problem,) = plan.problems
    assert (problem.what, problem.hint) == (
        "there is no prediction of raman",
        "figures of cycling, voltammetry, impedance have one",
    )
    assert problem.where.startswith("study.toml:6")


def test_a_table_carries_no_prediction_of_its_own(tmp_path: Path) -> None:
    item = table(EIS, 'show = "arcs"', 'predict = "card.toml"')
    (problem,) = planned(tmp_path, item, files={"card.toml": ""}).problems
    assert problem.what == "'arcs' of impedance carries no prediction"
    assert problem.hint == "leave out technique and show: the table then sets measured beside predicted"


@pytest.mark.parametrize(
    ("show", "hint"), [("evolution", "known: nyquist, nyquist data"), ("nyquist data", ""), ("nyquist", "")]
)
def test_shows_without_a_prediction_are_told_which_have_one(tmp_path: Path, show: str, hint: str) -> None:
    item = figure(EIS, f'show = "{show}"', 'predict = "card.toml"')
    problems = planned(tmp_path, item, files={"card.toml": ""}).problems
    told_so = [problem for problem in problems if problem.what == f"there is no prediction of {show!r}"]
    assert bool(told_so) is bool(hint)
    assert all(problem.hint.startswith(hint) for problem in told_so)
