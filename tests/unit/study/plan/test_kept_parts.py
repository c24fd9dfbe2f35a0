"""Which plans are kept, when a kept plan is not used, and what is stored of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.plugins import plugins
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.stored_value import StoredValue
from halfcell.study.plan import kept_plan as kept_plans
from halfcell.study.plan.kept_plan import KeptPlan, keep_plan, kept_plan
from halfcell.study.plan.planned_item import PlannedItem
from halfcell.study.plan.study_plan import plan_study
from planned_study import figure, written

EIS = 'technique = "impedance"'
ITEM = figure(EIS, 'cells = ["A1"]', 'caption = "One."', 'title = "T"')


def _kept(folder: Path, items: str = ITEM, **given: object) -> tuple[KeptPlan, list[PlannedItem | None]]:
    """Plan and keep a study; what is kept of it, and the plan of each item from that."""
    files = written(folder, items, **given)  # type: ignore[arg-type]
    plan = plan_study(files)
    assert plan.problems == ()
    keep_plan(files, kept_plan(files), plan.items)
    found = kept_plan(files)
    return found, [found.item(files, spec) for spec in files.file.items]


def test_nothing_is_kept_of_a_study_that_was_not_planned(tmp_path: Path) -> None:
    found = kept_plan(written(tmp_path, ITEM))
    assert found.items == {}
    assert not found.is_of_this_study
    assert len(found.base) == 64


def test_a_kept_item_is_the_planned_one_with_its_settings_as_a_text(tmp_path: Path) -> None:
    found, (item,) = _kept(tmp_path)
    assert found.is_of_this_study
    (plain,) = plan_study(written(tmp_path, ITEM)).items
    assert item is not None
    assert item.spec == plain.spec
    (slot,), (other,) = item.parts[0], plain.parts[0]
    assert isinstance(slot.step.settings, StoredValue)
    assert (slot.label, slot.subject, slot.group) == (other.label, other.subject, other.group)
    assert (slot.step.values, slot.step.files) == (other.step.values, other.step.files)


def test_nothing_is_kept_or_used_of_a_study_with_mistakes(tmp_path: Path) -> None:
    _kept(tmp_path)
    wrong = written(tmp_path, ITEM + "colour = 1\n")
    assert wrong.problems
    found = kept_plan(wrong)
    assert (found.base, found.items) == ("", {})
    before = (tmp_path / FOLDER / "shown" / "plan.shown").read_bytes()
    keep_plan(wrong, found, ())
    assert (tmp_path / FOLDER / "shown" / "plan.shown").read_bytes() == before


LOOKS = {
    "caption": ITEM.replace("One.", "Two."),
    "width": ITEM + "width_mm = 80\n",
}
ASKED = {
    "id": ITEM.replace('"S1"', '"S2"'),
    "show": ITEM + 'show = "bode"\n',
    "cells": ITEM.replace('"A1"', '"A2"'),
    "setting": ITEM + 'set = { circuit = "R0" }\n',
    "replicates": ITEM + 'replicates = "mean"\n',
}


@pytest.mark.parametrize("change", LOOKS)
def test_a_look_needs_no_new_plan_and_is_the_new_one(tmp_path: Path, change: str) -> None:
    _kept(tmp_path)
    files = written(tmp_path, LOOKS[change])
    (spec,) = files.file.items
    item = kept_plan(files).item(files, spec)
    assert item is not None
    assert item.spec == plan_study(files).items[0].spec


@pytest.mark.parametrize("change", ASKED)
def test_what_is_asked_for_needs_a_new_plan(tmp_path: Path, change: str) -> None:
    _kept(tmp_path)
    files = written(tmp_path, ASKED[change])
    (spec,) = files.file.items
    assert kept_plan(files).item(files, spec) is None


BASES: dict[str, dict[str, object]] = {
    "a table": {"files": {"cells.csv": "cell,sample,kind\nA1,P,full\nA2,P,half\nB1,Q,half\n"}},
    "a raw file more": {"files": {"raw/C1.txt": ""}},
    "a pattern": {"raw": 'impedance = "raw/{cell}.*"'},
    "a setting of the study": {"items": '[settings.eis]\ncircuit = "R0"\n' + ITEM},
}


@pytest.mark.parametrize("change", BASES)
def test_what_planning_reads_makes_all_plans_anew(tmp_path: Path, change: str) -> None:
    before, _ = _kept(tmp_path)
    given = {"items": ITEM, **BASES[change]}
    found = kept_plan(written(tmp_path, given.pop("items"), **given))  # type: ignore[arg-type]
    assert found.items == {}
    assert found.base != before.base


@pytest.mark.parametrize("name", ["__version__", "code_stamp", "installed_version", "content_hash"])
def test_another_program_makes_all_plans_anew(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = _kept(tmp_path)
    monkeypatch.setattr(kept_plans, name, "0" if name == "__version__" else lambda *_: "0")
    assert kept_plan(written(tmp_path, ITEM)).base != before.base


def test_the_line_of_a_setting_of_the_study_counts(tmp_path: Path) -> None:
    """It is told with the number, and a plan says it."""
    study = '[settings.eis]\ncircuit = "R0"\n'
    before, _ = _kept(tmp_path, study + ITEM)
    assert kept_plan(written(tmp_path, "\n" + study + ITEM)).base != before.base
    assert kept_plan(written(tmp_path, study + "\n" + ITEM)).base == before.base


def test_a_plan_whose_file_of_a_setting_is_gone_is_not_used(tmp_path: Path) -> None:
    raw = 'microscopy = "raw/{sample}.tif"'
    item = figure('technique = "microscopy"', 'set = { inset_picture = "more/inset.png" }')
    files = {"raw/P.tif": "", "more/inset.png": ""}
    _, (found,) = _kept(tmp_path, item, raw=raw, files=files)
    assert found is not None
    (tmp_path / "more/inset.png").unlink()
    study = written(tmp_path, item, raw=raw, files={"raw/P.tif": ""})
    assert kept_plan(study).item(study, study.file.items[0]) is None


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        (figure('image = "own.png"'), False),
        (figure(EIS, 'cells = ["A1"]', 'curves = [{ file = "own.csv", x = "a", y = "b", label = "c" }]'), False),
        (figure(EIS, 'cells = ["A1"]'), True),
    ],
)
def test_items_with_files_of_their_author_are_planned_each_time(tmp_path: Path, item: str, kept: bool) -> None:
    files = written(tmp_path, item, files={"own.png": "x", "own.csv": "a,b\n1,2\n"})
    plan = plan_study(files)
    keep_plan(files, kept_plan(files), plan.items)
    assert bool(kept_plan(files).items) is kept
    assert plugins("techniques")["impedance"].is_foreign is False


def test_a_plan_that_is_the_kept_one_is_not_written_again(tmp_path: Path) -> None:
    found, items = _kept(tmp_path)
    place = tmp_path / FOLDER / "shown" / "plan.shown"
    place.write_bytes(b"")
    files = written(tmp_path, ITEM)
    keep_plan(files, found, [item for item in items if item])
    assert place.read_bytes() == b""
    two = written(tmp_path, ITEM + figure(EIS, 'cells = ["A2"]', id="S2"))
    keep_plan(two, found, plan_study(two).items)
    assert len(kept_plan(two).items) == 2


def test_items_that_are_no_longer_there_are_forgotten(tmp_path: Path) -> None:
    both = ITEM + figure(EIS, 'cells = ["A2"]', id="S2")
    found, _ = _kept(tmp_path, both)
    assert len(found.items) == 2
    one = written(tmp_path, ITEM)
    keep_plan(one, kept_plan(one), plan_study(one).items)
    assert len(kept_plan(one).items) == 1
