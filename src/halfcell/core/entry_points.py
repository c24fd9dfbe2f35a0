"""Entry points of other packages and the files of their modules, read from disk: nothing is imported.

`importlib.metadata` would do the same, but loads 40 modules.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCSTRING = re.compile(r'^(?:\s*#[^\n]*\n)*\s*[rR]?"""\s*(.+?)\s*(?:\n|""")')


class EntryPoint(NamedTuple):
    """One line ``name = module:attribute`` of an installed package."""

    name: str
    module: str
    attribute: str
    package: str
    version: str


def entry_points(group: str) -> Iterator[EntryPoint]:
    """The entry points of a group of all packages on `sys.path`.

    A package that is installed in several folders counts once: the first folder on `sys.path` wins, as for imports.
    """
    seen = set()
    for folder in dict.fromkeys(Path(entry) for entry in sys.path if entry):
        for path in sorted(folder.glob("*.dist-info/entry_points.txt")):
            package, version = _package(path.parent)
            key = re.sub(r"[-_.]+", "-", package).lower()
            if key not in seen:
                seen.add(key)
                for name, target in _lines(_text(path), group):
                    module, _, attribute = target.partition(":")
                    yield EntryPoint(name, module.strip(), attribute.strip(), package, version)


def installed_version(package: str) -> str:
    """The version of a package, by the name of its folder of metadata; empty where there is no such folder."""
    for folder in dict.fromkeys(Path(entry) for entry in sys.path if entry):
        found = sorted(folder.glob(f"{package}-*.dist-info"))
        if found:
            return _package(found[-1])[1]
    return ""


def module_file(module: str) -> Path | None:
    """The Python file of a module, found without running it or the packages above it; None where there is none."""
    from importlib.util import find_spec

    top, *inner = module.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if not inner:
        return Path(spec.origin) if spec.origin and spec.origin.endswith(".py") else None
    places = [Path(folder, *inner) for folder in spec.submodule_search_locations or ()]
    files = (file for place in places for file in (place / "__init__.py", place.with_name(f"{place.name}.py")))
    return next((file for file in files if file.is_file()), None)


def first_line(path: Path) -> str:
    """The first line of a module's docstring; empty where it has none or cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            match = _DOCSTRING.match(file.read(1000))
    except (OSError, UnicodeDecodeError):
        return ""
    return match.group(1) if match else ""


def _package(folder: Path) -> tuple[str, str]:
    """Name and version of an installed package: as its METADATA says, else as its folder is named."""
    name, _, version = folder.name.removesuffix(".dist-info").partition("-")
    head = _text(folder / "METADATA").split("\n\n", 1)[0]
    facts = dict(line.split(": ", 1) for line in head.splitlines() if line.startswith(("Name: ", "Version: ")))
    return facts.get("Name", name).strip(), facts.get("Version", version).strip()


def _lines(text: str, group: str) -> list[tuple[str, str]]:
    """The ``name = module`` lines of one group of an entry_points.txt."""
    section, found = "", []
    for line in text.splitlines():
        name, _, target = line.partition("=")
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and name.strip() and target.strip() and not line.startswith("#"):
            found.append((name.strip(), target.split("[")[0].strip()))
    return found


def _text(path: Path) -> str:
    """The text of a file; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
