"""Figures on the screen: valid JSON, the same data, colours and words as on paper; small."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from gallery import gallery
from halfcell.core.figure import Axis, Figure, Line, Panel, Points
from halfcell.render import screen_figure, style
from halfcell.render.ranges import ranges


@pytest.mark.parametrize("name", list(gallery()))
def test_plain_json_and_every_axis_defined(name: str) -> None:
    drawn = screen_figure(gallery()[name])
    json.dumps(drawn, allow_nan=False)
    layout: dict[str, Any] = drawn["layout"]
    for trace in drawn["data"]:
        for key in ("xaxis", "yaxis"):
            assert f"{trace[key][0]}axis{trace[key][1:]}" in layout
        if trace.get("showlegend"):
            assert trace["legend"] in layout
            assert "_{" not in trace["name"]
    assert layout["meta"]["width"] == gallery()[name].width_mm * 5
    assert drawn["config"]["plotlyServerURL"] == ""
    assert "sendChartToCloud" in drawn["config"]["modeBarButtonsToRemove"]


@pytest.mark.parametrize("name", list(gallery()))
def test_panels_stand_inside_the_picture_and_apart(name: str) -> None:
    layout = screen_figure(gallery()[name])["layout"]
    for key, axis in layout.items():
        if key.startswith(("xaxis", "yaxis")) and "domain" in axis:
            low, high = axis["domain"]
            assert 0 <= low < high <= 1


def test_data_colours_and_words() -> None:
    x = np.linspace(0, 3000, 50)
    layers = (
        Line(x=x, y=x / 1500, label="CoSi2", colour=1, dash="dash"),
        Points(x=x, y=x / 1000, colour=2, hollow=True, y_error=x / 1e4, side="right"),
    )
    axis = Axis(label="Capacity", unit="mAh g-1")
    panel = Panel(x=axis, y=Axis(label="Voltage", unit="V"), right=Axis(label="CE", unit="%"), layers=layers)
    drawn = screen_figure(Figure(panels=(panel,)))
    line, points = drawn["data"]
    assert line["name"] == "CoSi<sub>2</sub>"
    assert line["line"]["color"] == style.colour(1)
    np.testing.assert_allclose(line["x"], x, atol=0.01)
    np.testing.assert_allclose(points["y"], x / 1000, atol=1e-4)
    np.testing.assert_allclose(points["error_y"]["array"], x / 1e4, atol=1e-5)
    assert points["yaxis"] == "y101"
    assert drawn["layout"]["xaxis"]["title"]["text"] == "Capacity (mAh g<sup>−1</sup>)"
    assert drawn["layout"]["yaxis101"]["title"]["font"]["color"] == style.colour(2)


def test_the_pointer_shows_the_data_of_a_stack() -> None:
    """The curves stand 2 apart; the values under the pointer are those of the data file."""
    x = np.linspace(0.0, 6.0, 50)
    layers = tuple(Line(x=x, y=np.exp(-x), label=f"{i}", raised=2.0 * i) for i in range(2))
    axes = {"x": Axis(label="R", unit="Å"), "y": Axis(label="|chi|", unit="Å^{-3}", no_numbers=True)}
    first, second = screen_figure(Figure(panels=(Panel(**axes, layers=layers),)))["data"]
    np.testing.assert_allclose(second["y"], 2.0 + np.exp(-x), atol=1e-4)
    np.testing.assert_allclose(second["customdata"], np.exp(-x), atol=1e-4)
    assert second["hovertemplate"] == "R: %{x} Å<br>|chi|: %{customdata:.5g} Å<sup>−3</sup><extra>1</extra>"
    assert "customdata" not in first


def test_a_common_power_of_ten_goes_to_the_title() -> None:
    x = np.linspace(-0.1, 0.1, 9)
    panel = Panel(y=Axis(label="Current", unit="A"), layers=(Line(x=x, y=3e-8 * x),))
    drawn = screen_figure(Figure(panels=(panel,)))
    assert drawn["layout"]["yaxis"]["title"]["text"] == "Current (10<sup>−9</sup> A)"
    np.testing.assert_allclose(drawn["data"][0]["y"], 30 * x, atol=1e-4)


def test_ranges_reverse_and_log() -> None:
    x = np.logspace(-1, 3, 9)
    panel = Panel(x=Axis(log=True, reverse=True, low=0.1, high=1000), y=Axis(low=-5), layers=(Line(x=x, y=x),))
    layout = screen_figure(Figure(panels=(panel,)))["layout"]
    assert layout["xaxis"]["range"] == pytest.approx([3, -1])
    assert layout["yaxis"]["range"][0] == -5


def test_numbers_over_decades_keep_their_digits() -> None:
    y = np.array([1.23456e-9, 1.0, 50.0])
    panel = Panel(y=Axis(log=True), layers=(Line(x=np.arange(3.0), y=y),))
    assert screen_figure(Figure(panels=(panel,)))["data"][0]["y"] == pytest.approx(y, rel=1e-4)


def test_gaps_are_null() -> None:
    panel = Panel(layers=(Line(x=np.arange(3.0), y=np.array([1.0, np.nan, 2.0])),))
    assert screen_figure(Figure(panels=(panel,)))["data"][0]["y"] == [1.0, None, 2.0]


def test_a_million_points_make_a_small_page() -> None:
    x = np.linspace(0, 1e6, 1_000_000)
    drawn = screen_figure(Figure(panels=(Panel(layers=(Line(x=x, y=np.sin(x / 3e3)),)),)))
    assert len(json.dumps(drawn)) < 60_000


def test_empty_and_constant_panels() -> None:
    none = np.empty(0)
    empty = Panel(layers=(Line(x=none, y=none),))
    flat = Panel(layers=(Line(x=np.ones(3), y=np.zeros(3)),))
    for panel in (empty, flat):
        found = ranges(panel)
        assert found.x.low < found.x.high
        assert found.left.low < found.left.high
        json.dumps(screen_figure(Figure(panels=(panel,))), allow_nan=False)


@pytest.mark.parametrize("name", list(gallery()))
def test_the_buttons_have_a_margin_of_their_own(name: str) -> None:
    """Plotly draws its bar at the top of the picture, in the margin; titles and letters end below it."""
    layout = screen_figure(gallery()[name])["layout"]
    assert layout["margin"]["t"] >= 28
    height = layout["height"] - layout["margin"]["t"]
    for word in layout.get("annotations", ()):
        if word.get("yref") == "paper" and word["yanchor"] == "bottom":
            size = word.get("font", {}).get("size", 12)
            assert word["y"] * height + word.get("yshift", 0) + 1.2 * size <= height + 1
