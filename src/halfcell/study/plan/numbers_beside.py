"""The file of numbers beside a Lispix head: part of the map, as the head says how to read it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_HEAD, _NUMBERS = ".rpl", (".raw", ".RAW")


def numbers_beside(root: Path, path: str) -> str | None:
    """The path of the numbers of a map below the study; None for other files, or where there are none."""
    head = PurePosixPath(path)
    if head.suffix.lower() != _HEAD:
        return None
    return next((str(numbers) for s in _NUMBERS if (root / (numbers := head.with_suffix(s))).is_file()), None)
