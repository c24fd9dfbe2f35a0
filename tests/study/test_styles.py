"""The look of figures from study.toml to the drawing: what is read, what is made again, what is refused and where."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.figure import Figure, Line, Panel
from halfcell.render.drawable import drawable
from halfcell.study.files.grammar import read_study_file
from study_runs import states_of, study_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "style-figures.md"
STYLE = '[style]\njournal = "rsc"\ncolours = ["#123456"]\n\n'


def _with_style(small, style: str = STYLE) -> None:
    small.edit("study.toml", "[raw]", f"{style}[raw]")


def test_a_style_changes_the_drawing_and_no_analysis(small) -> None:
    study_of(small).run(workers=1)
    before = small.analyses
    _with_style(small)
    outcome = study_of(small).run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "made", "Table S1": "unchanged"}
    assert small.analyses == before
    figure = drawable(study_of(small).figure("S1"))
    assert figure.width_mm == 83
    assert {layer.colour for layer in figure.panels[0].layers} == {"#123456"}
    small.edit("study.toml", 'id = "S2"\n', 'id = "S2"\ntitle = "one"\nlegend = "none"\n')
    assert states_of(study_of(small).run(workers=1)) == {
        "Fig. S1": "unchanged",
        "Fig. S2": "made",
        "Table S1": "unchanged",
    }


def test_what_changes_nothing_is_told_by_run_and_in_the_review(small) -> None:
    """It was silent: an author looked for the mistake elsewhere."""
    look = 'markers = ["plus"]\nannotations = [{ text = "far", at = [1e6, 1] }]\n'
    small.edit("study.toml", 'id = "S2"\n', f'id = "S2"\n{look}')
    outcome = study_of(small).run(workers=1)
    told = [remark for remark in outcome.remarks if remark.startswith("Fig. S2: ")]
    assert any("annotation 'far' lies beyond the y axis" in remark for remark in told)
    again = study_of(small).run(items=["S2"], workers=1)
    assert [remark for remark in again.remarks if remark.startswith("Fig. S2: ")] == told
    assert not [line for line in outcome.open_doubts if "look_without_effect" in line]


def test_what_the_style_of_the_study_changes_in_no_figure_is_told(small) -> None:
    """A name that no figure has, such as a sample that was renamed, coloured nothing without a word."""
    _with_style(small, '[style]\ncolours = { "Renamed" = "red" }\nmarker_size = 5\nline_width = 2\n\n')
    told = [remark for remark in study_of(small).run(workers=1).remarks if remark.startswith("[style]")]
    assert any("colours.Renamed changes nothing in any figure" in remark for remark in told)
    assert not any("line_width" in remark and "marker_size" in remark for remark in told)
    again = [remark for remark in study_of(small).run(workers=1).remarks if remark.startswith("[style]")]
    assert again == told


def test_a_labs_own_style_is_an_input_of_the_study(small) -> None:
    folder = small.root / "styles"
    folder.mkdir()
    (folder / "ours.toml").write_text("widths_mm = [70, 100, 150]\n", encoding="utf-8")
    _with_style(small, '[style]\njournal = "ours"\n\n')
    study_of(small).run(workers=1)
    assert drawable(study_of(small).figure("S1")).width_mm == 70
    (folder / "ours.toml").write_text("widths_mm = [75, 100, 150]\n", encoding="utf-8")
    outcome = study_of(small).run(workers=1)
    assert not outcome.nothing_changed
    assert drawable(study_of(small).figure("S1")).width_mm == 75


WRONG = """title = "x"

[style]
jurnal = "acs"
colours = "virids"

[[figure]]
id = "S1"
xlim = [0, 1]
axes = { x = { limits = [2, 1] }, y = { units = "V" } }
legend = "top left"

[[figure]]
id = "S2"
panels = [
  { show = "a", axes = { x = { tickstep = 1 } } },
  { show = "b", colour = "red" },
]

[[table]]
id = "S1"
axes = { x = { limits = [0, 1] } }
"""


def test_every_mistake_in_a_look_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(WRONG, encoding="utf-8")
    _, _, problems = read_study_file(path)
    found = {(problem.where, problem.what) for problem in problems}
    assert ("study.toml:4", "unknown key 'jurnal'") in found
    assert ("study.toml:9", "unknown key 'xlim'") in found
    assert ("study.toml:10", "limits: 2 is not below 1") in found
    assert ("study.toml:10", "unknown key 'units'") in found
    assert ("study.toml:16", "unknown key 'tickstep'") in found
    assert ("study.toml:17", "unknown key 'colour'") in found
    assert ("study.toml:22", "unknown key 'axes'") in found
    places = {problem.where for problem in problems}
    assert {"study.toml:5", "study.toml:11"} <= places
    hints = {problem.what: problem.hint for problem in problems}
    assert "limits" in hints["unknown key 'xlim'"]
    assert "did you mean 'journal'" in hints["unknown key 'jurnal'"]
    assert "possible here: limits, scale, tick_step, label, unit" in hints["unknown key 'tickstep'"]


def test_a_series_that_the_figure_does_not_have_fails_this_figure_only(small) -> None:
    small.edit("study.toml", 'id = "S2"\n', 'id = "S2"\nhide = ["Zn"]\n')
    outcome = study_of(small).run(workers=1)
    assert states_of(outcome)["Fig. S2"] == "failed"
    assert states_of(outcome)["Fig. S1"] == "made"
    assert "there is no series 'Zn'" in next(item.failure for item in outcome.failed)


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(4))
def test_the_examples_of_the_page_are_understood(number: int, tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(_blocks("toml")[number], encoding="utf-8")
    file, _, problems = read_study_file(path)
    assert problems == []
    assert bool(file.items) == ("[[figure]]" in path.read_text(encoding="utf-8"))


def test_the_python_example_of_the_page_runs() -> None:
    line = Line(x=np.arange(3.0), y=np.arange(3.0), label="Si")
    names = {"figure": Figure(panels=(Panel(layers=(line,)),))}
    (styled,) = [line for line in _blocks("python")[0].splitlines() if ".styled(" in line]
    exec(styled, names)  # noqa: S102
    drawn = drawable(names["figure"]).panels[0]
    assert drawn.layers[0].colour == "#000000"  # type: ignore[union-attr]
    assert drawn.x.high == 2200
