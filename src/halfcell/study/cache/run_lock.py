"""The lock that keeps two runs from working on the same study at the same time."""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from halfcell.core.atomic_files import hint_after
from halfcell.core.errors import InputError
from halfcell.study.cache.store_files import FOLDER

_LOCKED: Final = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})  # what systems say of a file that is locked
_HOLDER: Final = "running.by"


@contextmanager
def only_run_in(root: Path) -> Iterator[None]:
    """Lock the study for one run, and remove what a killed run left half-written.

    The system releases the lock when the process ends, also if it is killed. On file systems that cannot lock files
    (some network folders), a file that names machine and process stands for the lock; one of a process of this machine
    that has ended does not count.

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
        what = f"cannot write in the study's folder: {error.strerror}"
        raise InputError(what, str(root), hint_after(error)) from error
    with file, _held(file.fileno(), root):
        _tidy(root)
        yield


@contextmanager
def _held(descriptor: int, root: Path) -> Iterator[None]:
    """Hold the lock of the system, or the file that stands for it."""
    try:
        _lock_file(descriptor)
    except OSError as error:
        if error.errno in _LOCKED:
            raise _is_running(root, "wait until it has ended, or stop it") from error
    else:
        yield
        return
    holder = root / FOLDER / _HOLDER
    _take(holder, root)
    try:
        yield
    finally:
        with suppress(OSError):
            holder.unlink()


def _lock_file(descriptor: int) -> None:
    """Lock an open file against other processes."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take(holder: Path, root: Path) -> None:
    """Make the file that says which process holds the lock, unless one that may be alive holds it."""
    if _has_ended(holder):
        with suppress(OSError):
            holder.unlink()
    try:
        descriptor = os.open(holder, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError as error:
        machine, process = _named(holder)
        hint = f"it is process {process} on {machine}; if that has ended, remove {FOLDER}/{_HOLDER}"
        raise _is_running(root, hint) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([platform.node(), os.getpid()], file)


def _has_ended(holder: Path) -> bool:
    """Whether the process that made the file ran on this machine and has ended."""
    machine, process = _named(holder)
    if machine != platform.node() or os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _named(holder: Path) -> tuple[str, int]:
    """Machine and process that a file names."""
    try:
        machine, process = json.loads(holder.read_text(encoding="utf-8"))
        return str(machine), int(process)
    except (OSError, ValueError, TypeError):
        return "an unknown machine", 0


def _is_running(root: Path, hint: str) -> InputError:
    return InputError("another run is already working on this study", str(root), hint)


def _tidy(root: Path) -> None:
    """Remove what a killed run left half-written, and keep the store out of version control."""
    (root / FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    shutil.rmtree(root / FOLDER / "aside", ignore_errors=True)
    for unfinished in (root / "out").rglob(".*.part"):
        unfinished.unlink(missing_ok=True)
