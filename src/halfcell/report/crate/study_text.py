"""study.toml as it stands in a crate: paths outside the study are those of their copies; all else stays as written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.report.crate.places import is_outside

if TYPE_CHECKING:
    from halfcell.report.crate.places import Places


def moved_study(text: str, name: str, places: Places) -> str:
    """The text of a study file with the paths of the crate; comments and order stay.

    Raises
    ------
    InputError
        If a path is written in a way that cannot be replaced.
    """
    content = tomllib.loads(text)
    moves = {old: places.of(old) for old in _texts(content) if _is_path(old) and places.is_moved(old)}
    for old, new in moves.items():
        for written in (json.dumps(old, ensure_ascii=False), json.dumps(old), f"'{old}'"):
            text = text.replace(written, json.dumps(new, ensure_ascii=False))
    if tomllib.loads(text) != _moved(content, moves):
        paths = ", ".join(moves)
        raise InputError(f"the crate cannot replace {paths}", name, "write each path as one plain text in quotes")
    return text


def outside_paths(text: str, root: Path) -> tuple[str, ...]:
    """The texts of a study file that look like paths outside the study."""
    return tuple(one for one in dict.fromkeys(_texts(tomllib.loads(text))) if _is_path(one) and is_outside(root, one))


def _is_path(text: str) -> bool:
    """Whether a text can be a path that leads out of the study: it climbs, or is absolute."""
    return "\n" not in text and (
        text.startswith(("../", "..\\", "/", "./..")) or "/../" in text or text[1:3] in {":\\", ":/"}
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _moved(value: object, moves: dict[str, str]) -> object:
    if isinstance(value, str):
        return moves.get(value, value)
    if isinstance(value, dict):
        return {key: _moved(item, moves) for key, item in value.items()}
    return [_moved(item, moves) for item in value] if isinstance(value, list) else value
