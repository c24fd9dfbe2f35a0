"""The grammar of looks: records from plain values, every mistake at once, combination of several looks."""

from __future__ import annotations

import pytest

from halfcell.core.errors import StudyError
from halfcell.core.looks.combine import combined
from halfcell.core.looks.grammar import figure_look, read_look
from halfcell.core.looks.records import FigureLook, PanelLook


def _problems(values: dict[str, object]) -> list[str]:
    _, problems = read_look(FigureLook, values, lambda path: ".".join(map(str, path)))
    return [str(problem) for problem in problems]


def test_a_look_of_many_parts() -> None:
    look = figure_look(
        {
            "axes": {"x": {"limits": [0, "auto"], "tick_step": 500, "unit": "A/g"}, "y": {"scale": "log"}},
            "colours": {"Si": "red", "Si/Sn-5": "#0af"},
            "lines": ["solid", "dash"],
            "legend": "outside",
            "panel": {"b": {"title": "second", "annotations": [{"text": "here", "at": [1, 2]}, {"x": [1, 2]}]}},
            "letters": "(a)",
            "font": "Arial",
        }
    )
    assert look.axes.x.limits == (0.0, "auto")
    assert look.colours == {"Si": "#C1272D", "Si/Sn-5": "#00AAFF"}
    assert look.lines == ("solid", "dash")
    assert look.legend.place == "outside"
    assert look.panel["b"].annotations[0].at == (1.0, 2.0)
    assert look.panel["b"].annotations[1].x == (1.0, 2.0)
    assert look.font == ("Arial",)


def test_every_mistake_at_once_with_its_place() -> None:
    problems = _problems(
        {
            "axes": {"x": {"limits": [5, 1]}, "y": {"sclae": "log"}, "z": {}},
            "colours": "virids",
            "legend": {"place": "top"},
            "panel": {"B": {}},
            "text_pt": 70,
            "annotations": [{"text": "nowhere"}],
        }
    )
    assert len(problems) == 8
    for start in ("axes.x.limits", "axes.y.sclae", "axes.z", "colours", "legend.place", "panel", "text_pt"):
        assert any(problem.startswith(start) for problem in problems), start
    assert any("did you mean 'viridis'" in problem for problem in problems)
    assert any("did you mean 'scale'" in problem and "tick_step" in problem for problem in problems)


@pytest.mark.parametrize(
    ("word", "ours"),
    [("xlim", "limits"), ("ylabel", "label"), ("color", "colours"), ("linewidth", "line_width"), ("legnd", "legend")],
)
def test_the_words_of_other_programs_are_answered_with_ours(word: str, ours: str) -> None:
    (problem,) = _problems({word: 1})
    assert f"unknown key {word!r}" in problem
    assert ours in problem


def test_a_unit_that_does_not_exist_is_refused() -> None:
    (problem,) = _problems({"axes": {"x": {"unit": "furlong"}}})
    assert "'furlong' is no unit" in problem


def test_python_gets_all_mistakes_in_one_error() -> None:
    with pytest.raises(StudyError) as caught:
        figure_look({"colours": "virids", "lettres": "a"})
    assert len(caught.value.problems) == 2


def test_the_later_look_wins_where_it_says_something() -> None:
    journal = figure_look(
        {"text_pt": 8, "letters": "(a)", "colours": {"Si": "black"}, "axes": {"x": {"limits": [0, 1]}}}
    )
    own = figure_look({"letters": "A", "colours": {"Sn": "blue"}, "axes": {"x": {"tick_step": 0.5}}})
    both = combined(journal, own)
    assert (both.text_pt, both.letters) == (8.0, "A")
    assert both.colours == {"Si": "#000000", "Sn": "#0072B2"}
    assert (both.axes.x.limits, both.axes.x.tick_step) == ((0.0, 1.0), 0.5)
    assert combined(both, FigureLook()) == both
    assert combined(PanelLook(title="kept"), PanelLook()).title == "kept"
