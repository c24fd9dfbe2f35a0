"""Bars are told apart without colour, and a text on a picture has a light box behind it."""

from __future__ import annotations

import numpy as np

from halfcell.core.figure import Bars, Figure, Panel, Text
from halfcell.render import screen_figure
from halfcell.render.drawable import drawable
from halfcell.render.paper.figure import draw_figure

PLACES = np.arange(3.0)


def _bars(*colours: int) -> Figure:
    layers = tuple(Bars(x=PLACES + 0.2 * at, y=PLACES + 1.0, colour=c, label=str(at)) for at, c in enumerate(colours))
    return Figure(panels=(Panel(layers=layers),))


def _hatches(figure: Figure) -> list[str]:
    return [layer.hatch for layer in drawable(figure).panels[0].layers if isinstance(layer, Bars)]


def test_all_series_but_the_first_are_hatched_each_in_its_own_way() -> None:
    assert _hatches(_bars(0)) == [""]
    assert _hatches(_bars(0, 1, 2, 3)) == ["", "lines", "dots", "cross"]
    assert _hatches(_bars(1, 0, 1)) == ["", "lines", ""]  # a series in two parts


def test_bars_and_their_legend_have_the_hatch_on_paper_and_on_the_screen() -> None:
    axes = draw_figure(_bars(0, 1)).axes[0]
    assert {patch.get_hatch() for patch in axes.patches} == {None, "////"}
    assert [sample.get_hatch() for sample in axes.get_legend().get_patches()] == [None, "////"]
    first, second = screen_figure(_bars(0, 1))["data"]
    assert "pattern" not in first["marker"]
    assert second["marker"]["pattern"]["shape"] == "/"


def test_a_text_on_a_picture_has_a_box() -> None:
    texts = (Text(x=0.5, y=0.5, text="boxed", fraction=True, box=True), Text(x=0.5, y=0.2, text="bare", fraction=True))
    figure = Figure(panels=(Panel(layers=texts),))
    boxes = {text.get_text(): text.get_bbox_patch() is not None for text in draw_figure(figure).axes[0].texts}
    assert boxes["boxed"]
    assert not boxes["bare"]
    shown = {one["text"]: "bgcolor" in one for one in screen_figure(figure)["layout"]["annotations"]}
    assert shown == {"boxed": True, "bare": False}
