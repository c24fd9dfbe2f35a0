"""What makes a step or an item another one, and what does not: content for a step, what is shown for an item."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from halfcell.study.cache import declared_versions
from halfcell.study.cache.lock_file import LOCK_FILE, lock_text
from halfcell.study.plan import identity
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
from halfcell.study.plan.identity import identify
from halfcell.study.plan.item_plan import recipe_version
from halfcell.study.plan.study_plan import plan_study
from kept_study import step_entry
from planned_study import figure, planned, written

EIS = 'technique = "impedance"'
ONE = figure(EIS, 'cells = ["A1"]', 'caption = "One."')


def _identified(folder: Path, items: str = ONE, **given: object) -> IdentifiedPlan:
    plan = planned(folder, items, **given)
    assert plan.problems == ()
    return identify(plan)


def _item(folder: Path, items: str = ONE, **given: object) -> IdentifiedItem:
    (item,) = _identified(folder, items, **given).items
    return item


def _id(folder: Path, items: str = ONE, **given: object) -> str:
    (step,) = _item(folder, items, **given).steps
    return step.id


AREA = "cell,sample,kind,area_cm2\nA1,P,half,{}\n"
SAME: dict[str, dict[str, object]] = {
    "nothing": {},
    "caption": {"items": ONE.replace("One.", "Two.")},
    "id of the item": {"items": ONE.replace('"S1"', '"S9"')},
    "show": {"items": ONE + 'show = "bode"\n'},
    "label of the sample": {"files": {"samples.csv": "sample,label\nP,Other\nQ,\n"}},
    "another cell": {"files": {"cells.csv": "cell,sample,kind\nA1,P,half\nB1,Q,full\n"}},
    "the default, written": {"items": ONE + "set = { highest_hertz = inf }\n", "skip": True},
    "the name of the study": {"items": 'title = "x"\n' + ONE, "skip": True},
}
OTHER: dict[str, dict[str, object]] = {
    "content of the file": {"files": {"raw/A1.txt": "other"}},
    "a setting of the item": {"items": ONE + 'set = { circuit = "R0" }\n'},
    "a setting of the study": {"items": '[settings.eis]\ncircuit = "R0"\n' + ONE},
    "a value of the cell": {"files": {"cells.csv": AREA.format("1.0")}},
    "a reader": {"raw": 'impedance = { pattern = "raw/{cell}.txt", reader = "zplot" }'},
    "a word of the name": {"raw": 'impedance = "raw/{cell}.{state}"'},
    "another technique": {"items": ONE.replace('"impedance"', '"ionic_conductivity"')},
}


@pytest.mark.parametrize("change", [name for name, given in SAME.items() if "skip" not in given])
def test_a_step_stays_the_same_under(tmp_path: Path, change: str) -> None:
    assert _id(tmp_path, **SAME[change]) == _id(tmp_path / "plain")  # type: ignore[arg-type]


@pytest.mark.parametrize("change", OTHER)
def test_a_step_is_another_one_under(tmp_path: Path, change: str) -> None:
    assert _id(tmp_path, **OTHER[change]) != _id(tmp_path / "plain")  # type: ignore[arg-type]


def test_the_path_of_a_file_does_not_count_but_its_content_does(tmp_path: Path) -> None:
    moved = {"elsewhere/A1.txt": "raw/A1.txt"}
    assert _id(tmp_path, raw='impedance = "elsewhere/{cell}.txt"', files=moved) == _id(tmp_path / "plain")


def test_another_recipe_version_makes_another_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _id(tmp_path)
    monkeypatch.setattr("halfcell.study.plan.item_plan.recipe_version", lambda t: f"{recipe_version(t)}+")
    assert _id(tmp_path) != before


def test_another_version_of_the_reader_makes_another_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = 'impedance = { pattern = "raw/{cell}.txt", reader = "zplot" }'
    before = _id(tmp_path, raw=raw)
    real = declared_versions.declared_version
    monkeypatch.setattr(
        declared_versions,
        "declared_version",
        lambda name, kind="techniques": real(name, kind) + (kind == "readers") * "+",
    )
    assert _id(tmp_path, raw=raw) != before


def test_columns_that_are_read_otherwise_make_another_step(tmp_path: Path) -> None:
    text = 'impedance = {{ pattern = "raw/{{cell}}.txt", columns = {{ f = "frequency_hertz", a = "{}", b = "{}" }} }}'
    names = ("real_impedance_ohm", "imaginary_impedance_ohm")
    one, two = (_item(tmp_path, raw=text.format(*order)).steps[0] for order in (names, names[::-1]))
    assert one.id != two.id
    assert one.files[0].reader.startswith("columns ")
    assert dict(one.columns)["a"] == "real_impedance_ohm"


def test_a_file_that_a_setting_names_counts_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    def step(name: str, text: str) -> str:
        item = figure('technique = "microscopy"', f'set = {{ inset_picture = "raw/{name}" }}')
        files = {"raw/P.tif": "picture", f"raw/{name}": text}
        return _id(tmp_path, item, raw='microscopy = "raw/{sample}.tif"', files=files)

    assert step("a.png", "one") == step("b.png", "one") != step("a.png", "two")


def test_the_text_beside_a_picture_counts(tmp_path: Path) -> None:
    def step(text: str | None) -> str:
        files = {"raw/P.tif": "picture", "raw/P.txt": text}
        return _id(tmp_path, figure('technique = "microscopy"'), raw='microscopy = "raw/{sample}.tif"', files=files)

    assert len({step(None), step("scale 1"), step("scale 2")}) == 3


def test_a_step_keeps_what_its_analysis_needs(tmp_path: Path) -> None:
    plan = planned(tmp_path, ONE + 'set = { circuit = "R0" }\n')
    (before,), (after,) = plan.items[0].steps, identify(plan).items[0].steps
    for name in ("technique", "version", "subject", "settings", "values", "layers", "columns", "context"):
        assert getattr(after, name) == getattr(before, name), name
    assert [file.path for file in after.files] == ["raw/A1.txt"]
    assert after.files[0].reader == "", "no reader knows this text"
    assert after.references == {}


BODIES: dict[str, tuple[str, bool, bool]] = {
    "caption": (ONE.replace("One.", "Two."), True, False),
    "no caption": (ONE.replace('caption = "One."', ""), False, False),
    "width": (ONE + "width_mm = 80\n", False, False),
    "show": (ONE + 'show = "bode"\n', False, False),
    "title": (ONE.replace("[[figure]]", "\n\n[[figure]]"), True, True),
}


@pytest.mark.parametrize("change", BODIES)
def test_the_body_of_an_item_is_all_but_its_caption(tmp_path: Path, change: str) -> None:
    items, body, key = BODIES[change]
    one, two = _item(tmp_path), _item(tmp_path, items)
    assert ((one.body == two.body), (one.key == two.key)) == (body, key)


CHANGES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "version of halfcell": lambda patch: patch.setattr(identity, "__version__", "0"),
    "code that draws": lambda patch: patch.setattr(identity, "item_code", lambda _: "0"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_program_counts_for_items_and_not_for_steps(
    tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _item(tmp_path)
    CHANGES[change](monkeypatch)
    after = _item(tmp_path)
    assert after.body != before.body
    assert after.key != before.key
    assert [step.id for step in after.steps] == [step.id for step in before.steps]


def test_labels_and_groups_count_for_items(tmp_path: Path) -> None:
    two = figure(EIS, 'samples = ["P"]')
    plain = _item(tmp_path, two)
    label = _item(tmp_path, two, files={"samples.csv": "sample,label\nP,Other\nQ,\n"})
    single = _item(tmp_path, two + 'replicates = "single"\n')
    assert [slot.group for part in plain.parts for slot in part] == ["Powder", "Powder"]
    assert [slot.group for part in single.parts for slot in part] == ["", ""]
    assert len({plain.body, label.body, single.body}) == 3
    assert {step.id for step in plain.steps} == {step.id for step in single.steps} == {step.id for step in label.steps}


def test_an_authors_own_file_counts_by_its_content(tmp_path: Path) -> None:
    item = figure('image = "own.png"')
    one = _item(tmp_path, item, files={"own.png": "one"})
    two = _item(tmp_path, item, files={"own.png": "two"})
    assert [(file.path, file.reader) for file in one.own] == [("own.png", "own file")]
    assert one.own[0].sha256 != two.own[0].sha256
    assert one.body != two.body


def test_steps_that_two_panels_share_are_one(tmp_path: Path) -> None:
    item = figure(
        "[[figure.panels]]", EIS, 'cells = ["A1"]', "[[figure.panels]]", EIS, 'show = "bode"', 'cells = ["A1"]'
    )
    found = _item(tmp_path, item)
    assert len(found.steps) == 1
    assert [[slot.step.id for slot in part] for part in found.parts] == [[found.steps[0].id], [found.steps[0].id]]


def test_copies_of_another_subjects_file_are_told_in_each_item(tmp_path: Path) -> None:
    files = {"raw/A2.txt": "same", "raw/B1.txt": "same", "raw/A1.txt": "other"}
    items = figure(EIS, 'replicates = "single"') + figure(EIS, 'cells = ["A1"]', id="S2")
    items += figure(EIS, 'cells = ["A2"]', id="S3")
    all_of, alone, one = _identified(tmp_path, items, files=files).items
    assert [(copy.label, copy.text) for copy in all_of.copies] == [
        ("Powder (A2)", "raw/A2.txt has the same content as raw/B1.txt: a copying mistake?"),
        ("Q", "raw/B1.txt has the same content as raw/A2.txt: a copying mistake?"),
    ]
    assert alone.copies == ()
    assert [copy.text for copy in one.copies] == ["raw/A2.txt has the same content as raw/B1.txt: a copying mistake?"]
    (before, *_) = _identified(tmp_path, items, files={"raw/A2.txt": "different", "raw/A1.txt": "other"}).items
    assert before.copies == ()


def test_the_same_file_in_two_items_of_one_subject_is_no_copy(tmp_path: Path) -> None:
    items = figure(EIS, 'cells = ["A1"]') + figure(EIS, 'cells = ["A1"]', 'show = "bode"', id="S2")
    assert [item.copies for item in _identified(tmp_path, items).items] == [(), ()]


def test_a_subject_that_vanished_changes_the_item_and_not_its_steps(tmp_path: Path) -> None:
    """Shown in the last run, still in the table, and its file is gone."""
    items = figure(EIS, 'replicates = "single"')
    files = written(tmp_path, items, files={"raw/B1.txt": None})
    steps = {
        "1": step_entry(technique="impedance", subject="A1", sources={"raw/A1.txt": "1"}),
        "2": step_entry(technique="impedance", subject="B1", sources={"raw/B1.txt": "2"}),
        "3": step_entry(technique="impedance", subject="Z9", sources={"raw/Z9.txt": "3"}),
    }
    (plain,) = identify(plan_study(files)).items
    entry = {"key": "k", "steps": ["1", "2", "3", "4"], "name": "Fig. S1", "outputs": {}}
    lock = lock_text({"format": 2, "steps": steps, "items": {"figure S1": entry}})  # type: ignore[typeddict-item]
    (tmp_path / LOCK_FILE).write_text(lock)
    (item,) = identify(plan_study(files)).items
    (gone,) = item.vanished
    assert dataclasses.asdict(gone) == {
        "technique": "impedance",
        "subject": "B1",
        "path": "raw/B1.txt",
        "label": "Q",
        "text": "cell 'B1' (in cells.csv) has no file for pattern 'raw/{cell}.txt': in the last run it was raw/B1.txt",
    }
    assert item.body != plain.body
    assert [step.id for step in item.steps] == [step.id for step in plain.steps]
