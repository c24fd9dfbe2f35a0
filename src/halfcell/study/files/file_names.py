"""Names of files as file systems keep them: composed or decomposed letters, capitals that do or do not matter."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal


def composed(text: str) -> str:
    """A text in composed Unicode (NFC): macOS keeps the names of files decomposed (``u`` and two dots for ``ü``)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def on_disk(root: Path, name: str) -> str:
    """A path below `root` in the letters of the disk: as it is, or composed or decomposed where only that exists."""
    if name.isascii() or os.path.exists(os.path.join(root, name)):
        return name
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    written = (unicodedata.normalize(form, name) for form in forms)
    return next((path for path in written if os.path.exists(os.path.join(root, path))), name)


def with_disk_names(content: Any, root: Path) -> Any:
    """The content of a TOML file whose texts are in the letters of the disk where they name a file below `root`."""
    if isinstance(content, str):
        return content if content.isascii() or "\n" in content or "\0" in content else on_disk(root, content)
    if isinstance(content, Mapping):
        return {key: with_disk_names(value, root) for key, value in content.items()}
    return [with_disk_names(value, root) for value in content] if isinstance(content, list) else content


def is_named(path: str, names: Iterable[str], root: Path) -> bool:
    """Whether a file is one of those named, also where capitals do not matter (Windows, macOS).

    Names that differ in capitals only are one file if the file system says so.
    """
    wanted = set(names)
    if path in wanted:
        return True
    key = composed(path).casefold()
    alike = [os.path.join(root, name) for name in wanted if composed(name).casefold() == key]
    return any(os.path.exists(name) and os.path.samefile(name, os.path.join(root, path)) for name in alike)


def is_output(path: str, root: Path) -> bool:
    """Whether a file was written by a run: all in ``out``, and ``study.lock``."""
    top, slash, _ = path.partition("/")
    return is_named(top, ("out",), root) if slash else is_named(path, ("study.lock",), root)
