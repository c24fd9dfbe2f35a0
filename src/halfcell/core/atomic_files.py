"""Write files atomically: under a temporary name first, then renamed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from halfcell.core.errors import InputError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})
_PROGRAMS = {".docx": "Word", ".xlsx": "Excel", ".csv": "Excel", ".pdf": "the PDF reader"}


def write_aside(path: Path, content: bytes | str) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) to `path` in one step; missing folders are created.

    The temporary name includes the process id, so that two processes never write to the same file.

    Raises
    ------
    InputError
        If the file cannot be written: disk full, no permission, open in another program, a file in place of a folder.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
            move_into_place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def move_into_place(finished: Path, path: Path) -> None:
    """Rename a finished file to `path`, which may exist.

    Raises
    ------
    InputError
        If the older file is in the way: Windows does not replace what is open in Word, Excel or a reader of PDFs.
    OSError
        If it cannot be renamed for another reason.
    """
    try:
        os.replace(finished, path)
    except PermissionError as error:
        if not path.is_file():
            raise
        program = _PROGRAMS.get(path.suffix.lower(), "the program that shows it")
        what = f"cannot be replaced: it is open in another program or write-protected ({error.strerror})"
        raise InputError(what, str(path), f"close it in {program}, then repeat the command") from error


def not_written(path: Path, error: OSError) -> InputError:
    """The error for a file that could not be written, with the hint that fits its reason."""
    if error.errno in _FULL:
        hint = "free disk space, or choose another folder"
    elif error.errno in {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        hint = "a file stands where a folder is needed, or a folder where a file is: choose another name"
    elif error.errno == errno.ENAMETOOLONG:
        hint = "choose a shorter name or a folder nearer to the root"
    else:
        hint = "choose a folder that you may write to"
    return InputError(f"cannot be written: {error.strerror}", str(path), hint)
