"""Find plug-ins (readers, techniques, audit rules, extractors, verbs) by folder and entry point, without importing."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from warnings import warn

from halfcell.core.errors import InputError, PluginError, PluginWarning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

Kind = Literal["readers", "techniques", "rules", "extractors", "verbs"]

_FOLDERS: dict[str, tuple[str, ...]] = {
    "readers": ("readers/*/*.py",),
    "techniques": ("techniques/*/__init__.py", "literature/techniques/*/__init__.py"),
    "rules": ("audit/rules/*.py",),
    "extractors": ("audit/extract/*.py",),
    "verbs": ("cli/*.py",),
}
_SHARED = "common"  # the folder for what several plug-ins share; it holds none
_DOCSTRING = re.compile(r'^\s*[rR]?"""(.+?)\s*(?:\n|""")')
_PACKAGE = Path(__file__).resolve().parent.parent


class Plugin(NamedTuple):
    """One plug-in: its name, its module, the first line of its docstring, and the package it comes from.

    `attribute` is the object that the entry point names in the module, where it names one (``module:object``).
    """

    name: str
    module: str
    summary: str
    package: str = "halfcell"
    version: str = ""
    attribute: str = ""

    @property
    def is_foreign(self) -> bool:
        """Whether another package brings it."""
        return self.package != "halfcell"

    @property
    def origin(self) -> str:
        """The package and its version: ``halfcell-sem 1.2``."""
        return f"{self.package} {self.version}".strip()


@cache
def plugins(kind: Kind) -> dict[str, Plugin]:
    """List the plug-ins of a kind by name; nothing is imported.

    A module or folder without a leading underscore is a plug-in. Other packages add theirs through the entry-point
    group ``halfcell.<kind>``. One that takes a name which is already used is left out and reported.
    """
    own = {plugin.name: plugin for plugin in sorted(_built_in(kind))}
    others: dict[str, list[Plugin]] = {}
    for plugin in _foreign(kind):
        others.setdefault(plugin.name, []).append(plugin)
    added = {}
    for name, candidates in others.items():
        clash = _clash(name, candidates, own)
        if clash:
            warn(f"{kind.rstrip('s')} {name!r}: {clash}", PluginWarning, stacklevel=2)
        else:
            added[name] = candidates[0]
    return own | added


def load(kind: Kind, name: str) -> ModuleType:
    """Import one plug-in by its name.

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    PluginError
        If a plug-in of another package cannot be imported.
    """
    known = plugins(kind)
    if name not in known:
        raise InputError(f"unknown {kind.rstrip('s')} {name!r}", hint=did_you_mean(name, known))
    plugin = known[name]
    if not plugin.is_foreign:
        return import_module(plugin.module)
    try:
        return import_module(plugin.module)
    except Exception as error:
        what = f"the plug-in {name!r} of {plugin.origin} cannot be imported: {type(error).__name__}: {error}"
        raise PluginError(what, hint=f"update or uninstall {plugin.package}") from error


def working(kind: Kind) -> Iterator[tuple[str, ModuleType]]:
    """Import all plug-ins of a kind; one of another package that cannot be imported is reported once and left out."""
    for name in plugins(kind):
        try:
            module = load(kind, name)
        except PluginError as error:
            report_once(kind, name, str(error))
            continue
        yield name, module


@cache
def report_once(kind: Kind, name: str, problem: str) -> None:
    """Warn about a plug-in that does not work; the same problem is reported once per process."""
    warn(f"{kind.rstrip('s')} {name!r} is not used: {problem}", PluginWarning, stacklevel=3)


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


def _built_in(kind: Kind) -> Iterator[Plugin]:
    for pattern in _FOLDERS[kind]:
        for path in sorted(_PACKAGE.glob(pattern)):
            is_folder = pattern.endswith("__init__.py")
            place = path.parent if is_folder else path.with_suffix("")
            parts = place.relative_to(_PACKAGE).parts
            if not place.name.startswith("_") and _SHARED not in parts:
                yield Plugin(place.name, ".".join(("halfcell", *parts)), _summary(path))


def _summary(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        match = _DOCSTRING.match(file.read(400))
    return match.group(1) if match else ""


def _clash(name: str, candidates: list[Plugin], own: dict[str, Plugin]) -> str:
    """What speaks against using a plug-in of another package under this name."""
    packages = " and ".join(plugin.origin for plugin in candidates)
    if name in own:
        return f"{packages} uses the name of a part of halfcell; that of halfcell is used, the other is left out"
    if len({plugin.module for plugin in candidates}) > 1:
        return f"{packages} use the same name; neither is used, uninstall one of them"
    return ""


def _foreign(kind: Kind) -> Iterator[Plugin]:
    """Entry points of other packages, read from their files: importlib.metadata alone would load 40 modules."""
    for folder in dict.fromkeys(Path(entry) for entry in sys.path if entry):
        for path in sorted(folder.glob("*.dist-info/entry_points.txt")):
            package, _, version = path.parent.name.removesuffix(".dist-info").partition("-")
            for name, target in _points(path.read_text(encoding="utf-8"), f"halfcell.{kind}"):
                module, _, attribute = target.partition(":")
                summary = f"from {module} ({package} {version})"
                yield Plugin(name, module, summary, package, version, attribute)


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
