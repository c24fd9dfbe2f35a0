"""The settings of a technique with type, default and meaning, from its record and its docstring."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class SettingRow(NamedTuple):
    """One setting: its name, its type, its default as it is written, what it means."""

    name: str
    type: str
    default: str
    meaning: str


def setting_rows(kind: type) -> tuple[SettingRow, ...]:
    """The settings of a record, in its order; what a record inherits may be documented where it is defined."""
    made, hints = kind(), typing.get_type_hints(kind)
    meanings: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        meanings |= _meanings(inspect.cleandoc(one.__doc__ or ""))
    rows = []
    for field in dataclasses.fields(kind):
        value = getattr(made, field.name)
        shown = getattr(value, "value", value)
        default = ", ".join(map(str, shown)) if isinstance(shown, tuple | frozenset) else str(shown)
        default = "not set" if shown is None or (isinstance(shown, tuple | Mapping | str) and not shown) else default
        rows.append(SettingRow(field.name, _words(hints[field.name]), default, meanings.get(field.name, "")))
    return tuple(rows)


def _words(kind: object) -> str:
    """A type in words: its choices where it has some."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(_words(part) for part in parts if part is not type(None))
    if origin is typing.Literal:
        return ", ".join(map(str, parts))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(str(one.value) for one in kind)
    if origin is tuple:
        return f"list of {_words(parts[0])}"
    names: dict[object, str] = {float: "number", int: "whole number", str: "text", bool: "true or false"}
    return names.get(kind) or ("table" if origin is not None else str(getattr(kind, "__name__", kind)))


def _meanings(text: str) -> dict[str, str]:
    """What the section "Parameters" of a docstring says of each name; several names may share a text."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in text.partition("Parameters\n----------\n")[2].splitlines():
        if re.fullmatch(r"\w+(, \w+)*", line):
            names = line.split(", ")
        elif line.startswith("    ") and names:
            found |= {name: f"{found.get(name, '')} {line.strip()}".strip() for name in names}
        elif re.fullmatch(r"-+", line):
            break
    return found
