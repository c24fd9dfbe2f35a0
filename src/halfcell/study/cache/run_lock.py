"""The lock that keeps two runs from working on the same study at the same time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.study.cache.store_files import FOLDER


@contextmanager
def only_run_in(root: Path) -> Iterator[None]:
    """Lock the study for one run, and remove what a killed run left half-written.

    Raises
    ------
    InputError
        If another run is already working on this study, or its folder cannot be written.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "running").open("a+b")
    except OSError as error:
        raise InputError(f"cannot write in the study's folder: {error.strerror}", str(root)) from error
    with file:
        if not _lock_file(file.fileno()):
            hint = "wait until it has ended, or stop it"
            raise InputError("another run is already working on this study", str(root), hint)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        shutil.rmtree(folder / "aside", ignore_errors=True)
        for unfinished in (root / "out").rglob(".*.part"):
            unfinished.unlink(missing_ok=True)
        yield


def _lock_file(descriptor: int) -> bool:
    """Lock an open file against other processes; False if another has locked it.

    The system releases the lock when the process ends, also if it is killed.
    """
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
