"""Write files atomically: under a temporary name first, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from halfcell.core.errors import InputError


def write_aside(path: Path, content: bytes | str) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) to `path` in one step; missing folders are created.

    The temporary name includes the process id, so that two processes never write to the same file.

    Raises
    ------
    InputError
        If the file cannot be written: disk full, no permission, a file in place of a folder.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(
            f"cannot be written: {error.strerror}", str(path), "choose another folder, or free disk space"
        ) from error
    return path
