"""Each key of a look, on each kind of figure: the picture changes as asked, or a message says why it does not.

A key that does nothing without a word is the worst: its author looks for the mistake in the wrong place. The pictures
decide, not the records: what is called seen is drawn with and without the key, and must differ in some pixel.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Bars, Figure, Image, Line, Panel, Points, Text, Ticks
from halfcell.core.looks.grammar import figure_look
from halfcell.render import screen_figure
from halfcell.render.boxes import Size
from halfcell.render.drawable import drawable
from halfcell.render.looks.free_values import hidden_texts
from halfcell.render.paper import theme
from halfcell.render.paper.figure import draw_figure
from halfcell.render.ranges import ranges
from halfcell.render.unseen.beyond import beyond
from halfcell.render.unseen.without_effect import without_effect

X = np.linspace(1.0, 10.0, 19)


def _lines() -> Figure:
    layers = tuple(Line(x=X, y=n + X / 5, label=f"cycle {n}", colour=n - 1) for n in (1, 2))
    value = Text(x=0.95, y=0.2, text="ICE = 92.5 %", fraction=True, align="right")
    x, y = Axis(label="Capacity", unit="mAh g^{-1}"), Axis(label="Voltage", unit="V")
    return Figure(panels=(Panel(x=x, y=y, layers=(*layers, value)),))


def _bars() -> Figure:
    layers = tuple(
        Bars(x=np.arange(2) + 0.3 * n, y=np.array([2.0, 3.0 + n]), names=("A", "B"), label=name, colour=n, width=0.3)
        for n, name in enumerate(("Si", "Sn"))
    )
    return Figure(panels=(Panel(y=Axis(label="Size", unit="nm"), layers=layers),))


def _points() -> Figure:
    left = Points(x=X, y=100 - X, label="capacity", joined=True)
    right = Points(x=X, y=90 + X / 2, y_error=0.3 + 0 * X, label="efficiency", colour=1, side="right")
    axes = {"x": Axis(label="Cycle", whole=True), "y": Axis(label="Capacity", unit="mAh")}
    return Figure(panels=(Panel(**axes, right=Axis(label="Efficiency", unit="%"), layers=(left, right)),))


def _map() -> Figure:
    image = Image(values=np.outer(X, X), extent=(10, 80, 0, 5), palette="viridis", bar_label="Intensity (arb. unit)")
    x, y = Axis(label="Angle", unit="degree"), Axis(label="Time", unit="h")
    return Figure(panels=(Panel(x=x, y=y, layers=(image,)),))


def _picture() -> Figure:
    image = Image(values=np.outer(X, X) / 100, extent=(0, 20, 0, 20), scale_bar=(5.0, "5 nm"))
    hidden = Axis(hidden=True)
    return Figure(panels=(Panel(x=hidden, y=hidden, layers=(image,), equal=True),))


def _panels() -> Figure:
    small = Panel(layers=(Line(x=X, y=X),))
    arc = Line(x=5 - 4 * np.cos(X / 4), y=4 * np.sin(X / 4) + 1, label="A", colour=0)
    axes = {"x": Axis(label="Z'", unit="ohm", low=0), "y": Axis(label="-Z''", unit="ohm", low=0)}
    first = Panel(**axes, layers=(arc,), equal=True, inset=small)
    second = Panel(x=Axis(label="Frequency", unit="Hz", log=True), y=Axis(label="|Z|", unit="ohm"), layers=(arc,))
    return Figure(panels=(first, second), columns=2, width_mm=140)


KINDS = {made.__name__[1:]: made() for made in (_lines, _bars, _points, _map, _picture, _panels)}


def _looks(figure: Figure) -> dict[str, dict[str, Any]]:
    """A look for each key, which differs from what the figure has."""
    first, spans = drawable(figure).panels[0], ranges(drawable(figure).panels[0])
    axes: dict[str, dict[str, Any]] = {}
    for name, span in (("x", spans.x), ("y", spans.left), ("right", spans.right or spans.left)):
        axis = getattr(first, name) or Axis()
        looks: dict[str, object] = {
            "limits": [span.at(0.2), span.at(0.7)],
            "scale": "linear" if axis.log else "log",
            "tick_step": (span.high - span.low) / 3.3,
            "label": "another",
            "reverse": not axis.reverse,
            "numbers": False,
            "broken": [span.at(0.4), span.at(0.6)],
        }
        axes |= {f"axes.{name}.{key}": {"axes": {name: {key: value}}} for key, value in looks.items()}
    at = [spans.x.at(0.5), spans.left.at(0.4)]
    notes: dict[str, dict[str, Any]] = {
        "text": {"text": "HELLO", "at": at},
        "arrow": {"text": "HELLO", "arrow": [*at, spans.x.at(0.7), at[1]]},
        "line": {"text": "HELLO", "x": spans.x.at(0.33)},
        "range": {"y": [spans.left.at(0.3), spans.left.at(0.5)]},
        "far text": {"text": "HELLO", "at": [spans.x.high * 30 + 100, at[1]]},
        "far line": {"text": "HELLO", "y": spans.left.high * 30 + 100},
    }
    plain: dict[str, list[object]] = {
        "colours": [["#ff00ff"], "plasma", "grey"],
        "lines": [["dot"], ["none"]],
        "markers": [["plus"], ["none"]],
        "line_width": [4],
        "marker_size": [9],
        "legend": ["lower center", "outside", {"columns": 3}],
        "title": ["a title"],
        "titles": [["a title"]],
        "height": [1.7],
        "heights": [[1.7]],
        "inset": [{"x": [spans.x.at(0.2), spans.x.at(0.4)], "box": [0.2, 0.5, 0.3, 0.3]}],
        "values": [False],
        "colour_bar": [True],
        "letters": ["(A)"],
        "text_pt": [9],
        "frame_pt": [2],
        "units": ["solidus"],
        "columns": [3],
        "width_mm": [125],
        "panel_height_mm": [45],
    }
    every = {f"{key} = {value}": {key: value} for key, values in plain.items() for value in values}
    return axes | every | {f"annotations: {key}": {"annotations": [one]} for key, one in notes.items()}


def _drawn(figure: Figure) -> np.ndarray[Any, Any]:
    with mpl.rc_context(theme.settings(figure.look) | {"figure.dpi": 60}):
        canvas = draw_figure(figure).canvas
        canvas.draw()
        return np.array(canvas.buffer_rgba())  # type: ignore[attr-defined]


def _told(figure: Figure, look: dict[str, Any]) -> tuple[str, ...]:
    """What is said of a look; a refusal is a message, too."""
    read = figure_look(look)
    try:
        return (*map(str, without_effect(figure, read)), *beyond(figure.with_look(read)))
    except InputError as error:
        return (str(error),)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_each_key_changes_the_picture_or_a_message_says_why(kind: str) -> None:
    figure = KINDS[kind]
    bare, silent, wrong = _drawn(figure), [], []
    for name, look in _looks(figure).items():
        if kind == "panels" and name.startswith(("annotations", "axes.right", "lines", "markers")):
            continue  # several panels differ from one in other keys, and take long to draw
        told = _told(figure, look)
        if any("broken:" in text for text in told):
            continue
        made = _drawn(figure.styled(look))
        changed = made.shape != bare.shape or bool((made != bare).any())
        if not changed and not told:
            silent.append(name)
        if changed and any(" changes nothing" in text for text in told):
            wrong.append((name, told))
    assert silent == []
    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "look", "said"),
    [
        ("lines", {"markers": ["plus"]}, "markers changes nothing: there are no markers"),
        ("lines", {"axes": {"right": {"limits": [0, 1]}}}, "axes.right.limits changes nothing: there is no right axis"),
        ("lines", {"axes": {"x": {"broken": [20, 30]}}}, "does not lie within the axis"),
        ("lines", {"axes": {"x": {"tick_step": 1e-3}}}, "would have no tick or more than 100"),
        ("lines", {"letters": "(a)"}, "a figure of one panel has no letters"),
        ("lines", {"columns": 2}, "the figure has 1 panel"),
        ("lines", {"annotations": [{"text": "Li", "at": [99, 2]}]}, "'Li' lies beyond the x axis (Capacity 0.775"),
        ("lines", {"axes": {"x": {"limits": [0, 9]}}, "annotations": [{"x": 99, "text": "end"}]}, "'end' lies beyond"),
        ("lines", {"annotations": [{"x": 2, "size": 9}]}, "annotations[0].size changes nothing"),
        ("lines", {"axes": {"x": {"limits": [50, 90]}}}, "nothing of the data lies within the limits"),
        ("lines", {"inset": {"x": [50, 90]}}, "nothing of the data lies within the inset"),
        ("bars", {"lines": ["dash"]}, "lines changes nothing: there are no lines"),
        ("bars", {"values": False}, "the analysis writes no numbers"),
        ("map", {"axes": {"x": {"scale": "log"}}}, "a picture and names below bars have none"),
        ("bars", {"axes": {"x": {"scale": "log"}}}, "a picture and names below bars have none"),
        ("map", {"axes": {"x": {"broken": [20, 30]}}}, "a picture or a map cannot leave out a range"),
        ("map", {"colours": ["red"]}, "a map takes a palette"),
        ("picture", {"axes": {"x": {"label": "x"}}}, "the axis is hidden"),
        ("picture", {"legend": "outside"}, "no series has a name"),
        ("panels", {"panel": {"b": {"inset": {"x": [5, 6]}, "values": False}}}, "panel.b.values changes nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_said(kind: str, look: dict[str, Any], said: str) -> None:
    assert any(said in text for text in _told(KINDS[kind], look)), _told(KINDS[kind], look)


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        ("lines", {"letters": "a", "panel_height_mm": 60}),
        ("lines", {"axes": {"x": {"limits": ["auto", "auto"], "scale": "linear", "reverse": False}}}),
        ("panels", {"letters": "a", "columns": 2, "axes": {"x": {"limits": [0, "auto"]}}}),
        ("panels", {"panel": {"b": {"axes": {"x": {"scale": "log"}}}}}),
        ("bars", {"colour_bar": False, "values": True, "legend": "best"}),
        ("map", {"colours": "viridis"}),
        ("lines", {"colours": {"cycle 1": "red"}, "labels": {"cycle 2": "last"}, "lines": {"cycle 2": "dot"}}),
    ],
)
def test_what_the_figure_has_anyway_is_not_complained_of(kind: str, look: dict[str, Any]) -> None:
    assert [text for text in _told(KINDS[kind], look) if "letters" not in text] == []


def test_lines_and_markers_can_be_left_out() -> None:
    """Both ended in an error of the drawing library."""
    lines = drawable(KINDS["lines"].styled({"lines": {"cycle 1": "none"}})).panels[0].layers
    assert [layer.label for layer in lines if isinstance(layer, Line)] == ["cycle 2"]
    styled = KINDS["points"].styled({"markers": ["none", "none"], "lines": ["dash"], "line_width": 2})
    first, second = drawable(styled).panels[0].layers
    assert isinstance(first, Points)
    assert (first.marker, first.joined, first.dash, first.width_pt) == ("none", True, "dash", 2.0)
    assert isinstance(second, Points)  # its error bars stay
    traces = screen_figure(styled)["data"]
    assert traces[0]["mode"] == "lines"
    assert traces[0]["line"] == {"color": "#0072B2", "width": 2.8, "dash": "dash"}
    assert traces[1]["marker"]["opacity"] == 0
    assert _drawn(styled).size


def test_a_map_takes_a_palette_and_a_picture_does_not() -> None:
    for kind, palette in (("map", "magma"), ("picture", "grey")):
        (image,) = drawable(KINDS[kind].styled({"colours": "magma"})).panels[0].layers
        assert isinstance(image, Image)
        assert image.palette == palette


def test_a_colour_for_a_series_of_another_panel_leaves_dashes_and_colour_bars() -> None:
    """One colour by name in [style] took the dashes and the colour bars, which grey print needs, from all figures."""
    lines = tuple(Line(x=X, y=n + X, label=f"cycle {n}", colour=n) for n in range(8))
    style = {"colours": {"Si": "black"}}
    for count in (2, 8):
        other = Panel(layers=(Line(x=X, y=X, label="Si"),))
        figure = Figure(panels=(Panel(layers=lines[:count]), other))
        bare, styled = drawable(figure).panels[0], drawable(figure.styled(style)).panels[0]
        assert [layer.dash for layer in styled.layers] == [layer.dash for layer in bare.layers]  # type: ignore[union-attr]
        assert (styled.colour_bar is not None) == (count == 8)


def test_two_insets_stand_beside_that_of_the_analysis() -> None:
    """One of the author's took the place of that of the analysis, such as the circuit in a Nyquist plot."""
    look = {"inset": [{"x": [1, 3], "box": [0.1, 0.1, 0.3, 0.3]}, {"x": [4, 6], "box": [0.6, 0.1, 0.3, 0.3]}]}
    figure = KINDS["panels"].styled({"panel": {"a": look}})
    panel = drawable(figure).panels[0]
    assert panel.inset is not None
    assert [small.x.low for small, _ in panel.more_insets] == [1.0, 4.0]
    with mpl.rc_context(theme.settings(figure.look)):
        assert len(draw_figure(figure).axes[0].child_axes) == 3
    layout = screen_figure(figure)["layout"]
    assert {"xaxis", "xaxis2", "xaxis3", "xaxis5", "xaxis7"} <= set(layout)


