"""The look of a figure as it is drawn on paper and on the screen; its data stay as they are."""

from __future__ import annotations

import csv
import dataclasses
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from halfcell.core.errors import InputError, StudyError
from halfcell.core.figure import Axis, Figure, Line, Panel, Points, Text
from halfcell.core.looks.records import FigureLook
from halfcell.render import fonts, print_figure, screen_figure
from halfcell.render.drawable import drawable
from halfcell.render.journals import journal_files, journal_look
from halfcell.render.looks.figure import looked
from halfcell.render.paper import theme
from halfcell.render.paper.figure import draw_figure
from halfcell.study.plan.font_remark import font_remarks

X = np.linspace(0.0, 10.0, 41)


def _figure(count: int = 2) -> Figure:
    layers = tuple(Line(x=X, y=100.0 * (n + 1) + X, label=f"cycle {n + 1}", colour=n) for n in range(count))
    value = Text(x=0.9, y=0.5, text="ICE = 92.5 %", fraction=True)
    axes = Axis(label="Current", unit="mA g^{-1}"), Axis(label="Voltage", unit="V vs. Li^{+}/Li")
    return Figure(panels=(Panel(x=axes[0], y=axes[1], layers=(*layers, value)),) * 2, columns=2, width_mm=180)


def _panel(look: dict[str, Any], count: int = 2) -> Panel:
    return drawable(_figure(count).styled(look)).panels[0]


def test_limits_ticks_and_scale_on_paper_and_screen() -> None:
    look = {"axes": {"x": {"limits": [1, 9], "tick_step": 2}, "y": {"scale": "log", "limits": [50, "auto"]}}}
    figure = _figure().styled(look)
    with mpl.rc_context(theme.settings(figure.look)):
        axes = draw_figure(figure).axes[0]
    assert axes.get_xlim() == (1.0, 9.0)
    assert axes.get_yscale() == "log"
    assert [tick for tick in axes.get_xticks() if 1 <= tick <= 9] == [2, 4, 6, 8]
    drawn = screen_figure(figure)["layout"]
    assert drawn["xaxis"]["range"] == [1.0, 9.0]
    assert drawn["xaxis"]["dtick"] == 2
    assert drawn["yaxis"]["type"] == "log"


def test_a_unit_converts_what_is_drawn_and_not_the_data(tmp_path: Path) -> None:
    look = {"axes": {"x": {"unit": "A/g"}, "y": {"unit": "mV"}}}
    panel = _panel(look)
    line = panel.layers[0]
    assert isinstance(line, Line)
    np.testing.assert_allclose(line.x, X / 1000)
    np.testing.assert_allclose(line.y, (100 + X) * 1000)
    assert (panel.x.unit, panel.y.unit) == ("A/g", "mV vs. Li^{+}/Li")
    paths = print_figure(_figure().styled(look), tmp_path / "f")
    with paths[3].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][0] == "mA g-1"
    assert [float(row[0]) for row in rows[3:44]] == X.tolist()


@pytest.mark.parametrize(("unit", "factor"), [("S/cm", 1e-3), ("mS/cm", 1.0), ("S/m", 0.1), ("uS cm-1", 1e3)])
def test_a_conductivity_is_drawn_in_the_unit_that_is_asked_for(unit: str, factor: float) -> None:
    points = Points(x=X, y=1.0 + X, y_error=0.1 * np.ones(41))
    figure = Figure(panels=(Panel(y=Axis(label="Conductivity", unit="mS cm^{-1}"), layers=(points,)),))
    drawn = drawable(figure.styled({"axes": {"y": {"unit": unit}}})).panels[0].layers[0]
    assert isinstance(drawn, Points)
    assert drawn.y_error is not None
    np.testing.assert_allclose(drawn.y, (1.0 + X) * factor)
    np.testing.assert_allclose(drawn.y_error, 0.1 * factor)


def test_a_temperature_converts_with_its_zero() -> None:
    figure = Figure(panels=(Panel(x=Axis(label="Temperature", unit="degC"), layers=(Line(x=X, y=X),)),))
    drawn = drawable(figure.styled({"axes": {"x": {"unit": "K"}}})).panels[0].layers[0]
    assert isinstance(drawn, Line)
    np.testing.assert_allclose(drawn.x, X + 273.15)


