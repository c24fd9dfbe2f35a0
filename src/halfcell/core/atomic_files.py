"""Write files atomically: under a temporary name first, then renamed."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from halfcell.core.errors import InputError


def _numbers(*names: str) -> frozenset[int]:
    """The error numbers of these names, of those that the system knows."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


_NOT_SYNCED: Final = _numbers("EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")  # what a file system without fsync says
_HINTS: Final = (
    (_numbers("ENOSPC", "EDQUOT"), "free disk space, or choose another folder"),
    (
        _numbers("ENOTDIR", "EEXIST", "EISDIR"),
        "a file stands where a folder is needed, or a folder where a file is: choose another name",
    ),
    (_numbers("ENAMETOOLONG"), "choose a shorter name or a folder nearer to the root"),
    (_numbers("EROFS"), "it lies on a read-only disk: copy the folder to a disk that can be written, and work there"),
    (
        _numbers("ESTALE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENOTCONN", "EREMOTEIO"),
        "the network folder was lost: see that it is connected, then repeat the command",
    ),
    (_numbers("EIO"), "the disk reports an error: check it, save what it holds, then repeat the command"),
)
_PROGRAMS: Final = {".docx": "Word", ".xlsx": "Excel", ".csv": "Excel", ".pdf": "the PDF reader"}


def write_aside(path: Path, content: bytes | str, *, lasting: bool = True) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) to `path` in one step; missing folders are created.

    The temporary name includes the process id, so that two processes never write to the same file.

    Parameters
    ----------
    path
        The file.
    content
        What it holds.
    lasting
        Whether the content must be on the disk before the file has its name, so that a power cut leaves the old file or
        the new one. Not needed where a damaged file is noticed and made again.

    Raises
    ------
    InputError
        If the file cannot be written: disk full, no permission, open in another program, a file in place of a folder.
    """
    beside = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
            move_into_place(beside, path, lasting=lasting)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def write_named(path: Path, content: bytes | str) -> Path:
    """Write a file that a user named, as `write_aside` does; its folder must exist, so that a typing error is noticed.

    Parameters
    ----------
    path
        The file.
    content
        What it holds.

    Raises
    ------
    InputError
        If the folder does not exist, or the file cannot be written.
    """
    if not path.parent.is_dir():
        raise InputError(f"folder {path.parent} does not exist", str(path), "create it first")
    return write_aside(path, content)


def move_into_place(finished: Path, path: Path, *, lasting: bool = True) -> None:
    """Rename a finished file to `path`, which may exist, and may lie on another disk.

    Parameters
    ----------
    finished
        The file.
    path
        Its place.
    lasting
        As for `write_aside`.

    Raises
    ------
    InputError
        If the older file is in the way: Windows does not replace what is open in Word, Excel or a reader of PDFs.
    OSError
        If it cannot be renamed for another reason.
    """
    try:
        if lasting:
            sync_file(finished)
        os.replace(finished, path)
    except PermissionError as error:
        if not path.is_file():
            raise
        program = _PROGRAMS.get(path.suffix.lower(), "the program that shows it")
        what = f"cannot be replaced: it is open in another program or write-protected ({error.strerror})"
        raise InputError(what, str(path), f"close it in {program}, then repeat the command") from error
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_to_other_disk(finished, path, lasting=lasting)


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on the disk; file systems that cannot say so are believed.

    Raises
    ------
    OSError
        If the content cannot be written: some systems tell only now that the disk is full.
    """
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise
    finally:
        os.close(descriptor)


def not_written(path: Path, error: OSError) -> InputError:
    """The error for a file that could not be written, with the hint that fits its reason."""
    return InputError(f"cannot be written: {error.strerror}", str(path), hint_after(error))


def hint_after(error: OSError, otherwise: str = "choose a folder that you may write to") -> str:
    """What to do after a disk or a folder failed; `otherwise` where the reason has no remedy of its own."""
    return next((hint for numbers, hint in _HINTS if error.errno in numbers), otherwise)


def _move_to_other_disk(finished: Path, path: Path, *, lasting: bool) -> None:
    """Copy a file beside its place, then rename the copy: no rename leads from one disk to another."""
    copy = _beside(path)
    try:
        shutil.copyfile(finished, copy)
        if lasting:
            sync_file(copy)
        os.replace(copy, path)
    finally:
        copy.unlink(missing_ok=True)
    with suppress(OSError):
        finished.unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")
