"""What a file is, by its first bytes."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """What a file is, in words, and what to do about it."""

    what: str
    hint: str


_SIGNATURES: tuple[tuple[bytes, Signature], ...] = (
    (b"%PDF", Signature("a PDF", "rename it to .pdf")),
    (
        b"\xd0\xcf\x11\xe0",
        Signature("an old Office file (.doc, .xls) or an encrypted one", "save it unencrypted as .docx or .xlsx"),
    ),
    (b"{\\rtf", Signature("an RTF document", "save it as .docx")),
    (b"\x89PNG", Signature("a picture (PNG)", "the audit needs text, not a picture of it")),
    (b"\xff\xd8\xff", Signature("a picture (JPEG)", "the audit needs text, not a picture of it")),
    (b"\x1f\x8b", Signature("packed with gzip", "unpack it")),
    (b"<?xml", Signature("XML", "save it as .docx, .html or .txt")),
    (b"PK\x03\x04", Signature("a zip archive (.docx, .xlsx or another)", "rename it to what it is, or unpack it")),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"PK\x03\x04", b"{\\rtf")


def signature(head: bytes) -> Signature:
    """What the first bytes of a file say."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512]
    for mark, found in _SIGNATURES:
        if start.startswith(mark):
            return found
    if b"\0" in head and not head.startswith(_UTF16):
        return Signature("a binary file of unknown kind", "")
    if start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return Signature("an HTML page", "rename it to .html")
    return Signature("plain text of another kind", "rename it to .txt, .md, .tex or .csv")


def is_text(head: bytes) -> bool:
    """Whether the bytes can be text: no NUL (except in UTF-16), no signature of a binary format."""
    if head.startswith(_UTF16):
        return True
    return b"\0" not in head and not head.startswith(_BINARY)
