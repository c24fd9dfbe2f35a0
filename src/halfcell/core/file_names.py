"""Identifiers as file names: one name on every system, and which identifiers would share one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 100  # bytes: leaves room for suffixes and folders where a name may have 255, as everywhere
_DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in "0123456789¹²³")}


def file_stem(identifier: str) -> str:
    """The name of files without suffix: an identifier with characters that file names cannot hold replaced by ``_``.

    ``S1 a`` and ``S1/a`` become ``S1_a``; `same_file` says which identifiers share a name.
    """
    return re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", identifier)).strip(".") or "item"


def same_file(identifier: str) -> str:
    """A key that is equal for identifiers whose file names clash on some system: case and composition do not count."""
    return unicodedata.normalize("NFC", file_stem(identifier).casefold())


def why_no_file_name(identifier: str) -> str:
    """Why files cannot be named after an identifier; empty if they can.

    Windows keeps the names of devices (``NUL``, ``CON``, ``COM1``) with any suffix for itself [1]_.

    References
    ----------
    .. [1] Microsoft, Naming Files, Paths, and Namespaces (Win32), section Naming Conventions.
    """
    stem = file_stem(identifier)
    if stem.split(".")[0].casefold() in _DEVICES:
        return f"Windows cannot hold a file named {stem}"
    length = len(stem.encode())
    return f"its files would have a name of {length} bytes; at most {LONGEST}" if length > LONGEST else ""
