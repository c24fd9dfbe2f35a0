"""Bounds on what a packed file unpacks to, checked before anything is unpacked: a bomb is refused at once.

Text tables and spectra pack ten- to fifty-fold. What packs more than that and is large holds one value over and over.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from halfcell.core.errors import InputError

LARGEST: Final = 4 * 2**30
"""Bytes that any file may unpack to."""
_HARMLESS: Final = 256 * 2**20  # bytes that it may unpack to, however well it is packed
_DENSEST: Final = 200  # times its own size that a larger one may unpack to
_MOST_MEMBERS: Final = 100_000


def check_size(unpacked: int, packed: int, where: str) -> None:
    """Refuse what unpacks to too much.

    Parameters
    ----------
    unpacked, packed
        Bytes of the content, so far or in all, and of the packed file.
    where
        The file.

    Raises
    ------
    InputError
        If the content is larger than 4 GiB, or larger than 256 MiB and 200 times the packed file.
    """
    if unpacked > LARGEST or (unpacked > _HARMLESS and unpacked > _DENSEST * max(packed, 1)):
        what = f"it unpacks to more than {min(unpacked, LARGEST) >> 20} MiB from {packed >> 10} KiB"
        raise InputError(what, where, "it looks like a decompression bomb; unpack it yourself if it is not")


def check_archive(path: Path) -> None:
    """Refuse a ZIP archive (also ``.ndax``, ``.xlsx``, ``.brml`` ...) whose members unpack to too much together.

    Raises
    ------
    InputError
        If they do, or if there are more than 100,000. A damaged archive passes: its reader says what is wrong.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    if len(members) > _MOST_MEMBERS:
        raise InputError(f"the archive has {len(members)} members", str(path), "extract the one with the data")
    check_size(sum(member.file_size for member in members), path.stat().st_size, str(path))
