"""The list of an archive's files with their hashes, in the form that ``sha256sum --check`` reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from halfcell.core.errors import InputError

MANIFEST: Final = "manifest-sha256.txt"
_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")


def manifest_text(hashes: Mapping[str, str]) -> str:
    """The text of the list, from name -> sha256."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(hashes.items()))


def read_manifest(text: str) -> dict[str, str]:
    """Name -> sha256 of a list.

    Raises
    ------
    InputError
        If a line is not of that form, or names a file for the second time.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            raise InputError("not a line of hash and name, or a name for the second time", f"{MANIFEST}:{number}")
        found[match[2]] = match[1]
    return found
