"""Find what an author wrote of a figure's look that changes nothing in its picture, and say why."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from halfcell.core.errors import HalfcellError
from halfcell.core.looks.combine import combined
from halfcell.core.looks.leaves import leaves, replaced, without
from halfcell.core.looks.records import Annotation, FigureLook
from halfcell.render.drawable import drawable
from halfcell.render.labels import LETTERS
from halfcell.render.ranges import ranges
from halfcell.render.unseen.visible import same, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.core.figure import Axis, Figure, Panel
    from halfcell.core.looks.leaves import Path

_OF_STYLES: Final = {"journal", "widths_mm", "font"}  # what a font lacks is said by the one who looks for it
_SIDES: Final = {"x": "x", "y": "left", "right": "right"}
# What a key may say that is as good as not saying it: the picture is then as it was asked for.
_PLAIN: Final[Mapping[str, object]] = {"reverse": False, "numbers": True, "values": True, "colour_bar": False}
# Another value of a key: where it changes the picture, the value that was asked for is what the figure has anyway.
_OTHERS: Final[Mapping[str, tuple[object, ...]]] = {
    "letters": ("(A)",),
    "columns": (2, 1),
    "place": ("lower left", "upper right"),
    "height": (3.3,),
    "heights": ((3.3,),),
    "unit": (),
    "line_width": (5.7,),
    "marker_size": (11.0,),
    "lines": (("dot",), ("dash",)),
    "markers": (("plus",), ("cross",)),
    "colours": (("#123456",),),
    "align": ("right", "left"),
    "title": ("another title",),
    "titles": (("another title",),),
    "label": ("another label",),
    "units": ("solidus", "parentheses"),
    "text_pt": (17.0,),
    "frame_pt": (2.9,),
    "width_mm": (77.0,),
    "panel_height_mm": (77.0,),
}
_WHY: Final[Mapping[str, str]] = {
    "lines": "there are no lines that it names",
    "line_width": "there are no lines",
    "markers": "there are no markers that it names",
    "marker_size": "there are no markers",
    "colours": "there are no series that it names; drawings and pictures keep their colours, a map takes a palette",
    "labels": "what has this name is not written with it",
    "hide": "what has this name is not drawn as a series",
    "values": "the analysis writes no numbers into it",
    "colour_bar": "it needs curves on the left axis whose names differ in a number, such as cycle 1 and cycle 5",
    "place": "no series has a name, so that there is no legend",
    "columns": "there is no legend, or it has too few names",
    "letters": "a figure of one panel has no letters",
    "units": "no axis has a unit",
    "heights": "a row is as high as its highest panel",
    "height": "a row is as high as its highest panel",
    "title": "another title is written in its place",
    "titles": "another title is written in its place, or there are more titles than panels",
    "tick_step": "the axis is logarithmic, has no numbers, or would have no tick or more than 100",
    "broken": "the range that is to be left out does not lie within the axis",
    "label": "the axis is hidden, or another panel has its label",
    "reverse": "the axis is shared with another panel, or hidden",
    "numbers": "the axis is hidden",
    "limits": "the axis is shared with another panel",
    "scale": "a logarithmic axis needs values above zero; a picture and names below bars have none",
    "size": "only a text at a place has a size of its own",
    "align": "only a text at a place is aligned",
    "fraction": "only a text at a place can stand in fractions of the panel",
    "line": "only a line across the panel has dashes",
    "frame_pt": "there are no axes",
}


class Unheeded(NamedTuple):
    """Something that an author wrote of a look: its path, and why it changes nothing."""

    path: Path
    why: str

    @property
    def key(self) -> str:
        """The path as people write it: ``axes.x.limits``, ``annotations[0]``."""
        words = ".".join(str(part) for part in self.path)
        for name in ("annotations", "inset"):
            words = re.sub(rf"{name}\.(\d+)", rf"{name}[\1]", words)
        return words

    def __str__(self) -> str:
        """One line."""
        return f"{self.key} changes nothing: {self.why}"


def without_effect(figure: Figure, look: FigureLook) -> tuple[Unheeded, ...]:
    """Find what of a look changes nothing in a figure and is not what the figure has anyway.

    Parameters
    ----------
    figure
        The figure without this look; it may have that of the study.
    look
        What the author of the figure wrote, which fits the figure.

    Returns
    -------
    tuple of Unheeded
        In the order of the look; empty if everything is seen.
    """
    written = [one for path, value in leaves(look) for one in _single(path, value) if path[0] not in _OF_STYLES]
    if not written:
        return ()
    whole = _picture(figure, look)
    dead = [(path, value) for path, value in written if _is_dead(figure, look, whole, path, value)]
    return tuple(Unheeded(path, _why(figure, look, path)) for path, _ in dead)


def _single(path: Path, value: object) -> Iterator[tuple[Path, object]]:
    """Yield a value itself; of an annotation, which `beyond` looks at, what it says of its look."""
    if not isinstance(value, Annotation):
        yield path, value
        return
    for name in ("size", "align", "fraction", "line"):
        if getattr(value, name) != getattr(Annotation(), name):
            yield (*path, name), getattr(value, name)


def _picture(figure: Figure, look: FigureLook) -> Figure | None:
    """Return what is seen of the figure with a look; None if the look does not fit."""
    try:
        return visible(drawable(dataclasses.replace(figure, look=combined(figure.look or FigureLook(), look))))
    except HalfcellError:
        return None


def _is_dead(figure: Figure, look: FigureLook, whole: Figure | None, path: Path, value: object) -> bool:
    """Whether the picture is the same without a value, and with any other value in its place."""
    if path == ("columns",) and isinstance(value, int) and value > len(figure.panels):
        return True
    if value == _PLAIN.get(str(path[-1]), ()):
        return False
    if not same(whole, _picture(figure, without(look, path))):
        return False
    others = (*_others(path, value), *_limits_within(figure, path))
    changed = (_picture(figure, replaced(look, path, other)) for other in others)
    return all(other is None or same(whole, other) for other in changed) and not _is_so(figure, look, path, value)


def _others(path: Path, value: object) -> tuple[object, ...]:
    """Return the values to try in place of one."""
    name = str(path[-1])
    if name == "colours" and isinstance(value, str):
        return "magma", "cividis"  # of a map, for which a list of colours says nothing
    if name in _OTHERS:
        return _OTHERS[name]
    by_name = len(path) > 1 and str(path[-2]) in {"colours", "lines", "markers", "labels"}
    return {"colours": ("#123456",), "lines": ("dot", "dash"), "markers": ("plus", "cross")}.get(
        str(path[-2]) if by_name else "", ("another",) if by_name else ()
    )


def _limits_within(figure: Figure, path: Path) -> Iterator[object]:
    """Yield limits within those of an axis, for a path that ends in limits."""
    if path[-1] == "limits":
        for panel in _panels(figure, path):
            span = getattr(ranges(panel), _SIDES[str(path[-2])])
            if span is not None:
                yield span.at(0.31), span.at(0.64)


def _is_so(figure: Figure, look: FigureLook, path: Path, value: object) -> bool:
    """Whether the axes have anyway what the author asks of them."""
    if path[-1] not in {"scale", "reverse", "unit", "tick_step", "numbers"}:
        return False
    drawn = _picture(figure, look) or figure
    axes = [axis for panel in _panels(drawn, path) if (axis := _axis_of(panel, path)) is not None]
    return bool(axes) and all(_has(axis, str(path[-1]), value) for axis in axes)


def _has(axis: Axis, name: str, value: object) -> bool:
    match name:
        case "scale":
            return axis.log == (value == "log")
        case "reverse":
            return axis.reverse and not axis.hidden
        case "numbers":
            return axis.no_numbers and not axis.hidden
        case "unit":
            return bool(axis.unit)
    return axis.tick_step == value


def _axis_of(panel: Panel, path: Path) -> Axis | None:
    name = str(path[-2])
    found: Axis | None = getattr(panel, name) if name in _SIDES else None
    return found


def _panels(figure: Figure, path: Path) -> tuple[Panel, ...]:
    """Return the panels that a path is about."""
    if path[0] != "panel":
        return figure.panels
    place = LETTERS.index(str(path[1]))
    return figure.panels[place : place + 1]


def _why(figure: Figure, look: FigureLook, path: Path) -> str:
    """Say why a value changes nothing."""
    drawn = _picture(figure, look) or figure
    panels = _panels(drawn, path)
    subject = path[2:] if path[0] == "panel" else path
    if subject[:2] == ("axes", "right") and all(panel.right is None for panel in panels):
        return "there is no right axis; axes.right.series = [...] gives series one"
    if subject[:2] == ("axes", "right") and subject[2] == "broken":
        return "only the x axis and the left y axis can leave out a range"
    name = str(subject[0] if subject[0] in {"colours", "lines", "markers", "labels"} else subject[-1])
    if subject == ("columns",):
        return f"the figure has {len(figure.panels)} panel{'s' if len(figure.panels) > 1 else ''}"
    if name == "inset" or subject[0] == "inset":
        return "there is nothing to draw again in an inset"
    return _WHY.get(name, "nothing in the figure depends on it")
