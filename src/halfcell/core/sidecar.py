"""The description beside a file that halfcell converted: ``<file>.metadata.json`` (CSV on the Web, JSON-LD).

It holds what the converted file itself may have no place for: what was measured, the meta of the raw file, notes, and
where the data come from. It counts for a file only where it states the SHA-256 of that file.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from halfcell.core.limits import MAX_DESCRIPTION

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".metadata.json"
KEY = "halfcell"


def path_beside(path: Path) -> Path:
    """Where the description of a file is."""
    return path.with_name(path.name + SUFFIX)


def described(path: Path) -> dict[str, Any] | None:
    """What halfcell wrote of a file when it converted it; None without a description, or with that of another file."""
    beside = path_beside(path)
    try:
        if not beside.is_file() or beside.stat().st_size > MAX_DESCRIPTION:
            return None
        found = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    own = found.get(KEY) if isinstance(found, dict) else None
    if not isinstance(own, dict) or own.get("sha256") != _sha256(path):
        return None
    return own


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
