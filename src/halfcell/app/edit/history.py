"""Write changes of a study's files one at a time, and take the last one back."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from halfcell.app.edit.candidate import new_problems
from halfcell.app.edit.file_version import ChangedMeanwhile, require_version, version_of
from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import InputError, StudyError

CHANGES: Final = Path(".halfcell") / "app-changes.json"
_KEPT: Final = 50  # changes that can be taken back
_WRITING = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of one file: what was done, the content before, and the version that it was given."""

    name: str
    what: str
    before: str | None
    version: str


def write_change(root: Path, name: str, text: str, *, version: str, what: str) -> None:
    """Write a file of a study, if it is what the form was made from and the change brings no mistake.

    Parameters
    ----------
    root
        The study's folder.
    name
        The file below it.
    text
        Its new content.
    version
        The version of the file that the form was made from.
    what
        The change in a few words, for undo.

    Raises
    ------
    ChangedMeanwhile
        If somebody else has changed the file.
    StudyError
        With every mistake that the change would bring.
    """
    with _WRITING:
        path = root / name
        require_version(path, version)
        problems = new_problems(root, {name: text})
        if problems:
            raise StudyError(str(problems[0]), problems=problems)
        require_version(path, version)  # the check takes a moment
        before = _text(path)
        write_aside(path, text)
        _remember(root, Change(name=name, what=what, before=before, version=version_of(path)))


def last_change(root: Path) -> Change | None:
    """The change that can be taken back; None if there is none, or if the file was changed otherwise since."""
    changes = _changes(root)
    if not changes or version_of(root / changes[-1].name) != changes[-1].version:
        return None
    return changes[-1]


def undo(root: Path) -> Change:
    """Take the last change back.

    Raises
    ------
    InputError
        If there is none.
    ChangedMeanwhile
        If the file was changed otherwise since.
    """
    with _WRITING:
        changes = _changes(root)
        if not changes:
            raise InputError("there is nothing to take back")
        last = changes[-1]
        path = root / last.name
        if version_of(path) != last.version:
            raise ChangedMeanwhile(
                f"{last.name} was changed otherwise since; nothing was taken back", hint=f"the change was: {last.what}"
            )
        if last.before is None:
            path.unlink()
        else:
            write_aside(path, last.before)
        _store(root, changes[:-1])
        return last


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def _remember(root: Path, change: Change) -> None:
    _store(root, [*_changes(root), change][-_KEPT:])


def _changes(root: Path) -> list[Change]:
    try:
        content = json.loads((root / CHANGES).read_text(encoding="utf-8"))
        return [Change(**one) for one in content]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def _store(root: Path, changes: list[Change]) -> None:
    write_aside(root / CHANGES, json.dumps([asdict(one) for one in changes], ensure_ascii=False))
