"""Bounds on what an audit reads, and what a file is by its first bytes: hostile input ends here, with a clear error."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 256 * 2**20  # of the file
MAX_PART = 96 * 2**20  # of a text, or of one unpacked part of a .docx or .xlsx
MAX_CELLS = 200_000  # of all tables together
MAX_TAGS = 4_000_000  # of one part of XML
MAX_TEXT = 50_000  # characters of one cell of a source
MAX_PAGES = 2_000


class Signature(NamedTuple):
    """What a file is, in words, and what to do about it."""

    what: str
    hint: str


_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "rename it to .pdf"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Office file (.doc, .xls) or an encrypted one",
        "save it unencrypted as .docx or .xlsx",
    ),
    (b"{\\rtf", "an RTF document", "save it as .docx"),
    (b"\x89PNG", "a picture (PNG)", "the audit needs text, not a picture of it"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "the audit needs text, not a picture of it"),
    (b"\x1f\x8b", "packed with gzip", "unpack it"),
    (b"<?xml", "XML", "save it as .docx, .html or .txt"),
    (b"PK\x03\x04", "a zip archive (.docx, .xlsx or another)", "give it the suffix of what it is, or unpack it"),
)


def signature(head: bytes) -> Signature:
    """What the first bytes say."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512]
    for mark, what, hint in _SIGNATURES:
        if start.startswith(mark):
            return Signature(what, hint)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Signature("a binary file of unknown kind", "")
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return Signature("an HTML page", "rename it to .html")
    return Signature("plain text of another kind", "rename it to .txt, .md, .tex or .csv")


def is_text(head: bytes) -> bool:
    """Whether the bytes can be text: no NUL (save in UTF-16), no signature of a binary format."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    binary = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"PK\x03\x04", b"{\\rtf")
    return b"\0" not in head and not head.startswith(binary)


def part(path: Path, name: str) -> bytes:
    """One part of a zip archive, within bounds; empty where it is not there.

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
        raise InputError("the file is damaged or cut off", name, "save it again") from error
    if len(content) > MAX_PART:
        raise InputError(f"this part unpacks to more than {MAX_PART >> 20} MiB", name, "it looks like a zip bomb")
    return content


def count(cells: int, where: str) -> None:
    """Refuse more cells than an audit reads.

    Raises
    ------
    InputError
        If `cells` is above `MAX_CELLS`.
    """
    if cells > MAX_CELLS:
        raise InputError(
            f"the tables hold more than {MAX_CELLS} cells", where, "an audit reads printed tables; leave raw data out"
        )
