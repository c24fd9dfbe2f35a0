"""Bounds on what a packed file unpacks to, checked before anything is unpacked: a bomb is refused at once.

Text tables and spectra pack ten- to fifty-fold. What packs more than that and is large holds one value over and over.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = TypeVar("Row", bound="Sequence[object]")

LARGEST: Final = 4 * 2**30
"""Bytes that any file may unpack to."""
_HARMLESS: Final = 256 * 2**20  # bytes that it may unpack to, however well it is packed
_DENSEST: Final = 200  # times its own size that a larger one may unpack to
_MOST_MEMBERS: Final = 100_000
_OF_WORKBOOKS: Final = {"xl/worksheets/": 768 * 2**20, "xl/sharedStrings.xml": 64 * 2**20, "xl/styles.xml": 16 * 2**20}
LARGEST_PART: Final = 96 * 2**20
"""Bytes that one part of a document (``.docx``, ``.xlsx``) may unpack to: more is data, no text."""
LARGEST_DOCUMENT: Final = 512 * 2**20
"""Bytes that all parts of a document may unpack to together, with its pictures."""

MOST_ROWS: Final = 1_048_576
"""Rows that a sheet of any spreadsheet program has at most; a file may state a billion."""
MOST_SHEET_CELLS: Final = 50_000_000
"""Cells that the sheets of a workbook may span together, the empty ones included."""


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


def check_archive(path: Path, largest: int = LARGEST) -> None:
    """Refuse a ZIP archive (also ``.ndax``, ``.xlsx``, ``.brml`` ...) whose members unpack to too much together.

    Parameters
    ----------
    path
        The archive.
    largest
        Bytes that it may unpack to, at most `LARGEST`.

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
    for member in members:
        largest_part = next((size for name, size in _OF_WORKBOOKS.items() if member.filename.startswith(name)), LARGEST)
        if member.file_size > largest_part:
            what = f"{member.filename} unpacks to more than {largest_part >> 20} MiB"
            raise InputError(what, str(path), "export the data as text (csv)")
    unpacked = sum(member.file_size for member in members)
    check_size(unpacked, path.stat().st_size, str(path))
    if unpacked > largest:
        what = f"its parts unpack to more than {largest >> 20} MiB together"
        raise InputError(what, str(path), "leave out pictures and raw data")


def check_part(unpacked: int, name: str) -> None:
    """Refuse one part of a document that unpacks to more than `LARGEST_PART`.

    Raises
    ------
    InputError
        If `unpacked`, bytes as stated or as read so far, is above it.
    """
    if unpacked > LARGEST_PART:
        raise InputError(f"this part unpacks to more than {LARGEST_PART >> 20} MiB", name, "it looks like a zip bomb")


def read_part(path: Path, name: str) -> bytes:
    """Read one part of a document that is a ZIP archive; empty if it has none of that name.

    Raises
    ------
    InputError
        If the archive is damaged or encrypted, or the part unpacks to more than `LARGEST_PART` bytes.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if name not in archive.namelist():
                return b""
            if archive.getinfo(name).flag_bits & 1:
                raise InputError("the file is encrypted", name, "save it without a password")
            with archive.open(name) as file:
                content = file.read(LARGEST_PART + 1)
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


def checked_rows(rows: Iterable[Row], sheet: str, most: int = MOST_SHEET_CELLS) -> Iterator[Row]:
    """The rows of a sheet one by one, as long as they are within bounds.

    Raises
    ------
    InputError
        If there are more than `MOST_ROWS`, or if they span more than `most` cells.
    """
    area = 0
    for number, row in enumerate(rows, start=1):
        area += len(row)
        if number > MOST_ROWS:
            raise InputError(f"the sheet states more than {MOST_ROWS} rows", sheet, "save the workbook again")
        if area > most:
            raise InputError(f"the sheet spans more than {most} cells", sheet, "leave out raw data")
        yield row
