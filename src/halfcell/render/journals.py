"""Find the styles of journals: small TOML files, ours in ``journal_styles``, those of a lab in its own folders."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.looks.grammar import read_look
from halfcell.core.looks.records import FigureLook
from halfcell.core.plugins import did_you_mean

_OURS = Path(__file__).with_name("journal_styles")


def journal_files(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the styles by name, those in the given folders first, so that a lab can have its own ``acs``."""
    found: dict[str, Path] = {}
    for folder in (*folders, _OURS):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem.lower(), path)
    return found


def journal_look(name: str, folders: Iterable[Path] = ()) -> tuple[FigureLook, list[InputError]]:
    """Return the look of a journal by its name, and every mistake in its file.

    Raises
    ------
    InputError
        If there is no such style, or its file is not TOML; the hint names those that there are.
    """
    files = journal_files(folders)
    path = files.get(name.lower())
    if path is None:
        raise InputError(f"unknown journal style {name!r}", hint=did_you_mean(name, sorted(files)))
    content = {key: value for key, value in content_of(path).items() if key != "about"}
    return read_look(FigureLook, content, lambda at: f"{path.name}: {'.'.join(map(str, at))}")


def content_of(path: Path) -> Mapping[str, object]:
    """Return what a style's file says.

    Raises
    ------
    InputError
        If it is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not TOML: {error}", path.name) from error
