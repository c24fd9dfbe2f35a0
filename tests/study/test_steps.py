"""Steps: settings layer on layer, reference files, several files of one subject, techniques that read nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import halfcell
from halfcell.core.errors import InputError
from halfcell.study.execute.step import tag_text
from halfcell.study.files.study_files import read_study_files
from halfcell.study.plan.study_plan import plan_study


def _write(small, study: str) -> halfcell.Study:
    (small.root / "study.toml").write_text(study)
    return halfcell.Study.load(small.root)


def _settings(small) -> list[dict]:
    plan = plan_study(read_study_files(small.root / "study.toml"))
    assert plan.problems == ()
    return [dict(step.values) for item in plan.items for step in item.steps]


def test_layers(small) -> None:
    (small.root / "samples.csv").write_text("name,factor\nSi,3\nSi/Sn-10,4\n")
    (small.root / "cells.csv").write_text("cell,sample,active_mass_mg,factor\nA1,Si,1.1,\nA2,Si,1.2,5\n")
    item = '[raw]\nweighing = "raw/{cell}.wgt"\n[[figure]]\nid = "S1"\ntechnique = "weighing"\n'
    _write(small, item)
    assert [values["factor"] for values in _settings(small)] == [3.0, 5.0]
    assert [values["active_mass_mg"] for values in _settings(small)] == [1.1, 1.2]
    _write(small, item + "[settings.weighing]\nfactor = 6\n")
    assert [values["factor"] for values in _settings(small)] == [6.0, 6.0]
    _write(small, item + "set = { factor = 7 }\n[settings.weighing]\nfactor = 6\n")
    assert [values["factor"] for values in _settings(small)] == [7.0, 7.0]


def test_a_setting_given_as_a_file(small) -> None:
    (small.root / "raw/blank.wgt").write_text("weights\n0.5\n")
    study = _write(
        small,
        '[raw]\nweighing = "raw/{cell}.wgt"\n[settings.weighing]\nblank = "raw/blank.wgt"\n'
        '[[table]]\nid = "S1"\ntechnique = "weighing"\ncells = ["A1"]\n',
    )
    outcome = study.run(workers=1)
    assert outcome.unmatched == ()
    told = study.why("S1:Si:mean_weight")
    assert told.number.quantity.value == 1.5
    assert [source.path for source in told.number.origin.sources] == ["raw/A1.wgt", "raw/blank.wgt"]
    assert told.number.origin.settings["blank"] == "raw/blank.wgt"
    (small.root / "raw/blank.wgt").write_text("weights\n0.75\n")
    assert study.run(workers=1).computed == 1
    told = study.why("S1:Si:mean_weight")
    assert told.number.quantity.value == 1.25
    assert told.changed == ("raw/blank.wgt has changed",)


STATES = """[raw]
staging = "raw/{cell}_{state}.wgt"
[[table]]
id = "S1"
technique = "staging"
cells = ["A1"]
select = { state = ["pristine", "0.01V"] }
[[table]]
id = "S2"
technique = "staging"
cells = ["A1", "A2"]
"""


@pytest.fixture
def states(small) -> halfcell.Study:
    """A study of two cells, one of them in three states."""
    for name, weight in (("A1_pristine", 1), ("A1_0.01V", 3), ("A1_2.0V", 2), ("A2_pristine", 5)):
        (small.root / f"raw/{name}.wgt").write_text(f"weights\n{weight}\n")
    return _write(small, STATES)


def test_states_are_looked_at_together_in_the_order_asked_for(states) -> None:
    rows = [[entry.text if entry else "" for entry in row] for row in states.table("S1").rows]
    assert rows == [["pristine", "0.00", "-"], ["0.01 V", "2.00", "-"]]
    rows = [[entry.text if entry else "" for entry in row][:2] for row in states.table("S2").rows]
    assert rows == [["Si, 0.01 V", "0.00"], ["Si, 2.0 V", "-1.00"], ["Si, pristine", "-2.00"], ["Si/Sn-10", "0.00"]]


def test_each_state_is_traced_to_its_own_file(states) -> None:
    states.run(workers=1)
    told = states.why(["Table S1", "0.01 V", "mean_weight"])
    assert [source.path for source in told.number.origin.sources] == ["raw/A1_0.01V.wgt"]
    assert told.subject == "A1"


@pytest.mark.parametrize(
    ("tags", "text"),
    [({"cycle": "10"}, "cycle 10"), ({"state": "0.01V"}, "0.01 V"), ({"state": "fully_lithiated"}, "fully lithiated")],
)
def test_words_of_a_name(tags, text) -> None:
    assert tag_text(tags) == text


def test_a_renamed_file_is_not_computed_again(small) -> None:
    study = halfcell.Study.load(small.root)
    study.run(workers=1)
    (small.root / "raw/A1.wgt").rename(small.root / "raw/a1.wgt")
    outcome = study.run(workers=1)
    assert outcome.computed == 0
    assert study.why("S1:Si (A1):mean_weight").number.origin.sources[0].path == "raw/a1.wgt"


def test_a_file_of_another_kind_is_refused_in_place(small, data: Path) -> None:
    source = data / "spectra/xrd/dara_NiO_0p6007-Bi2O3_0p4008--8min.xrdml"
    (small.root / "raw/A1.wgt").write_bytes(source.read_bytes())
    outcome = halfcell.Study.load(small.root).run(["S2"], workers=1)
    assert outcome.exit_status == 1
    assert "raw/A1.wgt" in outcome.items[0].failure


def test_panels_make_one_figure(small) -> None:
    study = _write(
        small,
        '[raw]\nweighing = "raw/{cell}.wgt"\n[[figure]]\nid = "S1"\ntechnique = "weighing"\ncaption = "All."\n'
        'panels = [{ cells = ["A1"], title = "first" }, { cells = ["A2"] },\n'
        '{ cells = ["A3"], set = { factor = 2 } }]\n',
    )
    figure = study.figure("S1")
    assert [panel.title for panel in figure.panels] == ["first", "", ""]
    assert (figure.columns, figure.width_mm, figure.caption) == (3, 180, "All.")
    assert [float(panel.layers[0].y[0]) for panel in figure.panels] == [2.0, 3.0, 8.0]


def test_generic_table_by_a_column_map(small) -> None:
    rows = "".join(f"{60 * n};{2.0 - n / 50:.3f};-1,5\n".replace(".", ",") for n in range(90))
    (small.root / "raw/A1.csv").write_text("t/s;U/V;I/mA\n" + rows)
    study = _write(
        small,
        '[raw]\ncycling = { pattern = "raw/{cell}.csv", columns = { "t/s" = "test_time_second", "U/V" = "voltage_volt"'
        ', "I/mA" = "current_ampere * 1e-3" } }\n[[table]]\nid = "S1"\nshow = "first cycle"\n',
    )
    assert study.check() == ()
    study.run(workers=1)
    told = study.why("S1:Si:initial_discharge_capacity")
    assert told.number.quantity.value == pytest.approx(1.5 * 89 / 60 / 1.1e-3, rel=1e-9)
    small.edit("study.toml", "voltage_volt", "voltage_vlt")
    assert "did you mean 'voltage_volt'" in study.check()[0].hint


def test_asking_before_a_run(small) -> None:
    with pytest.raises(InputError, match="has not been run yet"):
        halfcell.Study.load(small.root).why("S1:Si:x")


def test_a_technique_that_reads_no_file_takes_the_tables(small) -> None:
    (small.root / "cells.csv").write_text("cell,sample,active_mass_mg,area_cm2\nA1,Si,1.5,0.5\nA2,Si,2,0.5\n")
    study = _write(small, '[[table]]\nid = "S1"\ntechnique = "drawing"\ncells = ["A2"]\n')
    assert study.run(workers=1).computed == 1
    assert study.why("S1:Si:mean_weight").number.quantity.value == 4.0
    small.edit("cells.csv", "A1,Si,1.5", "A1,Si,1.6")
    assert study.run(workers=1).computed == 0
    small.edit("cells.csv", "A2,Si,2,", "A2,Si,3,")
    assert study.run(workers=1).computed == 1