@pytest.mark.parametrize(
    ("unit", "look", "shown", "factor"),
    [
        ("V vs. Li^{+}/Li", {"label": "Voltage (V vs. Li+/Li)"}, "Voltage (V vs. Li+/Li)", 1.0),
        ("V vs. Li^{+}/Li", {"label": "E (mV)"}, "E (mV vs. Li^{+}/Li)", 1000.0),
        ("mAh g^{-1}", {"label": "Capacity (Ah/kg)"}, "Capacity (Ah/kg)", 1.0),
        ("mAh g^{-1}", {"label": "Capacity (first cycle)"}, "Capacity (first cycle) (mAh g^{-1})", 1.0),
        ("mAh g^{-1}", {"label": "Capacity (mAh/g)", "unit": "Ah/g"}, "Capacity (Ah/g)", 0.001),
        ("arb. unit", {"label": "Counts (a.u.)"}, "Counts (arb. unit)", 1.0),
        ("", {"label": "Cycle (h)"}, "Cycle (h)", 1.0),
    ],
)
def test_a_unit_in_a_label_is_the_unit_of_the_axis(unit: str, look: dict[str, str], shown: str, factor: float) -> None:
    """It was printed beside that of the analysis: "Voltage (V vs. Li+/Li) (V vs. Li+/Li)", whatever was drawn."""
    line = Line(x=np.array([1.0, 2.0]), y=np.array([1.0, 3.0]))
    figure = Figure(panels=(Panel(y=Axis(label="Y", unit=unit), layers=(line,)),)).styled({"axes": {"y": look}})
    drawn = looked(figure).panels[0]
    assert drawn.y.title == shown
    assert drawn.layers[0].y == pytest.approx(factor * line.y)  # type: ignore[union-attr]


def test_a_unit_of_something_else_is_refused() -> None:
    with pytest.raises(InputError, match=r"the y axis shows V vs\. Li\+/Li, which cannot be given in mAh"):
        drawable(_figure().styled({"axes": {"y": {"unit": "mAh"}}}))


def test_series_by_name() -> None:
    look = {
        "colours": {"cycle 1": "red"},
        "lines": {"cycle 2": "dot"},
        "labels": {"cycle 1": "first"},
        "hide": ["cycle 2"],
        "line_width": 2,
        "values": False,
    }
    (line,) = _panel(look).layers
    assert isinstance(line, Line)
    assert (line.label, line.colour, line.width_pt) == ("first", "#C1272D", 2.0)


def test_what_the_figure_does_not_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(StudyError, match=r"there is no series 'cycle 3'.*did you mean 'cycle 2' or 'cycle 1'"):
        _figure().styled({"hide": ["cycle 3"]})
    with pytest.raises(StudyError, match=r"there is no panel 'c'.*panels a to b"):
        _figure().styled({"panel": {"c": {"title": "x"}}})


def test_one_panel_has_its_own_look() -> None:
    drawn = drawable(
        _figure().styled({"title": "all", "panel": {"b": {"title": "b only", "height": 2}}, "heights": [1]})
    )
    assert [panel.title for panel in drawn.panels] == ["all", "b only"]
    assert [panel.height_ratio for panel in drawn.panels] == [1.0, 2.0]


def test_a_series_goes_to_the_right_axis() -> None:
    panel = _panel({"axes": {"right": {"series": ["cycle 2"], "label": "Other", "unit": "mV", "limits": [0, 2e5]}}})
    line = panel.layers[1]
    assert isinstance(line, Line)
    assert line.side == "right"
    np.testing.assert_allclose(line.y, (200 + X) * 1000)
    assert panel.right is not None
    assert (panel.right.label, panel.right.high) == ("Other", 2e5)


def test_many_curves_get_a_sequential_map_with_a_colour_bar() -> None:
    """The lightness of the colours, as a grey print shows it, rises with the number of the cycle."""
    panel = _panel({}, count=12)
    assert panel.colour_bar is not None
    assert (panel.colour_bar.label, panel.colour_bar.low, panel.colour_bar.high) == ("Cycle", 1.0, 12.0)
    lines = [layer for layer in panel.layers if isinstance(layer, Line)]
    assert all(line.label == "" for line in lines)
    grey = [_grey(str(line.colour)) for line in lines]
    assert all(after > before + 3 for before, after in pairwise(grey))
    assert _panel({}, count=6).colour_bar is None
    assert _panel({"colour_bar": False}, count=12).colour_bar is None
    assert "colorbar" in str(screen_figure(_figure(12))["data"])


