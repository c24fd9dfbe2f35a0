"""Read a look from plain values (of study.toml, of Python, of a form): records, and every mistake with its place."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from halfcell.core.errors import InputError, StudyError
from halfcell.core.looks.colours import COLOUR_NAMES, PALETTES, colour_code
from halfcell.core.looks.records import (
    Annotation,
    AxisLook,
    FigureLook,
    LegendLook,
    LineStyle,
    MarkerStyle,
)
from halfcell.core.plugins import did_you_mean
from halfcell.core.settings import convert
from halfcell.core.units import parse

L = TypeVar("L")
KeyPath = tuple[str | int, ...]
Place = Callable[[KeyPath], str]
Problems = list[InputError]

# Words that people bring from other programs -> ours.
_OTHER_WORDS = {
    "file": 'image = "photo.jpg", drawing = "scheme.svg", or curves = [{ file = "own.csv", x = "...", y = "..." }]',
    "xlim": "axes = { x = { limits = [0, 1] } }",
    "ylim": "axes = { y = { limits = [0, 1] } }",
    "xlabel": 'axes = { x = { label = "..." } }',
    "ylabel": 'axes = { y = { label = "..." } }',
    "xscale": 'axes = { x = { scale = "log" } }',
    "yscale": 'axes = { y = { scale = "log" } }',
    "x": "axes = { x = { ... } }",
    "y": "axes = { y = { ... } }",
    "color": "colours",
    "colors": "colours",
    "colour": "colours",
    "cmap": 'colours = "viridis"',
    "palette": 'colours = "viridis"',
    "linestyle": "lines",
    "marker": "markers",
    "linewidth": "line_width",
    "fontsize": "text_pt",
    "font_size": "text_pt",
    "figsize": "width_mm and panel_height_mm",
    "lim": "limits",
    "range": "limits",
    "min": 'limits = [0, "auto"]',
    "max": 'limits = ["auto", 1]',
    "log": 'scale = "log"',
    "name": "label",
    "loc": "place",
    "type": "show",
    "xlabels": 'axes = { x = { label = "..." } }',
    "lims": "axes = { x = { limits = [0, 1] } }",
    "limits": "axes = { x = { limits = [0, 1] } }",
    "title": "label",
    "ncol": "columns",
}
_FORMS = {
    "x": "x = { limits = [0, 100] }",
    "y": "y = { limits = [0, 100] }",
    "legend": 'legend = "none", or a place such as "upper left"',
    "inset": "inset = { x = [0, 1], y = [0, 1] }",
}
_RANGES: dict[str, tuple[float, float]] = {
    "text_pt": (3, 20),
    "frame_pt": (0.1, 3),
    "line_width": (0.1, 6),
    "marker_size": (0.5, 12),
    "width_mm": (30, 300),
    "panel_height_mm": (5, 300),
    "height": (0.05, 20),
    "columns": (1, 12),
    "size": (3, 30),
    "tick_step": (1e-12, 1e12),
}


def read_look(kind: type[L], values: Mapping[str, object], place: Place) -> tuple[L, Problems]:
    """Read a look.

    Parameters
    ----------
    kind
        `FigureLook`, `PanelLook`, or one of the other records.
    values
        Names and values as in study.toml.
    place
        Gives the place of a key path in words: ``("axes", "x")`` -> ``study.toml:12``.

    Returns
    -------
    look, problems
        What could be understood, and every mistake.
    """
    problems: Problems = []
    return _record(kind, values, (), place, problems), problems


def figure_look(values: Mapping[str, object]) -> FigureLook:
    """The look of a figure from names and values, for Python.

    Raises
    ------
    StudyError
        With every mistake.
    """
    look, problems = read_look(FigureLook, values, lambda path: ".".join(map(str, path)))
    if problems:
        count = f"{len(problems)} problems in all" if len(problems) > 1 else ""
        raise StudyError(str(problems[0]), hint=count, problems=tuple(problems))
    return look


def _record(kind: type[L], values: Mapping[str, object], at: KeyPath, place: Place, problems: Problems) -> L:
    made: dict[str, Any] = {}
    fields = _fields(typing.cast("Any", kind))
    for name, value in values.items():
        path = (*at, name)
        if name not in fields:
            problems.append(unknown_key(name, list(fields), place(path)))
            continue
        try:
            made[name] = _in_range(name, _value(value, fields[name], path, place, problems))
        except ValueError as error:
            problems.append(InputError(f"{name}: {error}", place(path)))
    missing = [name for name in _required(typing.cast("Any", kind)) if name not in made]
    if missing:
        raise ValueError(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
    look = kind(**made)
    for name, what, hint in _contradictions(look):
        problems.append(InputError(what, place((*at, name)), hint))
    return look


def unknown_key(name: str, known: list[str], where: str) -> InputError:
    """The problem of a key that does not exist; the hint names the nearest ones, or what another program's word is."""
    other = _OTHER_WORDS.get(name.lower())
    near = f"write {other}" if other and other.split(" ")[0] in {*known, "limits", "width_mm"} else ""
    hint = near or did_you_mean(name, known)
    more = "" if hint.startswith("known") else f"; possible here: {', '.join(known)}"
    return InputError(f"unknown key {name!r}", where, hint + more)


@cache
def _required(kind: Any) -> tuple[str, ...]:
    """The fields of a record without a default."""
    nothing = dataclasses.MISSING
    return tuple(
        item.name for item in dataclasses.fields(kind) if item.default is nothing and item.default_factory is nothing
    )


