"""Techniques of another package: one that reads no file has the tables as its context; predictions by another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_packages import forget
from halfcell.core.sample import Cell, CellKind
from halfcell.study.files.item_spec import Part
from halfcell.study.files.own_content import OwnContent, StackSpec
from halfcell.study.plan.drawn_cell import with_drawn_cell
from halfcell.study.plan.identity import identify
from halfcell.study.plan.predicted_part import (
    as_prediction,
    is_predicting,
    predicting_part,
    predicting_technique,
)
from halfcell.techniques.load import load_technique
from planned_study import figure, planned, slots, written
from study_environment import PLUGIN

FILES = {
    "cells.csv": "cell,sample,kind,area_cm2\nA1,P,half,1.5\n",
    "samples.csv": "sample,label,Si_wt_percent,Sn_wt_percent\nP,Powder,90,10\nQ,,,\n",
}
DRAWING = 'technique = "drawing"'


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The made-up techniques of the studies' tests."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    forget()
    yield
    forget()


@pytest.mark.usefixtures("made")
def test_a_technique_without_files_has_what_the_tables_say_of_its_subject(tmp_path: Path) -> None:
    (slot,) = slots(planned(tmp_path, figure(DRAWING, 'cells = ["A1"]'), files=FILES))
    context = slot.step.context
    assert slot.step.files == ()
    assert (context["area_cm2"], context["kind"], context["sample"]) == (1.5, "half", "P")
    assert context["composition_wt_percent"] == {"Si": 90, "Sn": 10}
    (sample,) = slots(planned(tmp_path, figure(DRAWING, 'samples = ["Q"]'), files=FILES))
    assert (sample.step.context["name"], sample.step.context["label"]) == ("Q", "")
    assert "area_cm2" not in sample.step.context, "a sample is no cell"
    (first,) = slots(planned(tmp_path, figure(DRAWING, 'samples = ["P"]'), files=FILES))
    assert first.subject == "A1", "of a sample with cells the first cell is taken"


@pytest.mark.usefixtures("made")
def test_a_technique_without_files_and_subjects_has_one_nameless_step(tmp_path: Path) -> None:
    (slot,) = slots(planned(tmp_path, figure(DRAWING), files=FILES))
    assert (slot.label, slot.subject, slot.step.context) == ("", "", {})


@pytest.mark.usefixtures("made")
def test_the_tables_count_for_a_step_without_files(tmp_path: Path) -> None:
    item = figure(DRAWING, 'cells = ["A1"]')
    ids = []
    for area in ("1.5", "2.5"):
        cells = {"cells.csv": FILES["cells.csv"].replace("1.5", area)}
        (identified,) = identify(planned(tmp_path, item, files={**FILES, **cells})).items
        ids.append(identified.steps[0].id)
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("technique", "predicting"),
    [
        ("cycling", "prediction"),
        ("voltammetry", "predicted_response"),
        ("impedance", "predicted_response"),
        ("prediction", "prediction"),
        ("predicted_response", "predicted_response"),
        ("raman", "prediction"),
    ],
)
def test_each_measured_technique_has_one_that_predicts_it(technique: str, predicting: str) -> None:
    assert predicting_technique(technique) == predicting
    assert is_predicting(technique) is (technique == predicting)


@pytest.mark.parametrize(
    ("part", "kind", "technique"),
    [
        (Part(predict="c.toml"), "table", "prediction"),
        (Part(predict="c.toml"), "figure", ""),
        (Part(), "table", ""),
        (Part(predict="c.toml", technique="impedance"), "table", "impedance"),
        (Part(predict="c.toml", show="arcs"), "table", ""),
    ],
)
def test_a_table_of_a_prediction_alone_is_that_of_the_prediction(part: Part, kind, technique: str) -> None:
    assert as_prediction(part, kind).technique == technique


def test_a_prediction_has_its_card_and_the_settings_of_what_was_measured_that_it_knows(tmp_path: Path) -> None:
    study = "[settings.cycling]\nactive_mass_mg = 2.0\nretention_percent = 70\n[settings.raman]\nactive_mass_mg = 9.0\n"
    item = figure('technique = "cycling"')
    files = written(tmp_path, study + item, raw='cycling = "raw/{cell}.txt"', files={"card.toml": ""})
    part = Part(technique="cycling", show="rate", predict="card.toml", set={"kind": "half", "no_such": 1})
    technique = load_technique("prediction")
    made = predicting_part(files, part, technique)
    assert (made.technique, made.show) == ("prediction", "")
    known = {name for name in made.set if name != "card"}
    assert made.set["card"] == "card.toml"
    assert "no_such" not in known
    assert "retention_percent" not in known
    assert set(known) <= set(technique.settings.__dataclass_fields__)
    assert made.set.get("active_mass_mg", 2.0) == 2.0


ROLES = {
    CellKind.HALF: ["lithium", "separator", "anode", "collector"],
    CellKind.CATHODE_HALF: ["lithium", "separator", "cathode", "collector"],
    CellKind.FULL: ["collector", "anode", "separator", "cathode", "collector"],
    CellKind.ASSLB_HALF: ["lithium", "electrolyte", "anode"],
    CellKind.ASSLB: ["anode", "electrolyte", "cathode"],
}


@pytest.mark.parametrize("kind", ROLES)
def test_each_layer_of_a_drawn_cell_has_its_role(kind: CellKind) -> None:
    part = Part(technique="", own=OwnContent(stack=StackSpec(cell="A")))
    made, problems = with_drawn_cell(part, {"A": Cell(name="A", kind=kind)}, "")
    assert problems == ()
    assert made.own.stack is not None
    assert [layer.role for layer in made.own.stack.layers] == ROLES[kind]


def test_a_cell_of_a_kind_without_usual_layers_needs_its_own() -> None:
    part = Part(technique="", own=OwnContent(stack=StackSpec(cell="A")))
    other = next(kind for kind in CellKind if kind not in ROLES)
    _, (problem,) = with_drawn_cell(part, {"A": Cell(name="A", kind=other)}, "")
    assert problem.what == "cell 'A' has no kind that tells its layers"
