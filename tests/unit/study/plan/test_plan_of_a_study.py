"""The plan of a study as a whole: mistakes once and in order, files that nothing uses, what a checked plan says."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.errors import StudyError
from halfcell.study.cache.lock_file import LOCK_FILE, lock_text
from halfcell.study.plan.study_plan import UnmatchedFile, checked_plan
from kept_study import step_entry
from planned_study import figure, planned, table, told, written

EIS = 'technique = "impedance"'


def test_a_study_without_items_is_a_mistake(tmp_path: Path) -> None:
    (problem,) = planned(tmp_path, "").problems
    assert problem.what == "the study has no figures and no tables"
    assert problem.where == "study.toml"
    assert problem.hint == "add [[figure]] or [[table]] with id, technique and show"


def test_a_study_without_items_and_with_another_mistake_tells_that_one(tmp_path: Path) -> None:
    (problem,) = told(planned(tmp_path, "", raw='impedence = "raw/{cell}.txt"'))
    assert "unknown technique 'impedence'" in problem


def test_the_same_mistake_is_told_once(tmp_path: Path) -> None:
    plan = planned(tmp_path, figure(EIS, "[figure.set]", "circit = 1"))
    assert len(plan.problems) == 1
    wrong = "[settings.impedance]\ncircit = 1\n"
    two = wrong + figure(EIS, id="S1") + figure(EIS, id="S2")
    assert len(planned(tmp_path, two).problems) == 1


def test_mistakes_stand_line_by_line_tables_last(tmp_path: Path) -> None:
    items = "".join(figure(EIS, f'cells = ["X{n}"]', id=f"S{n}") for n in range(1, 5))
    files = {"cells.csv": "cell,sample,kind,area_cm2\nA1,P,half,-1\nA2,P,half,1\nB1,Q,half,1\n"}
    places = [problem.where.partition(" ")[0] for problem in planned(tmp_path, items, files=files).problems]
    assert places == ["study.toml:6", "study.toml:10", "study.toml:14", "study.toml:18", "cells.csv:2"]


def test_a_mixed_group_is_told_with_the_cell_that_is_other(tmp_path: Path) -> None:
    cells = "cell,sample,kind,group\nA1,P,half,g\nA2,P,half,g\nB1,P,full,g\nC1,P,,h\nC2,P,half,h\nD1,P,full,\n"
    problems = planned(tmp_path, figure(EIS), files={"cells.csv": cells}).problems
    assert [(p.what, p.where, p.hint) for p in problems] == [
        (
            "the group 'g' has cells of different kinds: half, full",
            "cells.csv:4 (group)",
            "cells of one group are averaged; give each kind a group of its own",
        ),
        (
            "the group 'h' has cells of different kinds: no kind, half",
            "cells.csv:6 (group)",
            "cells of one group are averaged; give each kind a group of its own",
        ),
    ]


def test_files_that_nothing_uses_are_told_with_the_reason(tmp_path: Path) -> None:
    files = {"raw/Z9.txt": "", "raw/Z10.txt": ""}
    plan = planned(tmp_path, figure(EIS), files=files)
    assert [one.path for one in plan.unmatched] == ["raw/Z10.txt", "raw/Z9.txt"]
    assert plan.unmatched[1].why == "cell 'Z9' is not in the table of cells"
    assert str(UnmatchedFile("raw/a", "because")) == "raw/a: because"


def test_a_file_that_a_setting_names_or_that_belongs_to_a_picture_is_used(tmp_path: Path) -> None:
    raw = 'microscopy = "raw/{sample}_*.tif"'
    files = {"raw/P_1.tif": "", "raw/P_1.txt": "scale", "raw/P_2.txt": "of no picture", "raw/inset.png": ""}
    item = figure('technique = "microscopy"', 'set = { inset_picture = "raw/inset.png" }')
    plan = planned(tmp_path, item, raw=raw, files=files)
    assert plan.problems == ()
    assert "raw/P_2.txt" in [one.path for one in plan.unmatched]
    assert not {"raw/P_1.txt", "raw/inset.png", "raw/P_1.tif"} & {one.path for one in plan.unmatched}


def test_a_pattern_without_files_names_the_file_of_the_last_run(tmp_path: Path) -> None:
    steps = {"1": step_entry(technique="impedance", subject="A1", sources={"old/A1.z": "1", "older/A1.txt": "2"})}
    lock = {LOCK_FILE: lock_text({"format": 2, "steps": steps})}  # type: ignore[typeddict-item]
    raw = 'impedance = ["raw/{cell}.txt", "old/{cell}.z"]'
    (problem,) = planned(tmp_path, figure(EIS), raw=raw, files=lock).problems
    assert problem.what == "pattern 'old/{cell}.z' matches no file"
    assert problem.hint.startswith("it was old/A1.z in the last run; ")
    (plain,) = planned(tmp_path, figure(EIS), raw=raw, files={LOCK_FILE: ""}).problems
    assert problem.hint.endswith(plain.hint)
    assert problem.where == plain.where


@pytest.mark.parametrize(
    ("items", "count"),
    [(figure(EIS, "width_mm = 1000"), "1 mistake"), (figure(EIS, "width_mm = 1000", 'cells = ["X"]'), "2 mistakes")],
)
def test_a_study_with_mistakes_is_not_run(tmp_path: Path, items: str, count: str) -> None:
    written(tmp_path, items)
    with pytest.raises(StudyError, match=f"^study.toml: {count} in the study; nothing was run") as caught:
        checked_plan(tmp_path / "study.toml")
    assert caught.value.hint == "halfcell check lists them"
    assert len(caught.value.problems) == int(count[0])


def test_items_are_planned_in_the_order_of_the_file(tmp_path: Path) -> None:
    written(tmp_path, table(EIS, id="S2") + figure(EIS, id="S1") + table(EIS, id="S1"))
    plan = checked_plan(tmp_path / "study.toml")
    assert sorted(item.spec.key for item in plan.items) == ["figure S1", "table S1", "table S2"]
    assert [item.spec.key for item in plan.items] == [spec.key for spec in plan.files.file.items]


def test_settings_of_a_technique_are_checked_though_no_item_uses_them(tmp_path: Path) -> None:
    items = "[settings.raman]\nno_such = 1\n[settings.ramen]\nx = 1\n" + figure(EIS)
    problems = planned(tmp_path, items).problems
    assert [(p.what, p.where.partition(" ")[0]) for p in problems] == [
        ("unknown setting 'no_such'", "study.toml:4"),
        ("unknown technique 'ramen'", "study.toml:5"),
    ]
    assert "raman" in problems[1].hint
