"""ZIP archives without a clock: fixed times and rights, so that equal files give equal bytes."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from halfcell.core.atomic_files import hint_after, move_into_place
from halfcell.core.errors import InputError

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day that ZIP knows
_BLOCK: Final = 1 << 20


def write_zip(path: Path, files: Mapping[str, Path | bytes]) -> Path:
    """Write an archive, which appears under its name when it is complete.

    Parameters
    ----------
    path
        The archive.
    files
        Name in the archive -> the file on disk, or its content; the order is kept.

    Raises
    ------
    InputError
        If it cannot be written, or a name is not Unicode.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in files.items():
                _put(made, name, content)
        move_into_place(aside, path)
    except UnicodeEncodeError as error:
        what = "a name that is not Unicode cannot stand in an archive"
        raise InputError(what, ascii(error.object), "rename the file") from error
    except OSError as error:
        hint = hint_after(error, "close it, choose another folder, or free disk space")
        raise InputError(f"cannot be written: {error.strerror or error}", str(path), hint) from error
    finally:
        aside.unlink(missing_ok=True)
    return path


def _put(made: zipfile.ZipFile, name: str, content: Path | bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
    if isinstance(content, bytes):
        made.writestr(entry, content)
        return
    with content.open("rb") as source, made.open(entry, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            target.write(block)