@pytest.mark.parametrize("box", [[0.55, 0.1, 0.42, 0.4], [0.5, 0.03, 0.48, 0.9], [0.1, 0.05, 0.85, 0.4]])
def test_a_value_goes_to_a_place_that_no_inset_hides(box: list[float]) -> None:
    figure = KINDS["lines"].styled({"inset": {"x": [1, 2], "box": box}})
    panel = drawable(figure).panels[0]
    assert hidden_texts(panel, Size(90, 60)) == ()
    assert beyond(figure) == ()
    with mpl.rc_context(theme.settings(figure.look)):
        axes = draw_figure(figure).axes[0]
        (value,) = [text for text in axes.texts if text.get_text().startswith("ICE")]
        (inset,) = axes.child_axes
        inset_box = inset.get_tightbbox()
        assert inset_box is not None
        assert not value.get_window_extent().overlaps(inset_box)
        outer = axes.get_window_extent()
        assert outer.x0 <= value.get_window_extent().x0
        assert value.get_window_extent().x1 <= outer.x1


def test_a_value_without_a_free_place_is_told() -> None:
    figure = KINDS["lines"].styled({"inset": {"x": [1, 2], "box": [0.02, 0.02, 0.96, 0.96]}})
    assert "an inset hides the text 'ICE = 92.5 %'" in beyond(figure)[0]


