"""A folder that is written anew: under a temporary name beside its place, then swapped with what was there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halfcell.core.atomic_files import hint_after
from halfcell.core.errors import InputError


@contextmanager
def fresh_folder(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `path` with all that is in it, once the block has ended without an error.

    After an error the folder at `path` is as it was. The temporary names include the process id.

    Raises
    ------
    InputError
        If it cannot be made or swapped: disk full, no permission, a file of the old folder open in another program.
    """
    path = Path(os.path.abspath(path))
    aside, old = (path.with_name(f".{path.name}.{os.getpid()}.{end}") for end in ("part", "old"))
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        yield aside
        had_one = path.exists()
        if had_one:
            os.replace(path, old)
        try:
            os.replace(aside, path)
        except OSError:
            if had_one:
                os.replace(old, path)
            raise
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        hint = hint_after(error, "close its files, choose another folder, or free disk space")
        raise InputError(what, str(error.filename or path), hint) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
