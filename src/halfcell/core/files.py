"""Write a file so that no half-written one is ever seen: aside first, then renamed."""

from __future__ import annotations

import os
from pathlib import Path


def write_aside(path: Path, content: bytes | str) -> Path:
    """Write `content` (text as UTF-8, line ends as they are) to `path` in one step; folders are made.

    The name beside it carries the process id, so that two writers never share it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path