def _grey(colour: str) -> float:
    """Return the luma of a colour (ITU-R BT.601), 0 to 255."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_many_named_curves_keep_their_names() -> None:
    names = ("Si", "Si/Sn-5", "Si/Al-10", "Si/Zn-10", "C", "Si/C", "Sn")
    layers = tuple(Line(x=X, y=X + n, label=name, colour=n) for n, name in enumerate(names))
    panel = drawable(Figure(panels=(Panel(layers=layers),))).panels[0]
    assert panel.colour_bar is None
    assert [layer.label for layer in panel.layers if isinstance(layer, Line)] == list(names)
    assert len({layer.colour for layer in panel.layers if isinstance(layer, Line)}) == 7


def test_a_grey_figure_tells_lines_apart_by_dashes() -> None:
    lines = [layer for layer in _panel({"colours": "grey"}, count=4).layers if isinstance(layer, Line)]
    assert len({line.dash for line in lines}) == 4
    assert all(len({str(line.colour)[i : i + 2] for i in (1, 3, 5)}) == 1 for line in lines)


def test_a_log_axis_is_not_broken_without_a_word() -> None:
    with pytest.raises(InputError, match="a log axis cannot leave out a range"):
        _figure().styled({"axes": {"x": {"broken": [10, 20], "scale": "log"}}})
    figure = _figure()
    panels = (dataclasses.replace(one, x=dataclasses.replace(one.x, log=True)) for one in figure.panels)
    log = dataclasses.replace(figure, panels=tuple(panels))
    with pytest.raises(InputError, match="is logarithmic"):
        drawable(log.styled({"axes": {"x": {"broken": [10, 20]}}}))


def test_a_broken_axis_leaves_out_a_range_and_keeps_the_numbers() -> None:
    panel = _panel({"axes": {"y": {"broken": [112, 198]}}})
    assert panel.y_gap is not None
    lines = [layer for layer in panel.layers if isinstance(layer, Line)]
    np.testing.assert_allclose(lines[0].y, 100 + X)
    shift = (200 + X) - lines[1].y
    np.testing.assert_allclose(shift, shift[0])
    places = {text: place for place, text in panel.y.ticks}
    assert float(places["100"]) == pytest.approx(100)
    assert float(places["210"]) == pytest.approx(210 - shift[0])
    assert not any(112 < float(text) < 198 for text in places)


def test_an_inset_shows_a_part() -> None:
    panel = _panel({"inset": {"x": [1, 2], "y": [100, 104], "box": [0.1, 0.6, 0.3, 0.3]}})
    ((inset, box),) = panel.more_insets
    assert (inset.x.low, inset.x.high, box) == (1.0, 2.0, (0.1, 0.6, 0.3, 0.3))


def test_a_legend_in_a_corner_leaves_it_to_an_inset() -> None:
    """A Nyquist plot had its legend behind the inset that its author put there."""
    line = Line(x=np.array([0.0, 1.0]), y=np.array([0.0, 1.0]), label="A")
    figure = Figure(panels=(Panel(layers=(line,), legend="upper left"),))
    inset = {"x": [0, 0.2], "box": [0.1, 0.55, 0.35, 0.35]}
    assert looked(figure.styled({"inset": inset})).panels[0].legend == "best"
    assert looked(figure.styled({"inset": inset, "legend": "upper left"})).panels[0].legend == "upper left"
    assert looked(figure).panels[0].legend == "upper left"


@pytest.mark.parametrize(("style", "shown"), [("a", "b"), ("(a)", "(b)"), ("A", "B"), ("a)", "b)"), ("none", "")])
def test_panels_have_letters_of_the_style(style: str, shown: str) -> None:
    drawn = screen_figure(_figure().styled({"letters": style}))["layout"].get("annotations", [])
    letters = [one["text"] for one in drawn if one["text"].startswith("<b>")]
    assert letters[1:] == ([f"<b>{shown}</b>"] if shown else [])


def test_font_and_text_size(tmp_path: Path) -> None:
    look = {"font": "DejaVu Serif", "text_pt": 9}
    svg = print_figure(_figure().styled(look), tmp_path / "f")[0].read_text(encoding="utf-8")
    assert "DejaVu Serif" in svg
    assert "9px" in svg


def test_the_same_look_gives_the_same_bytes(tmp_path: Path) -> None:
    look = {"colours": "viridis", "axes": {"y": {"broken": [112, 198]}}, "annotations": [{"x": [1, 2], "text": "rest"}]}
    one, two = (print_figure(_figure().styled(look), tmp_path / name / "f") for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("name", ["nature", "acs", "rsc", "elsevier", "wiley", "springer"])
def test_the_journals_have_styles(name: str) -> None:
    look, problems = journal_look(name)
    assert problems == []
    assert look.widths_mm is not None
    assert 80 <= look.widths_mm[0] <= 90
    assert 170 <= look.widths_mm[2] <= 190
    assert look.letters
    assert look.text_pt in {7.0, 8.0}
    assert look.font[-1] == "Liberation Sans"


def test_a_journal_sets_the_width_of_the_page() -> None:
    look, _ = journal_look("acs")
    assert drawable(_figure().with_look(look)).width_mm == pytest.approx(7 * 25.4)


def test_a_lab_adds_a_style_and_mistakes_in_it_are_told(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('widths_mm = [80, 100, 160]\nletters = "A"\ncolour = "red"\n', encoding="utf-8")
    assert set(journal_files([tmp_path])) >= {"ours", "nature"}
    look, problems = journal_look("Ours", [tmp_path])
    assert look.letters == "A"
    assert "write colours" in str(problems[0])
    with pytest.raises(InputError, match="did you mean 'ours'"):
        journal_look("our", [tmp_path])


def test_the_pointer_shows_names_units_and_series() -> None:
    trace = screen_figure(_figure())["data"][0]
    assert trace["hovertemplate"] == (
        "Current: %{x} mA g<sup>−1</sup><br>Voltage: %{y} V vs. Li<sup>+</sup>/Li<extra>cycle 1</extra>"
    )
    broken = screen_figure(_figure().styled({"axes": {"y": {"broken": [112, 198]}}}))["data"][0]
    assert "%{y}" not in broken["hovertemplate"]


def test_curves_over_each_other_have_different_dashes() -> None:
    lines = [layer for layer in _panel({}, count=3).layers if isinstance(layer, Line)]
    assert [line.dash for line in lines] == ["solid", "dash", "dot"]
    stack = tuple(Line(x=X, y=X, colour=n, raised=1.5 * n, label=str(n)) for n in range(3))
    drawn = drawable(Figure(panels=(Panel(layers=stack),))).panels[0]
    assert {layer.dash for layer in drawn.layers if isinstance(layer, Line)} == {"solid"}


def test_letters_of_a_row_stand_in_one_line() -> None:
    flat = Panel(x=Axis(low=0, high=100), y=Axis(low=0, high=10), equal=True, layers=(Line(x=X, y=X),))
    figure = Figure(panels=(flat, Panel(layers=(Line(x=X, y=X),))), columns=2, width_mm=180)
    with mpl.rc_context(theme.settings()):
        canvas = draw_figure(figure)
    heights = [text.get_position()[1] for text in canvas.texts if text.get_text() in {"a", "b"}]
    assert len(heights) == 2
    assert heights[0] == heights[1]


@pytest.mark.parametrize("name", ["nature", "acs", "rsc", "elsevier", "wiley", "springer"])
def test_a_journal_font_that_is_missing_is_replaced_with_a_word(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look, _ = journal_look(name)
    monkeypatch.setattr(fonts, "installed_fonts", lambda: ("Arial", "DejaVu Sans"))
    assert fonts.usable_fonts(look.font) == ("Arial", "DejaVu Sans")
    assert fonts.replacement(look.font) == ""
    monkeypatch.setattr(fonts, "installed_fonts", lambda: ("DejaVu Sans",))
    assert fonts.usable_fonts(look.font) == ("DejaVu Sans",)
    (remark,) = font_remarks([dataclasses.replace(look, journal=name)] * 2)
    assert remark.startswith(f"{look.font[0]}, {look.font[1]} or {look.font[2]} is not installed on this machine")
    assert f"the style of {name}" in remark
    assert list(font_remarks([FigureLook(), FigureLook(font=("DejaVu Sans",))])) == []


def test_the_size_and_the_font_of_texts_hold_on_the_screen_too() -> None:
    usual, larger = (screen_figure(_figure().styled(look)) for look in ({}, {"text_pt": 10.5, "font": "DejaVu Serif"}))
    for axis in ("xaxis", "yaxis"):
        assert larger["layout"][axis]["tickfont"]["size"] == pytest.approx(
            1.5 * usual["layout"][axis]["tickfont"]["size"]
        )
    assert larger["layout"]["font"]["size"] == pytest.approx(1.5 * usual["layout"]["font"]["size"])
    assert larger["layout"]["font"]["family"].startswith("'DejaVu Serif', ")
    assert larger["layout"]["height"] == usual["layout"]["height"]
    left = [drawn["layout"]["xaxis"]["domain"][0] for drawn in (usual, larger)]
    assert left[1] > left[0]  # larger numbers need more space


def test_a_legend_has_the_columns_asked_for_on_the_screen_too() -> None:
    x = np.linspace(0, 1, 9)
    layers = tuple(Line(x=x, y=x * k, label=f"series {k}", colour=k) for k in range(5))
    figure = Figure(panels=(Panel(x=Axis(label="x"), y=Axis(label="y"), layers=layers),))
    drawn = screen_figure(figure.styled({"legend": {"columns": 2, "place": "upper left"}}))
    places = {key: entry for key, entry in drawn["layout"].items() if key.startswith("legend")}
    assert [trace["legend"] for trace in drawn["data"]] == ["legend"] * 3 + ["legend1001"] * 2
    assert sorted(places) == ["legend", "legend1001"]
    assert places["legend"]["y"] == places["legend1001"]["y"]
    assert places["legend1001"]["x"] > places["legend"]["x"] + 0.1
