"""Bounds on what a packed file unpacks to, checked before anything is unpacked: a bomb is refused at once.

Text tables and spectra pack ten- to fifty-fold. What packs more than that and is large holds one value over and over.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from halfcell.core.errors import InputError
from halfcell.core.limits import (
    MAX_DENSITY,
    MAX_HARMLESS,
    MAX_MEMBERS,
    MAX_PART,
    MAX_ROWS,
    MAX_SPANNED_CELLS,
    MAX_UNPACKED,
    MAX_WORKBOOK_PARTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = TypeVar("Row", bound="Sequence[object]")


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
    if unpacked > MAX_UNPACKED or (unpacked > MAX_HARMLESS and unpacked > MAX_DENSITY * max(packed, 1)):
        what = f"it unpacks to more than {min(unpacked, MAX_UNPACKED) >> 20} MiB from {packed >> 10} KiB"
        raise InputError(what, where, "it looks like a decompression bomb; unpack it yourself if it is not")


def check_archive(path: Path, largest: int = MAX_UNPACKED) -> None:
    """Refuse a ZIP archive (also ``.ndax``, ``.xlsx``, ``.brml`` ...) whose members unpack to too much together.

    Parameters
    ----------
    path
        The archive.
    largest
        Bytes that it may unpack to, at most `MAX_UNPACKED`.

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
    if len(members) > MAX_MEMBERS:
        raise InputError(f"the archive has {len(members)} members", str(path), "extract the one with the data")
    for member in members:
        fitting = (size for name, size in MAX_WORKBOOK_PARTS.items() if member.filename.startswith(name))
        largest_part = next(fitting, MAX_UNPACKED)
        if member.file_size > largest_part:
            what = f"{member.filename} unpacks to more than {largest_part >> 20} MiB"
            raise InputError(what, str(path), "export the data as text (csv)")
    unpacked = sum(member.file_size for member in members)
    check_size(unpacked, path.stat().st_size, str(path))
    if unpacked > largest:
        what = f"its parts unpack to more than {largest >> 20} MiB together"
        raise InputError(what, str(path), "leave out pictures and raw data")


def check_part(unpacked: int, name: str) -> None:
    """Refuse one part of a document that unpacks to more than `MAX_PART`.

    Raises
    ------
    InputError
        If `unpacked`, bytes as stated or as read so far, is above it.
    """
    if unpacked > MAX_PART:
        raise InputError(f"this part unpacks to more than {MAX_PART >> 20} MiB", name, "it looks like a zip bomb")


def read_part(path: Path, name: str) -> bytes:
    """Read one part of a document that is a ZIP archive; empty if it has none of that name.

    Raises
    ------
    InputError
        If the archive is damaged or encrypted, or the part unpacks to more than `MAX_PART` bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if name not in archive.namelist():
                return b""
            if archive.getinfo(name).flag_bits & 1:
                raise InputError("the file is encrypted", name, "save it without a password")
            with archive.open(name) as file:
                content = file.read(MAX_PART + 1)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
        raise InputError("the file is damaged or truncated", name, "save it again") from error
    check_part(len(content), name)
    return content


def has_part(path: Path, head: bytes, name: str) -> bool:
    """Whether a file is a ZIP archive with a part of this name; true for a damaged one, which reading then refuses."""
    try:
        with zipfile.ZipFile(path) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return head.startswith(b"PK\x03\x04")


def checked_rows(rows: Iterable[Row], sheet: str, most: int = MAX_SPANNED_CELLS) -> Iterator[Row]:
    """The rows of a sheet one by one, as long as they are within bounds.

    Raises
    ------
    InputError
        If there are more than `MAX_ROWS`, or if they span more than `most` cells.
    """
    area = 0
    for number, row in enumerate(rows, start=1):
        area += len(row)
        if number > MAX_ROWS:
            raise InputError(f"the sheet states more than {MAX_ROWS} rows", sheet, "save the workbook again")
        if area > most:
            raise InputError(f"the sheet spans more than {most} cells", sheet, "leave out raw data")
        yield row
