"""Find rooms (readers, techniques, rules, verbs) by folder and by entry point, without importing them."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from types import ModuleType

Kind = Literal["readers", "techniques", "rules", "extractors", "verbs"]

_FOLDERS: dict[str, tuple[str, ...]] = {
    "readers": ("readers",),
    "techniques": ("techniques", "literature.shows"),
    "rules": ("audit.rules",),
    "extractors": ("audit.extract",),
    "verbs": ("cli",),
}
_DOCSTRING = re.compile(r'^\s*[rR]?"""(.+?)\s*(?:\n|""")')
_PACKAGE = Path(__file__).resolve().parent.parent


class Room(NamedTuple):
    """One plugin: its name, where its module is, and the first line of the module's docstring."""

    name: str
    module: str
    summary: str


@cache
def rooms(kind: Kind) -> dict[str, Room]:
    """List the plugins of a kind, by name; nothing is imported.

    A module or a folder without a leading underscore is a plugin; other packages add theirs by the entry-point group
    ``halfcell.<kind>``.
    """
    found = {}
    for dotted in _FOLDERS[kind]:
        folder = _PACKAGE.joinpath(*dotted.split("."))
        for path in sorted(folder.glob("*.py")) + sorted(folder.glob("*/__init__.py")):
            name = path.stem if path.stem != "__init__" else path.parent.name
            if path.parent == folder and path.stem == "__init__":
                continue
            if not name.startswith("_"):
                found[name] = Room(name, f"halfcell.{dotted}.{name}", _summary(path))
    return found | _foreign(kind)


def load(kind: Kind, name: str) -> ModuleType:
    """Import one plugin by its name.

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    """
    known = rooms(kind)
    if name not in known:
        raise InputError(f"unknown {kind.rstrip('s')} {name!r}", hint=did_you_mean(name, known))
    return import_module(known[name].module)


def did_you_mean(word: str, known: object) -> str:
    """A hint for a misspelt word: the nearest known ones, those that hold it, or all (a dozen, and how many more)."""
    words = [str(item) for item in known] if hasattr(known, "__iter__") else []

    from difflib import get_close_matches

    folded = {item.lower(): item for item in reversed(words)}
    near = [folded[item] for item in get_close_matches(word.lower(), folded, n=3, cutoff=0.6)]
    near = near or [item for item in words if len(word) > 2 and word.lower() in item.lower()][:3]
    if near:
        return "did you mean " + " or ".join(repr(item) for item in near) + "?"
    more = f" and {len(words) - 12} more" if len(words) > 13 else ""
    return "known: " + ", ".join(words[:12] if more else words) + more if words else ""


def _summary(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        match = _DOCSTRING.match(file.read(400))
    return match.group(1) if match else ""


def _foreign(kind: Kind) -> dict[str, Room]:
    """Entry points of other packages, read from their files: importlib.metadata alone would cost 40 modules."""
    found = {}
    for folder in {Path(entry) for entry in sys.path if entry}:
        for path in folder.glob("*.dist-info/entry_points.txt"):
            for name, module in _points(path.read_text(encoding="utf-8"), f"halfcell.{kind}"):
                found[name] = Room(name, module, f"from {module}")
    return found


def _points(text: str, group: str) -> list[tuple[str, str]]:
    """The ``name = module`` lines of one group of an entry_points.txt."""
    section, found = "", []
    for line in text.splitlines():
        name, equals, module = line.partition("=")
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and equals:
            found.append((name.strip(), module.strip()))
    return found
