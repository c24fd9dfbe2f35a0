"""What of a study's store and of study.lock was found damaged: a run tells of it and makes it again."""

from __future__ import annotations

import shutil
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.study.cache.lock_file import check_lock
from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import DAMAGED, FOLDER

_NAMED = 3  # files that a remark names


def damage_remarks(root: Path) -> tuple[str, ...]:
    """One remark on the damaged files of the store, and one on study.lock, each if there is something to tell."""
    remarks = []
    names = Store(root).damaged()
    if names:
        named = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        files = f"{len(names)} stored file{'s' if len(names) > 1 else ''} of {FOLDER}/"
        remarks.append(f"{files} had other content than was written, and what they held was made again: {named}")
    try:
        check_lock(root)
    except InputError as error:
        remarks.append(f"{error.where}: {error.what}; it was written again")
    return tuple(remarks)


def forget_damage(root: Path) -> None:
    """Remove the damaged files that were set aside, after the run has told of them."""
    shutil.rmtree(root / FOLDER / DAMAGED, ignore_errors=True)
