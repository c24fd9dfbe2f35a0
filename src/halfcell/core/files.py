"""Write a file so that no half-written one is ever seen: aside first, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from halfcell.core.errors import InputError


def write_aside(path: Path, content: bytes | str) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) to `path` in one step; folders are made.

    The name beside it carries the process id, so that two writers never share it.

    Raises
    ------
    InputError
        If the place cannot be written to: no room, no right, a file where a folder should be.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(
            f"cannot be written: {error.strerror}", str(path), "give another folder, or make room"
        ) from error
    return path
