"""Settings of a step from every layer, with the place of each; what is wrong with one is told there."""

from __future__ import annotations

from pathlib import Path

import pytest

from planned_study import figure, planned, slots, told

EIS = 'technique = "impedance"'
MICRO = 'microscopy = "raw/{sample}.tif"'
LAYERS = {
    "cells.csv": "cell,sample,kind,area_cm2\nA1,P,half,1.0\nA2,P,half,\n",
    "samples.csv": "sample,area_cm2\nP,0.5\n",
}


def _areas(folder: Path, items: str, **given: object) -> dict[str, tuple[object, str]]:
    """The area of each cell and where it was set: file and line."""
    found = slots(planned(folder, items, **given))
    return {
        slot.subject: (slot.step.values["area_cm2"], slot.step.layers.get("area_cm2", "").partition(" ")[0])
        for slot in found
    }


def test_a_cell_goes_before_its_sample_and_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    assert _areas(tmp_path, figure(EIS), files=LAYERS) == {"A1": (1.0, "cells.csv:2"), "A2": (0.5, "samples.csv:2")}


def test_the_study_goes_before_the_tables_and_the_item_before_the_study(tmp_path: Path) -> None:
    study = "[settings.eis]\narea_cm2 = 2.0\n"
    assert _areas(tmp_path, study + figure(EIS), files=LAYERS)["A1"] == (2.0, "study.toml:4")
    both = study + figure(EIS, "set = { area_cm2 = 3.0 }")
    assert _areas(tmp_path, both, files=LAYERS)["A2"] == (3.0, "study.toml:8")


def test_settings_of_another_technique_do_not_count(tmp_path: Path) -> None:
    study = "[settings.ionic_conductivity]\narea_cm2 = 2.0\n"
    assert _areas(tmp_path, study + figure(EIS), files=LAYERS)["A1"] == (1.0, "cells.csv:2")


def test_nothing_set_is_the_default_without_a_place(tmp_path: Path) -> None:
    assert _areas(tmp_path, figure(EIS))["A1"] == (None, "")


def test_a_column_that_is_no_setting_of_the_technique_is_none(tmp_path: Path) -> None:
    files = {"cells.csv": "cell,sample,kind,active_mass_mg,label,group\nA1,P,half,1.5,x,g\n"}
    (slot,) = slots(planned(tmp_path, figure(EIS), files=files))
    assert "active_mass_mg" not in slot.step.layers
    assert {"label", "group", "sample", "name"}.isdisjoint(slot.step.layers)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ("area_cm2 = 'wide'", "area_cm2: 'wide' is not a number"),
        ("area_cm2 = true", "area_cm2: "),
        ("circit = 1", "unknown setting 'circit'"),
    ],
)
@pytest.mark.parametrize("layer", ["study", "item"])
def test_a_wrong_value_is_told_with_its_name_and_line(tmp_path: Path, settings: str, what: str, layer: str) -> None:
    settings = settings.replace("'", '"')
    items = (
        f"[settings.impedance]\n{settings}\n{figure(EIS)}"
        if layer == "study"
        else figure(EIS, "[figure.set]", settings)
    )
    (problem,) = planned(tmp_path, items).problems
    assert problem.what.startswith(what)
    assert problem.what.count(what.partition(":")[0]) == 1, "the name is not said twice"
    assert problem.where.startswith("study.toml:4" if layer == "study" else "study.toml:7")


def test_two_wrong_values_are_both_told(tmp_path: Path) -> None:
    problems = told(planned(tmp_path, figure(EIS, "[figure.set]", "circit = 1", 'area_cm2 = "x"')))
    assert len(problems) == 2


def test_values_that_do_not_go_together_are_told_with_the_item(tmp_path: Path) -> None:
    item = figure(EIS, 'cells = ["A1"]', "[figure.set]", "lowest_hertz = 100.0", "highest_hertz = 1.0")
    problems = planned(tmp_path, item).problems
    assert all(problem.where.startswith("study.toml:") for problem in problems)


@pytest.mark.parametrize(
    ("setting", "what", "hint"),
    [
        ("raw/inst.png", "inset_picture: no such file 'raw/inst.png'", "did you mean 'inset.png'?"),
        ("row/inset.png", "inset_picture: no such file 'row/inset.png'", "there is no folder row"),
        ("empty/inset.png", "inset_picture: no such file 'empty/inset.png'", "there is no folder empty"),
    ],
)
def test_a_file_of_a_setting_that_is_missing_is_told(tmp_path: Path, setting: str, what: str, hint: str) -> None:
    (tmp_path / "empty").mkdir()
    files = {"raw/P.tif": "", "raw/inset.png": "", "raw/A1.txt": None, "raw/A2.txt": None, "raw/B1.txt": None}
    item = figure('technique = "microscopy"', f'set = {{ inset_picture = "{setting}" }}')
    (problem,) = planned(tmp_path, item, raw=MICRO, files=files).problems
    assert (problem.what, problem.hint) == (what, hint)
    assert problem.where.startswith("study.toml:6")


def test_a_file_of_a_setting_may_have_the_name_of_the_subject(tmp_path: Path) -> None:
    files = {"raw/P.tif": "", "raw/Q.tif": "", "raw/inset_P.png": "", "raw/inset_Q.png": ""}
    item = figure('technique = "microscopy"', 'set = { inset_picture = "raw/inset_{sample}.png" }')
    found = slots(planned(tmp_path, item, raw=MICRO, files=files))
    assert [dict(slot.step.references) for slot in found] == [
        {"inset_picture": "raw/inset_P.png"},
        {"inset_picture": "raw/inset_Q.png"},
    ]
    assert found[0].step.values["inset_picture"] == "raw/inset_P.png"
    assert found[0].step.layers["inset_picture"].startswith("study.toml:6")
    assert found[0].step.paths == ("raw/P.tif", "raw/inset_P.png")


def test_a_setting_that_may_be_a_file_is_none_when_it_is_a_number_or_empty(tmp_path: Path) -> None:
    raw = 'ionic_conductivity = "raw/{cell}.txt"'
    for value, kept in (("2.5", 2.5), ('""', None)):
        item = figure(
            'technique = "ionic_conductivity"', 'cells = ["A1"]', f"set = {{ contact_resistance_ohm = {value} }}"
        )
        plan = planned(tmp_path, item, raw=raw)
        if kept is None:
            assert all("no such file" not in problem for problem in told(plan))
            continue
        (slot,) = slots(plan)
        assert slot.step.references == {}
        assert slot.step.values["contact_resistance_ohm"] == kept


def test_a_folder_of_a_setting_is_read_and_what_is_wrong_in_it_is_told(tmp_path: Path) -> None:
    raw = 'diffraction = "raw/{sample}.xy"'
    files = {"raw/P.xy": "", "phases/a.cif": "no crystal"}
    item = figure('technique = "diffraction"', 'set = { phases_folder = "phases" }')
    (problem,) = planned(tmp_path, item, raw=raw, files=files).problems
    assert problem.what.startswith("phases_folder: ")
    assert problem.where.startswith("study.toml:6")
