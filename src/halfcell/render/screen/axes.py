"""Describe the axes of a panel to plotly: ranges, ticks and titles, and the space that they need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.figure import Bars
from halfcell.render import style
from halfcell.render.labels import axis_title
from halfcell.render.ranges import has_image
from halfcell.render.screen import text
from halfcell.render.screen.phase_ticks import strip_axis
from halfcell.render.tick_numbers import MOST_TICKS, bar_names, has_few_decades, is_written_in_full, log_digits

if TYPE_CHECKING:
    from halfcell.core.figure import Axis, Panel
    from halfcell.core.json_values import JsonObject
    from halfcell.render.ranges import PanelRanges, Range
    from halfcell.render.screen.placed_panel import PlacedPanel
    from halfcell.render.tick_numbers import BarNames


def width_left(panel: Panel, ranges: PanelRanges) -> float:
    """Return the width in pixels of the numbers and the title of the left axis."""
    return _width(panel.y, ranges.left, _names(panel, horizontal=True))


def width_right(panel: Panel, ranges: PanelRanges) -> float:
    """Return the width in pixels of the numbers and the title of the right axis, or of a margin without one."""
    if panel.right is None or ranges.right is None:
        return 14.0
    return _width(panel.right, ranges.right, [])


def _width(axis: Axis, span: Range, names: list[str]) -> float:
    if axis.hidden:
        return 10.0
    letters = 0.0 if axis.no_numbers else max([_letters(span), *(float(len(name)) for name in names)])
    title = 24.0 if axis.label else 6.0
    return title + 7.3 * letters + 10.0


def _letters(span: Range) -> float:
    """Estimate how many letters the longest number of an axis has, at about five ticks."""
    if span.log:
        return 4.0
    low, high = span.low / 10.0**span.power, span.high / 10.0**span.power
    step = 10 ** math.floor(math.log10((high - low) / 4))
    decimals = max(0, -round(math.log10(step)))
    return float(max(len(f"{low:.{decimals}f}"), len(f"{high:.{decimals}f}")))


def _names(panel: Panel, horizontal: bool) -> list[str]:
    bars = [layer for layer in panel.layers if isinstance(layer, Bars) and layer.horizontal == horizontal]
    return [name for layer in bars for name in layer.names]


def height_of_turned_names(panel: Panel) -> float:
    """Return the additional height in pixels of names below bars that are turned; 0 if they are not."""
    names = set(_names(panel, horizontal=False))
    longest = max((len(name) for name in names), default=0)
    return 3.5 * longest if longest * len(names) > 30 else 0.0


def axes(placed: PlacedPanel, numbers: bool = True, follows: str = "") -> JsonObject:
    """Return the layout entries of all axes of a panel; `follows` is the x axis whose range this one shares."""
    panel, domain = placed.panel, placed.domain()
    x = _axis(panel.x, placed.ranges.x, placed) | {"tickangle": 0, "domain": domain.across}
    x |= {"anchor": placed.ticks, "mirror": "all"} if placed.strip else {"anchor": placed.y}
    y = _axis(panel.y, placed.ranges.left, placed) | {"domain": domain.up, "anchor": placed.x}
    if not numbers:
        x |= {"showticklabels": False, "title": {"text": ""}}
    if follows and follows != placed.x:
        x["matches"] = follows
    named = bar_names(panel)
    if named is not None:
        (y if named.horizontal else x).update(_named_ticks(named, panel))
    if panel.equal:
        y |= {"scaleanchor": placed.x, "scaleratio": 1}
        x |= _constrained(panel, "left")
        y |= _constrained(panel, "bottom")
    found: JsonObject = {_key(placed.x): x, _key(placed.y): y}
    if panel.right is not None and placed.ranges.right is not None:
        found[_key(placed.right)] = _right(panel.right, placed.ranges.right, placed)
    if placed.strip:
        found[_key(placed.ticks)] = strip_axis(placed)
    return found


def _constrained(panel: Panel, end: str) -> JsonObject:
    """Return how an axis gets the scale of the other: by a smaller box for images and drawings, else a wider range."""
    if has_image(panel) or (panel.x.hidden and panel.y.hidden):
        return {"constrain": "domain"}
    return {"constrain": "range", "constraintoward": end}


def _right(axis: Axis, span: Range, placed: PlacedPanel) -> JsonObject:
    right = _axis(axis, span, placed, title_colour=style.right_colour(placed.panel))
    return right | {"overlaying": placed.y, "side": "right", "anchor": placed.x, "mirror": False}


def _key(name: str) -> str:
    """Return the name of an axis in the layout: ``x3`` -> ``xaxis3``."""
    return f"{name[0]}axis{name[1:]}"


def _axis(axis: Axis, span: Range, placed: PlacedPanel, title_colour: str = "") -> JsonObject:
    if axis.hidden:
        return {"visible": False, "range": _limits(axis, span), "showgrid": False, "zeroline": False}
    size = 10 if placed.small else 12
    font: JsonObject = {"size": size} | ({"color": title_colour} if title_colour else {})
    ticks = max(3, min(8, int(placed.box.width / 48 if axis is placed.panel.x else placed.box.height / 30)))
    shown: JsonObject = {
        "range": _limits(axis, span),
        "type": "log" if axis.log else "linear",
        "showline": True,
        "mirror": True,
        "linecolor": "black",
        "linewidth": 1,
        "showgrid": False,
        "zeroline": False,
        "ticks": "" if axis.no_numbers else "inside",
        "ticklen": 3 if placed.small else 5,
        "tickwidth": 1,
        "tickcolor": "black",
        "tickfont": {"size": size},
        "showticklabels": not axis.no_numbers,
        "title": {"text": text.from_markup(axis_title(axis, span.power)), "standoff": 4, "font": font},
        "tickmode": "auto",
        "nticks": ticks,
    }
    return shown | _ticks(axis, span, ticks)


def _ticks(axis: Axis, span: Range, count: int) -> JsonObject:
    """Return where the numbers of an axis stand: where its author wants them, otherwise at about `count` places."""
    if axis.ticks:
        places, names = zip(*axis.ticks, strict=True)
        return {"tickmode": "array", "tickvals": list(places), "ticktext": list(names)}
    if axis.log:
        return _log_ticks(span)
    if axis.tick_step and (span.high - span.low) / axis.tick_step <= MOST_TICKS:
        return {"tickmode": "linear", "tick0": 0, "dtick": axis.tick_step / 10.0**span.power}
    plain: JsonObject = {"exponentformat": "none", "separatethousands": False}
    return plain | (_whole(span, count) if axis.whole else {})


def _whole(span: Range, ticks: int) -> JsonObject:
    """Return ticks at whole numbers alone: 1, 2, 5, 10 ... apart."""
    least = max(abs(span.high - span.low) / ticks, 1.0)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)
    return {"tickmode": "linear", "tick0": 0, "dtick": step}


def _log_ticks(span: Range) -> JsonObject:
    """Return the ticks of a log axis: whole decades, and between them where there are few; everyday numbers in full."""
    decades = math.log10(span.high / span.low)
    if has_few_decades(span.low, span.high):
        first = math.floor(math.log10(span.low))
        digits = log_digits(span.low, span.high)
        marks = [int(digit) * 10.0**power for power in range(first, first + 4) for digit in digits]
        marks = [mark for mark in marks if span.low <= mark <= span.high]
        return {"tickmode": "array", "tickvals": marks, "ticktext": [f"{mark:g}" for mark in marks]}
    return {
        "tickmode": "linear",
        "tick0": 0,
        "dtick": math.ceil(decades / 5),
        "exponentformat": "none" if is_written_in_full(span.low, span.high) else "power",
        "minor": {"ticks": "inside", "ticklen": 3, "tickcolor": "black"},
    }


def _limits(axis: Axis, span: Range) -> list[float]:
    scale = 10.0**span.power
    ends = [span.low / scale, span.high / scale]
    if axis.log:
        ends = [math.log10(end) for end in ends]
    return ends[::-1] if axis.reverse else ends


def _named_ticks(named: BarNames, panel: Panel) -> JsonObject:
    """Return names in place of numbers below bars."""
    found: JsonObject = {
        "tickmode": "array",
        "tickvals": named.positions,
        "ticktext": [text.from_prose(name) for name in named.names],
        "ticks": "",
    }
    if height_of_turned_names(panel) and not named.horizontal:
        found["tickangle"] = -35
    return found
