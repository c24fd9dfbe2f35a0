"""The stamp of a study's files: as long as it stays, what was read from them holds."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.app.edit.history import CHANGES
from halfcell.app.studies.study_state import study_state
from halfcell.study.files.folder_files import folder_files

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import StudyState

Stamp = tuple[tuple[str, int, int], ...]
RAW_SECONDS: Final = 1.0  # how long the listing of the raw files is trusted; there may be thousands
_ALWAYS = ("study.toml", "samples.csv", "cells.csv", "samples.xlsx", "cells.xlsx", "study.lock")
_FOLDERS = (".halfcell/items", "out/figures", "out/tables")
_CHANGES = CHANGES.as_posix()


@dataclass(frozen=True, kw_only=True)
class StampedState:
    """The state of a study with the stamps of the files that it was read from, and when the raw files were listed."""

    own: Stamp
    raw: Stamp
    listed: float
    state: StudyState


def current(root: Path, known: StampedState | None) -> StampedState:
    """The state of a study: the one that is known, if its files have not changed since.

    Parameters
    ----------
    root
        The study's folder.
    known
        What was read before.
    """
    if known is not None and known.own == _own(root, known.state):
        now = time.monotonic()
        if now - known.listed < RAW_SECONDS:
            return known
        if known.raw == _raw(root, known.state):
            return StampedState(own=known.own, raw=known.raw, listed=now, state=known.state)
    now, state = time.monotonic(), study_state(root)
    return StampedState(own=_own(root, state), raw=_raw(root, state), listed=now, state=state)


def watch_stamp(root: Path) -> str:
    """What changes when somebody changes the study's files or a run ends, as a word that a page carries."""
    return hashlib.sha256(repr(tuple(_stamps(root, _ALWAYS))).encode()).hexdigest()[:16]


def _own(root: Path, state: StudyState) -> Stamp:
    """Time and size of the study's own files and of the folders of its outputs."""
    inputs = state.plan.files.inputs if state.plan else ()
    return tuple(_stamps(root, tuple(dict.fromkeys((*_ALWAYS, *_FOLDERS, _CHANGES, *inputs)))))


def _raw(root: Path, state: StudyState) -> Stamp:
    """Time and size of the raw files."""
    folders = state.plan.files.raw.folders if state.plan else ()
    return tuple((path, stat.st_mtime_ns, stat.st_size) for one in folders for path, stat in folder_files(root, one))


def _stamps(root: Path, names: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    for name in names:
        try:
            stat = os.stat(root / name)
        except OSError:
            continue
        yield name, stat.st_mtime_ns, stat.st_size
