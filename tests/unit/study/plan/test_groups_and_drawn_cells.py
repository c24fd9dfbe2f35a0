"""Which cells are replicates, and what a drawn cell takes from the table of cells."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.sample import Cell, CellKind
from halfcell.readers.impedance import zplot
from halfcell.study.files.item_spec import Part
from halfcell.study.files.own_content import OwnContent, StackLayer, StackSpec
from halfcell.study.files.study_files import StudyFiles, read_study_files
from halfcell.study.plan.drawn_cell import with_drawn_cell
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import plan_study
from halfcell.techniques import impedance


def _study(folder: Path, cells: str, item: str = "", more: str = "") -> StudyFiles:
    """A study with a spectrum of each cell of a table, and one figure of all."""
    (folder / "raw").mkdir(exist_ok=True)
    (folder / "cells.csv").write_text(cells)
    (folder / "samples.csv").write_text("sample,label\nP,Powder\n")
    content = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1)))
    for line in cells.splitlines()[1:]:
        name = line.split(",")[0]
        (folder / f"raw/{name}.z").write_bytes(content + name.encode())
    (folder / "study.toml").write_text(
        f'[raw]\neis = "raw/{{cell}}.z"\n{more}[[figure]]\nid = "S1"\ntechnique = "eis"\n{item}'
    )
    return read_study_files(folder / "study.toml")


def _groups(files: StudyFiles) -> dict[str, str]:
    (item,) = plan_study(files).items
    return {slot.subject: slot.group for part in item.parts for slot in part}


CELLS = "cell,sample,kind,group\nA,P,half,\nB,P,half,\nC,P,full,\nD,Q,half,\nE,,half,twins\nF,,half,twins\nG,,half,\n"


def test_cells_of_one_sample_and_kind_or_one_group_are_replicates(tmp_path: Path) -> None:
    """C is of another kind, D alone of its sample, G of none."""
    assert _groups(_study(tmp_path, CELLS)) == {
        "A": "Powder", "B": "Powder", "C": "", "D": "", "E": "twins", "F": "twins", "G": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "grouped"),
    [
        ('replicates = "single"\n', False),
        ('replicates = "mean"\n', True),
        ('cells = ["A", "B"]\n', False),
        ('cells = ["A", "B"]\nreplicates = "mean"\n', True),
    ],
)
def test_cells_that_are_named_stand_singly_unless_their_mean_is_asked_for(
    tmp_path: Path, item: str, grouped: bool
) -> None:
    found = _groups(_study(tmp_path, CELLS, item))
    assert (found["A"] == found["B"] == "Powder") is grouped
    assert grouped or set(found.values()) == {""}


def test_groups_of_one_sample_are_told_apart_by_their_kind(tmp_path: Path) -> None:
    cells = "cell,sample,kind\nA,P,half\nB,P,half\nC,P,full\nD,P,full\n"
    assert _groups(_study(tmp_path, cells)) == {
        "A": "Powder, half",
        "B": "Powder, half",
        "C": "Powder, full",
        "D": "Powder, full",
    }


def test_a_group_of_cells_of_two_kinds_is_a_mistake(tmp_path: Path) -> None:
    cells = "cell,sample,kind,group\nA,P,half,twins\nB,P,full,twins\n"
    problems = [str(problem) for problem in plan_study(_study(tmp_path, cells)).problems]
    assert any("the group 'twins' has cells of different kinds: half, full" in text for text in problems)
    assert any("cells.csv" in text for text in problems)


def _stack(**given: object) -> Part:
    return Part(technique="", own=OwnContent(stack=StackSpec(cell="A", **given)))  # type: ignore[arg-type]


def _drawn(cell: Cell, **given: object) -> StackSpec:
    part, problems = with_drawn_cell(_stack(**given), {"A": cell}, "study.toml: line 3")
    assert problems == ()
    assert part.own.stack is not None
    return part.own.stack


@pytest.mark.parametrize(
    ("kind", "layers"),
    [
        (CellKind.HALF, ["Li", "separator", "A", "Cu"]),
        (CellKind.CATHODE_HALF, ["Li", "separator", "A", "Al"]),
        (CellKind.FULL, ["Cu", "A", "separator", "cathode", "Al"]),
        (CellKind.ASSLB_HALF, ["Li-In", "solid electrolyte", "A"]),
        (CellKind.ASSLB, ["A", "solid electrolyte", "cathode"]),
    ],
)
def test_a_cell_has_the_usual_layers_of_its_kind_from_above(kind: CellKind, layers: list[str]) -> None:
    made = _drawn(Cell(name="A", kind=kind, thickness_um=45.0))
    assert [layer.name for layer in made.layers] == layers
    studied = next(layer for layer in made.layers if layer.name == "A")
    assert studied.thickness == "45 um"
    assert studied.role == ("cathode" if kind is CellKind.CATHODE_HALF else "anode")
    assert {layer.thickness for layer in made.layers if layer.name != "A"} == {""}


def test_what_the_table_says_is_taken_where_the_item_says_nothing() -> None:
    cell = Cell(name="A", kind=CellKind.HALF, diameter_mm=12.5, pressure_mpa=75.0)
    plain = _drawn(cell)
    assert (plain.diameter, plain.pressure) == ("12.5 mm", "75 MPa")
    own = (StackLayer(name="Cu", thickness="10 um"),)
    said = _drawn(cell, diameter="10 mm", pressure="5 MPa", layers=own)
    assert (said.diameter, said.pressure, said.layers) == ("10 mm", "5 MPa", own)
    bare = _drawn(Cell(name="A", kind=CellKind.HALF))
    assert (bare.diameter, bare.pressure) == ("", "")


def test_a_cell_that_is_not_in_the_table_or_has_no_kind_is_a_mistake() -> None:
    for cells, what, hint in (
        ({"Aa": Cell(name="Aa")}, "unknown cell 'A'", "Aa"),
        ({"A": Cell(name="A")}, "cell 'A' has no kind that tells its layers", "layers = "),
    ):
        part, (problem,) = with_drawn_cell(_stack(), cells, "study.toml: line 3")
        assert part == _stack()
        assert (problem.what, problem.where) == (what, "study.toml: line 3")
        assert hint in problem.hint


def test_a_part_that_draws_no_cell_stays_as_it_is() -> None:
    part = Part(technique="eis")
    assert with_drawn_cell(part, {}, "") == (part, ())


def _ids(files: StudyFiles) -> dict[str, str]:
    (item,) = identify(plan_study(files)).items
    return {slot.subject: slot.step.id for part in item.parts for slot in part}


TWO = "cell,sample,kind,area_cm2\nA,P,half,1.0\nB,P,half,1.0\n"


def test_a_step_is_another_one_by_its_settings_and_its_content_alone(tmp_path: Path) -> None:
    plain = _ids(_study(tmp_path, TWO, 'caption = "One."\n'))
    assert plain["A"] != plain["B"]
    assert _ids(_study(tmp_path, TWO, 'caption = "Other."\n')) == plain
    larger = _ids(_study(tmp_path, TWO.replace("A,P,half,1.0", "A,P,half,2.0")))
    assert larger["A"] != plain["A"]
    assert larger["B"] == plain["B"]
    with_item = _ids(_study(tmp_path, TWO, "set = { area_cm2 = 3.0 }\n"))
    assert set(with_item.values()).isdisjoint({*plain.values(), *larger.values()})
    files = _study(tmp_path, TWO)
    (tmp_path / "raw/B.z").write_bytes((tmp_path / "raw/B.z").read_bytes() + b"\n")
    assert _ids(files)["A"] == plain["A"]
    assert _ids(files)["B"] != plain["B"]


def test_settings_lie_over_each_other_default_sample_cell_study_item(tmp_path: Path) -> None:
    def area(cells: str, item: str = "", more: str = "") -> tuple[object, str]:
        (planned,) = plan_study(_study(tmp_path, cells, item, more)).items
        step = planned.steps[0]
        return step.values["area_cm2"], step.layers.get("area_cm2", "")

    assert area("cell,sample,kind\nA,P,half\n") == (None, "")
    assert area("cell,sample,kind,area_cm2\nA,P,half,1.0\n")[0] == 1.0
    assert "cells.csv" in area("cell,sample,kind,area_cm2\nA,P,half,1.0\n")[1]
    study = "[settings.impedance]\narea_cm2 = 2.0\n"
    assert area("cell,sample,kind,area_cm2\nA,P,half,1.0\n", "", study)[0] == 2.0
    found, where = area("cell,sample,kind,area_cm2\nA,P,half,1.0\n", "set = { area_cm2 = 3.0 }\n", study)
    assert found == 3.0
    assert "study.toml" in where


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("set = { area = 3.0 }\n", "area"),
        ('set = { area_cm2 = "wide" }\n', "area_cm2"),
        ('cells = ["Z"]\n', "'Z'"),
    ],
)
def test_mistakes_of_an_item_are_told_with_their_place(tmp_path: Path, item: str, words: str) -> None:
    problems = plan_study(_study(tmp_path, TWO, item)).problems
    assert any(words in str(problem) and "study.toml" in problem.where for problem in problems), problems


def test_copies_are_told(tmp_path: Path) -> None:
    files = _study(tmp_path, TWO)
    (tmp_path / "raw/B.z").write_bytes((tmp_path / "raw/A.z").read_bytes())
    (item,) = identify(plan_study(files)).items
    assert [copy.text for copy in item.copies] == [
        "raw/A.z has the same content as raw/B.z: a copying mistake?",
        "raw/B.z has the same content as raw/A.z: a copying mistake?",
    ]
