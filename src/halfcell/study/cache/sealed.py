"""The seal of a stored file: it begins with the hash of the rest, so that a single changed byte is noticed."""

from __future__ import annotations

import hashlib

_SIZE = 64  # hexadecimal digits of a sha256
_LINE = b"\n"


class Damaged(Exception):
    """A stored file is not as it was written."""


def sealed(content: bytes) -> bytes:
    """A content after a line with its sha256."""
    return hashlib.sha256(content).hexdigest().encode() + _LINE + content


def unsealed(stored: bytes) -> bytes:
    """The content of a sealed file.

    Raises
    ------
    Damaged
        If it is not the content that was sealed.
    """
    start = _SIZE + len(_LINE)
    content = stored[start:]
    if stored[:start] != hashlib.sha256(content).hexdigest().encode() + _LINE:
        raise Damaged
    return content


def sealed_text(text: str) -> bytes:
    """A text in UTF-8 after a line with its sha256."""
    return sealed(text.encode())


def unsealed_text(stored: bytes) -> str:
    """The text of a sealed file.

    Raises
    ------
    Damaged
        If it is not the text that was sealed.
    """
    return unsealed(stored).decode()
