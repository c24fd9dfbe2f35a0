"""Take a look apart: each single thing that its author wrote, and the look without it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from halfcell.core.looks.records import Annotation, InsetLook

L = TypeVar("L")
Path = tuple[str | int, ...]  # ("axes", "x", "limits"), ("panel", "b", "title"), ("annotations", 0)


def leaves(look: object) -> Iterator[tuple[Path, object]]:
    """Yield each value that a look has otherwise than a look of which nothing was written, with its path.

    Tables by name are taken apart into their entries, lists of annotations and insets into single ones.
    """
    nothing = type(look)()
    for item in dataclasses.fields(look):  # type: ignore[arg-type]
        value = getattr(look, item.name)
        if value == getattr(nothing, item.name):
            continue
        yield from ((((item.name), *path), leaf) for path, leaf in _below(value))


def _below(value: Any) -> Iterator[tuple[Path, object]]:
    """Yield the leaves of one value: itself, or those of the entries that it holds."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from (((name, *path), leaf) for path, leaf in _below(one))
    elif isinstance(value, tuple) and value and isinstance(value[0], Annotation | InsetLook):
        yield from (((index,), one) for index, one in enumerate(value))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = tuple(leaves(value))
        yield from found or (((), value),)
    else:
        yield (), value


def without(look: L, path: Path) -> L:
    """Return a look without the value at a path of `leaves`."""
    return replaced(look, path, None)


def replaced(look: L, path: Path, value: object) -> L:
    """Return a look with another value at a path; None takes away what is there."""
    first, rest = str(path[0]), path[1:]
    made = _replaced(getattr(look, first), rest, value) if rest else value
    if made is None:
        made = getattr(type(look)(), first)
    return dataclasses.replace(look, **{first: made})  # type: ignore[type-var]


def _replaced(held: Any, path: Path, value: object) -> object:
    """Return a table, a list or a record with another value at a path in it."""
    key, rest = path[0], path[1:]
    if isinstance(held, Mapping):
        new = _replaced(held[key], rest, value) if rest else value
        return {name: new if name == key else one for name, one in held.items() if name != key or new is not None}
    if isinstance(held, tuple):
        new = replaced(held[int(key)], rest, value) if rest else value
        kept = [new if index == key else one for index, one in enumerate(held)]
        return tuple(one for one in kept if one is not None)
    return replaced(held, path, value)