@cache
def _fields(kind: Any) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    return {item.name: hints[item.name] for item in dataclasses.fields(kind)}


def _value(value: object, wanted: object, path: KeyPath, place: Place, problems: Problems) -> object:
    """One value as the type of its field."""
    special = _SPECIAL.get(str(path[-1]))
    if special is not None:
        return special(value)
    kind = _without_none(wanted)
    if kind is LegendLook and isinstance(value, str):
        value = {"place": value}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, _table(value, _FORMS.get(str(path[-1]), "")), path, place, problems)
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is Mapping:
        inner = arguments[1]
        return {name: _value(one, inner, (*path, name), place, problems) for name, one in _table(value).items()}
    if typing.get_origin(kind) is tuple and dataclasses.is_dataclass(arguments[0]):
        listed = isinstance(value, list | tuple) and all(isinstance(one, Mapping) for one in value)
        rows = value if listed and isinstance(value, list | tuple) else [_table(value, _FORMS.get(str(path[-1]), ""))]
        return tuple(_value(one, arguments[0], (*path, index), place, problems) for index, one in enumerate(rows))
    if kind == tuple[str, ...] and isinstance(value, str):
        value = [value]
    return convert(value, kind)


def _without_none(wanted: object) -> object:
    """The type without None."""
    if typing.get_origin(wanted) in {typing.Union, types.UnionType}:
        kinds = [kind for kind in typing.get_args(wanted) if kind is not type(None)]
        return kinds[0] if len(kinds) == 1 else typing.Union[tuple(kinds)]  # noqa: UP007
    return wanted


def _table(value: object, form: str = "") -> Mapping[str, object]:
    """A table of keys.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is not a table {{ key = value }}{f'; write {form}' if form else ''}")
    return {str(name): one for name, one in value.items()}


def _in_range(name: str, value: object) -> object:
    low, high = _RANGES.get(name, (None, None))
    if low is not None and high is not None and isinstance(value, int | float) and not low <= value <= high:
        raise ValueError(f"{value:g} is not between {low:g} and {high:g}")
    return value


def _per_series(value: object, choices: object) -> tuple[str, ...] | dict[str, str]:
    """One word for each series in turn, or by the name of the series; a single word is a list of one."""
    if isinstance(value, Mapping):
        return {str(name): str(convert(one, choices)) for name, one in value.items()}
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        raise ValueError(f"{value!r} is neither a word, nor a list, nor a table by series")
    return tuple(str(convert(word, choices)) for word in words)


def _colours(value: object) -> object:
    """A palette, a list of colours, or colours by series."""
    if isinstance(value, str) and value in PALETTES:
        return value
    if isinstance(value, Mapping):
        return {str(name): _colour(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_colour(one) for one in value)
    if isinstance(value, str) and colour_code(value):
        return (_colour(value),)
    hint = did_you_mean(str(value), PALETTES)
    raise ValueError(f"{value!r} is neither a palette nor a colour; {hint}; a colour is a name or #rrggbb")


def _colour(value: object) -> str:
    code = colour_code(str(value))
    if not code:
        raise ValueError(f"{value!r} is no colour; {did_you_mean(str(value), COLOUR_NAMES)}; or write #rrggbb")
    return code


def _unit(value: object) -> str:
    text = str(value)
    if text and parse(re.split(r"\s+(?:vs\.?|versus)\s", text)[0]) is None:
        raise ValueError(f"{text!r} is no unit that is known; write V, mA, mAh/g, S/cm, nm ...")
    return text


_SPECIAL: dict[str, Callable[[object], object]] = {
    "colours": _colours,
    "lines": lambda value: _per_series(value, LineStyle),
    "markers": lambda value: _per_series(value, MarkerStyle),
    "colour": _colour,
    "unit": _unit,
}


def _contradictions(look: object) -> list[tuple[str, str, str]]:
    """What is wrong with a record as a whole: key, what, hint."""
    found = []
    match look:
        case AxisLook():
            found += _of_axis(look)
        case Annotation(at=None, arrow=None, x=None, y=None):
            hint = "at = [x, y], arrow = [x0, y0, x1, y1], x = 1.0 or x = [1, 2]"
            found.append(("text", "annotation without a place", hint))
        case Annotation(text="") if look.at is not None:
            found.append(("at", "annotation without a text", 'text = "..."'))
        case FigureLook():
            wrong = [name for name in look.panel if not re.fullmatch(r"[a-z]", name)]
            found += [
                ("panel", f"panel: {name!r} is no letter of a panel", "panel = { b = { ... } }") for name in wrong
            ]
    return found


def _of_axis(look: AxisLook) -> list[tuple[str, str, str]]:
    found = []
    low, high = look.limits or ("auto", "auto")
    if low != "auto" and high != "auto" and low >= high:
        hint = "write the smaller one first" + ("" if low == high else "; reverse = true turns the axis round")
        found.append(("limits", f"limits: {low:g} is not below {high:g}", hint))
    if look.scale == "log" and low != "auto" and low <= 0:
        found.append(("limits", f"limits: a log axis cannot begin at {low:g}", 'limits = ["auto", ...]'))
    if look.broken and look.scale == "log":
        found.append(
            ("broken", "broken: a log axis cannot leave out a range", "limits = [from, to] shows a part of it")
        )
    if look.broken and look.broken[0] >= look.broken[1]:
        found.append(("broken", f"broken: {look.broken[0]:g} is not below {look.broken[1]:g}", "broken = [from, to]"))
    return found
