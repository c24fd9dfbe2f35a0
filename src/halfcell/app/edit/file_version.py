"""The version of a file: which content a form was made from, so that a change on the disk is never overwritten."""

from __future__ import annotations

import hashlib
from pathlib import Path

from halfcell.core.errors import InputError


class ChangedMeanwhile(InputError):
    """A file was changed by somebody else since the form was made."""


def version_of(path: Path) -> str:
    """The version of a file: a hash of its content; empty if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    except FileNotFoundError:
        return ""


def require_version(path: Path, version: str) -> None:
    """Refuse to change a file that is no longer what the form was made from.

    Raises
    ------
    ChangedMeanwhile
        If it has another content.
    """
    if version_of(path) != version:
        raise ChangedMeanwhile(
            f"{path.name} was changed on the disk since this page was made; nothing was written",
            hint="the page shows the new content now; make your change again",
        )
