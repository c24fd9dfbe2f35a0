"""Axes on the screen: boxes, ranges, ticks inside, titles with units, a right axis, the strip of phase ticks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from halfcell.core.figure import Axis, Bars, Image, Panel, Ticks
from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render.paper import phase_ticks as _paper_strip
from halfcell.render.ranges import log_digits

if TYPE_CHECKING:
    from halfcell.render.ranges import Range
    from halfcell.render.screen.placed_panel import Place


def sides(panel: Panel, found: dict[str, Range]) -> tuple[float, float]:
    """Plugin in pixels left and right of a panel for numbers and titles."""
    left = _room(panel.y, found["left"], _names(panel, horizontal=True))
    return left, _room(panel.right, found["right"], []) if panel.right else 14.0


def _room(axis: Axis, span: Range, names: list[str]) -> float:
    if axis.hidden:
        return 10.0
    letters = 0.0 if axis.no_numbers else max([_letters(span), *(float(len(name)) for name in names)])
    title = 24.0 if axis.label else 6.0
    return title + 7.3 * letters + 10.0


def _letters(span: Range) -> float:
    """How many letters the longest number of an axis has, at about five ticks."""
    if span.log:
        return 4.0
    low, high = span.low / 10.0**span.power, span.high / 10.0**span.power
    step = 10 ** math.floor(math.log10((high - low) / 4))
    decimals = max(0, -round(math.log10(step)))
    return float(max(len(f"{low:.{decimals}f}"), len(f"{high:.{decimals}f}")))


def _names(panel: Panel, horizontal: bool) -> list[str]:
    bars = [layer for layer in panel.layers if isinstance(layer, Bars) and layer.horizontal == horizontal]
    return [name for layer in bars for name in layer.names]


def turned(panel: Panel) -> float:
    """Extra room below for the names of bars that may be turned."""
    names = set(_names(panel, horizontal=False))
    longest = max((len(name) for name in names), default=0)
    return 3.5 * longest if longest * len(names) > 30 else 0.0


def axes(place: Place, numbers: bool = True, follows: str = "") -> dict[str, Any]:
    """Layout entries of all axes of a panel; `follows` is the x axis whose range this one shares."""
    panel, (across, up) = place.panel, place.domain()
    x = _axis(panel.x, place.ranges["x"], place) | {"tickangle": 0, "domain": across}
    x |= {"anchor": place.ticks, "mirror": "all"} if place.strip else {"anchor": place.y}
    y = _axis(panel.y, place.ranges["left"], place) | {"domain": up, "anchor": place.x}
    if not numbers:
        x |= {"showticklabels": False, "title": {"text": ""}}
    if follows and follows != place.x:
        x["matches"] = follows
    _name_bars(panel, x, y)
    if panel.equal:
        _even_scales(panel, place, x, y)
    found = {_key(place.x): x, _key(place.y): y}
    if panel.right:
        found[_key(place.right)] = _right(panel, panel.right, place)
    if place.strip:
        found[_key(place.ticks)] = _strip(place)
    return found


def _even_scales(panel: Panel, place: Place, x: dict[str, Any], y: dict[str, Any]) -> None:
    """One scale for both: by a smaller box for pictures and drawings, by more range upwards for others."""
    y |= {"scaleanchor": place.x, "scaleratio": 1}
    boxed = any(isinstance(layer, Image) for layer in panel.layers) or (panel.x.hidden and panel.y.hidden)
    for axis, end in ((x, "left"), (y, "bottom")):
        axis |= {"constrain": "domain"} if boxed else {"constrain": "range", "constraintoward": end}


def _right(panel: Panel, axis: Axis, place: Place) -> dict[str, Any]:
    right = _axis(axis, place.ranges["right"], place)
    right |= {"overlaying": place.y, "side": "right", "anchor": place.x, "mirror": False}
    if not axis.hidden:
        right["title"]["font"]["color"] = style.right_colour(panel)
    return right


def _key(name: str) -> str:
    """``x3`` -> ``xaxis3``."""
    return f"{name[0]}axis{name[1:]}"


def _axis(axis: Axis, span: Range, place: Place) -> dict[str, Any]:
    if axis.hidden:
        return {"visible": False, "range": _limits(axis, span), "showgrid": False, "zeroline": False}
    size = 10 if place.small else 12
    upright = axis is place.panel.x
    ticks = max(3, min(8, int(place.box[2] / 48 if upright else place.box[3] / 30)))
    title = words.screen_text(words.axis_title(axis, span.power))
    shown: dict[str, Any] = {
        "range": _limits(axis, span),
        "type": "log" if axis.log else "linear",
        "showline": True,
        "mirror": True,
        "linecolor": "black",
        "linewidth": 1,
        "showgrid": False,
        "zeroline": False,
        "ticks": "" if axis.no_numbers else "inside",
        "ticklen": 3 if place.small else 5,
        "tickwidth": 1,
        "tickcolor": "black",
        "tickfont": {"size": size},
        "showticklabels": not axis.no_numbers,
        "title": {"text": title, "standoff": 4, "font": {"size": size}},
        "tickmode": "auto",
        "nticks": ticks,
    }
    if axis.log:
        return shown | _decades(span)
    return shown | {"exponentformat": "none", "separatethousands": False} | (_wholes(span, ticks) if axis.whole else {})


def _wholes(span: Range, ticks: int) -> dict[str, Any]:
    """Ticks at whole numbers alone: 1, 2, 5, 10 ... apart."""
    least = max(abs(span.high - span.low) / ticks, 1.0)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)
    return {"tickmode": "linear", "tick0": 0, "dtick": step}


def _decades(span: Range) -> dict[str, Any]:
    """Ticks of a log axis: whole decades, and between them where there are few; everyday numbers in full."""
    decades = math.log10(span.high / span.low)
    if decades < 1.3:
        first = math.floor(math.log10(span.low))
        digits = log_digits(span.low, span.high)
        marks = [int(digit) * 10.0**power for power in range(first, first + 4) for digit in digits]
        marks = [mark for mark in marks if span.low <= mark <= span.high]
        return {"tickmode": "array", "tickvals": marks, "ticktext": [f"{mark:g}" for mark in marks]}
    plain = span.low >= 0.9e-2 and span.high <= 1.1e5
    between = {"ticks": "inside", "ticklen": 3, "tickcolor": "black"}
    step = {"tickmode": "linear", "tick0": 0, "dtick": math.ceil(decades / 5)}
    return step | {"exponentformat": "none" if plain else "power", "minor": between}


def _limits(axis: Axis, span: Range) -> list[float]:
    scale = 10.0**span.power
    ends = [span.low / scale, span.high / scale]
    if axis.log:
        ends = [math.log10(end) for end in ends]
    return ends[::-1] if axis.reverse else ends


def _name_bars(panel: Panel, x: dict[str, Any], y: dict[str, Any]) -> None:
    """Names in place of numbers below bars, each at the middle of the bars that bear it."""
    for layer in panel.layers:
        if not isinstance(layer, Bars) or not layer.names:
            continue
        places: dict[str, list[float]] = {}
        for other in panel.layers:
            if isinstance(other, Bars):
                for at, name in zip(other.x, other.names, strict=False):
                    places.setdefault(name, []).append(float(at))
        ticks: dict[str, Any] = {
            "tickmode": "array",
            "tickvals": [sum(at) / len(at) for at in places.values()],
            "ticktext": [words.screen_text(words.lowered(name)) for name in places],
            "ticks": "",
        }
        if turned(panel) and not layer.horizontal:
            ticks["tickangle"] = -35
        (y if layer.horizontal else x).update(ticks)
        return


def _strip(place: Place) -> dict[str, Any]:
    """The axis below the data on which the rows of phase ticks stand, their names at its right."""
    rows = [layer for layer in place.panel.layers if isinstance(layer, Ticks)]
    count = max(layer.row for layer in rows) + 1
    left, bottom, width, height = place.box
    del left, width
    named: dict[str, Any] = {"showticklabels": False}
    if _paper_strip.beside(place.panel):
        text = [
            f'<span style="color:{style.colour(layer.colour)}">{words.screen_text(words.lowered(layer.label))}</span>'
            for layer in rows
        ]
        places = [-layer.row - 0.6 for layer in rows]
        named = {"tickmode": "array", "tickvals": places, "ticktext": text, "tickfont": {"size": 11}}
    return {
        "domain": [bottom / place.size[1], (bottom + place.strip * height) / place.size[1]],
        "range": [-count - 0.1, 0.15],
        "anchor": place.x,
        "side": "right",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "showline": True,
        "mirror": True,
        "linecolor": "black",
        "linewidth": 1,
    } | named
