"""Which file somebody meant whose path leads to none."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Final

from halfcell.core.plugins import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

_MOST: Final = 2000  # names of a folder that are compared; more would take longer than a second


def near_files(path: Path) -> str:
    """A hint for a path that leads to no file: files of nearly this name in its folder, or the folder that is missing.

    Parameters
    ----------
    path
        The path as it was given.

    Returns
    -------
    str
        ``did you mean 'A1.res'?``, ``there is no folder raw``, or ``check the path``.
    """
    folder = path.parent
    if not folder.is_dir():
        return f"there is no folder {folder}"
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in islice(entries, _MOST))
    except OSError:
        names = []
    hint = did_you_mean(path.name, names)
    return hint if hint.startswith("did you mean") else "check the path"
