"""Combine looks: a journal's, the study's, the figure's, the panel's; the later one wins where it says something."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from halfcell.core.looks.records import PanelLook

L = TypeVar("L")


def combined(first: L, over: L) -> L:
    """The first look with all that the second one says; tables of names are combined, lists replaced."""
    changes: dict[str, Any] = {}
    for item in dataclasses.fields(first):  # type: ignore[arg-type]
        changes[item.name] = _one(getattr(first, item.name), getattr(over, item.name))
    return dataclasses.replace(first, **changes)  # type: ignore[type-var]


def _one(first: object, over: object) -> object:
    if dataclasses.is_dataclass(first) and type(first) is type(over):
        return combined(first, over)
    if isinstance(first, Mapping) and isinstance(over, Mapping):
        same = {name: _one(first[name], value) if name in first else value for name, value in over.items()}
        return {**first, **same}
    says_nothing = over is None or (isinstance(over, str | tuple | Mapping) and not over)
    return first if says_nothing else over


def panel_part(look: PanelLook) -> PanelLook:
    """What a figure's look says of its panels."""
    names = [item.name for item in dataclasses.fields(PanelLook)]
    return PanelLook(**{name: getattr(look, name) for name in names})
