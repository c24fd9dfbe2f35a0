"""Parts of a zip archive, within limits."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.limits import MAX_PART
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def read_part(path: Path, name: str) -> bytes:
    """Read one part of a zip archive; empty if it has none of that name.

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
    if len(content) > MAX_PART:
        raise InputError(f"this part unpacks to more than {MAX_PART >> 20} MiB", name, "it looks like a zip bomb")
    return content


def has_part(path: Path, head: bytes, name: str) -> bool:
    """Whether a file is a zip archive with a part of this name; assumed if it is damaged, so that reading tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return head.startswith(b"PK\x03\x04")
