"""The stamp of a study's files: as long as it stays, what was read from them holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from halfcell.study.files.folder_files import folder_files

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import StudyState

Stamp = tuple[tuple[str, int, int], ...]
_ALWAYS = ("study.toml", "samples.csv", "cells.csv", "samples.xlsx", "cells.xlsx", "study.lock")
_FOLDERS = (".halfcell/items", "out/figures", "out/tables")


class StampedState(NamedTuple):
    """The state of a study with the stamp of the files that it was read from."""

    stamp: Stamp
    state: StudyState


def stamp_of(root: Path, state: StudyState) -> Stamp:
    """Time and size of the files that the state of a study depends on."""
    return tuple(_stamps(root, state))


def _stamps(root: Path, state: StudyState) -> Iterator[tuple[str, int, int]]:
    files = state.plan.files if state.plan else None
    for name in dict.fromkeys((*_ALWAYS, *_FOLDERS, *(files.inputs if files else ()))):
        try:
            stat = os.stat(root / name)
        except OSError:
            continue
        yield name, stat.st_mtime_ns, stat.st_size
    for folder in files.raw.folders if files else ():
        for path, found in folder_files(root, folder):
            yield path, found.st_mtime_ns, found.st_size