def test_an_annotation_far_beyond_the_axes_is_not_drawn_over_its_neighbours() -> None:
    """On a logarithmic axis it lay so far off that the picture could not be drawn at all."""
    look = {"annotations": [{"text": "HELLO", "at": [1e30, 2]}, {"text": "near", "at": [10.5, 2]}]}
    texts = [layer.text for layer in drawable(KINDS["panels"].styled(look)).panels[1].layers if isinstance(layer, Text)]
    assert texts == ["near"]


def test_a_logarithmic_axis_over_limits_from_zero_can_have_annotations_and_insets() -> None:
    look = {"axes": {"x": {"scale": "log"}}, "annotations": [{"text": "here", "at": [2, 2]}], "inset": {"x": [1, 2]}}
    figure = Figure(panels=(dataclasses.replace(KINDS["lines"].panels[0], x=Axis(label="Capacity", low=0.0)),))
    assert beyond(figure.styled(look)) == ()
    assert _drawn(figure.styled(look)).size


def test_a_shaded_range_that_ends_in_a_gap_ends_at_its_edge() -> None:
    look = {"axes": {"x": {"broken": [4, 6]}}, "annotations": [{"x": [3, 5]}, {"x": [5, 8]}, {"x": 5, "text": "no"}]}
    figure = KINDS["lines"].styled(look)
    spans = [layer for layer in drawable(figure).panels[0].layers if hasattr(layer, "start")]
    assert (spans[0].start, spans[0].stop) == (3.0, 4.0)
    assert spans[1].stop > spans[1].start > 4.0
    assert beyond(figure) == ("the annotation 'no' lies in the range that the x axis leaves out, and is not drawn",)


def test_names_of_peaks_beyond_the_limits_of_the_author_are_left_out() -> None:
    """The name of a reflection stood beside the frame, and the name of a phase beside each inset."""
    names = tuple(Text(x=float(at), y=1.0, text=f"peak {at}", align="center") for at in (3, 9))
    ticks = Ticks(x=np.array([3.0, 9.0]), label="Si")
    figure = Figure(panels=(Panel(layers=(Line(x=X, y=X), *names, ticks)),))
    limited = drawable(figure.styled({"axes": {"x": {"limits": [1, 8.5]}}, "inset": {"x": [2, 4]}})).panels[0]
    assert [layer.text for layer in limited.layers if isinstance(layer, Text)] == ["peak 3"]
    ((small, _),) = limited.more_insets
    assert [layer.label for layer in small.layers if isinstance(layer, Ticks)] == [""]
    assert len([layer for layer in drawable(figure).panels[0].layers if isinstance(layer, Text)]) == 2
