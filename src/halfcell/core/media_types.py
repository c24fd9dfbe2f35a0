"""Media types of files, by suffix; of unknown ones by whether they are text."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

BINARY: Final = "application/octet-stream"


def media_type(path: str, start: bytes = b"") -> str:
    """The media type of a file by its suffix; with an unknown one ``text/plain`` if its first bytes are text."""
    known = _types().get(PurePosixPath(path).suffix.lower())
    return known or ("text/plain" if start and _is_text(start) else BINARY)


def _is_text(start: bytes) -> bool:
    """Whether bytes are text in UTF-8 or in an eight-bit encoding: no control characters but those of lines."""
    return not any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in start)


@cache
def _types() -> dict[str, str]:
    with Path(__file__).with_name("media_types.toml").open("rb") as file:
        return {str(key): str(value) for key, value in tomllib.load(file).items()}
