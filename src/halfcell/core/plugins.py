"""Find plug-ins (readers, techniques, audit rules, extractors, verbs) by folder and entry point, without importing."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext, redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast
from warnings import warn

from halfcell.core.entry_points import entry_points, first_line, module_file
from halfcell.core.errors import InputError, PluginError, PluginWarning
from halfcell.core.unexpected_errors import Unexpected, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from types import ModuleType

Kind = Literal["readers", "techniques", "rules", "extractors", "verbs"]

_FOLDERS: dict[str, tuple[str, ...]] = {
    "readers": ("readers/*/*.py",),
    "techniques": ("techniques/*/__init__.py", "literature/techniques/*/__init__.py", "twin/techniques/*/__init__.py"),
    "rules": ("audit/rules/*.py",),
    "extractors": ("audit/extract/*.py",),
    "verbs": ("cli/*.py",),
}
_SHARED = "common"  # the folder for what several plug-ins share; it holds none
_CONTRACT: dict[str, dict[str, str]] = {
    "readers": {"VERSION": "a text", "SUFFIXES": "suffixes", "recognises": "a function", "parse": "a function"},
    "techniques": {},  # a record that checks itself
    "rules": {"FORMULA": "a text", "LIMITS": "a text", "check": "a function"},
    "extractors": {"SUFFIXES": "suffixes", "recognises": "a function", "extract": "a function"},
    "verbs": {"add_arguments": "a function", "run": "a function"},
}
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


class Listing(NamedTuple):
    """The plug-ins of a kind by name, and the names that several want: name -> what is wrong."""

    usable: dict[str, Plugin]
    clashes: dict[str, str]


@cache
def plugins(kind: Kind) -> dict[str, Plugin]:
    """List the plug-ins of a kind by name; nothing is imported.

    A module or folder without a leading underscore is a plug-in. Other packages add theirs through the entry-point
    group ``halfcell.<kind>``. One that takes a name which is already used is left out and reported.
    """
    listing = _listing(kind)
    for name, problem in listing.clashes.items():
        report_once(kind, name, f"{_word(kind)} {name!r}: {problem}")
    return listing.usable


def clashes(kind: Kind) -> Mapping[str, str]:
    """The names that plug-ins of other packages wanted and did not get, each with the reason."""
    return _listing(kind).clashes


def load(kind: Kind, name: str) -> ModuleType:
    """Import one plug-in by its name.

    Returns
    -------
    module
        Its module, or the object that stands in for one where the entry point names an object in a module.

    Raises
    ------
    InputError
        If there is none of that name; the hint offers the nearest.
    PluginError
        If a plug-in of another package cannot be imported or lacks what its kind needs, or if several packages have one
        of that name.
    """
    known = plugins(kind)
    if name not in known:
        clash = clashes(kind).get(name)
        if clash:
            raise PluginError(f"{_word(kind)} {name!r}: {clash}")
        others = _aliases(known) if kind == "techniques" else {}
        raise InputError(f"unknown {_word(kind)} {name!r}", hint=did_you_mean(name, [*known, *others]))
    plugin = known[name]
    if not plugin.is_foreign:
        return import_module(plugin.module)
    found = _loaded(kind, plugin)
    if isinstance(found, str):
        raise PluginError(f"{described(kind, name)} {found}", hint=f"update or uninstall {plugin.package}")
    return found


def working(kind: Kind) -> Iterator[tuple[str, ModuleType]]:
    """Import all plug-ins of a kind; one of another package that does not work is reported once and left out."""
    for name in plugins(kind):
        if is_working(kind, name):
            yield name, load(kind, name)


def is_working(kind: Kind, name: str) -> bool:
    """Whether a plug-in can be imported and has what its kind needs; one that has not is reported once."""
    try:
        load(kind, name)
    except PluginError as error:
        report_once(kind, name, str(error))
        return False
    return True


def printing_aside(kind: Kind, name: str) -> AbstractContextManager[object]:
    """Send what a plug-in of another package prints to standard error: standard output is the program's own."""
    return redirect_stdout(sys.stderr) if plugins(kind)[name].is_foreign else nullcontext()


def described(kind: Kind, name: str) -> str:
    """A plug-in in words: ``the reader 'neware'``; of another package ``the reader 'sem' of halfcell-sem 1.2``."""
    plugin = plugins(kind).get(name)
    package = f" of {plugin.origin}" if plugin and plugin.is_foreign else ""
    return f"the {_word(kind)} {name!r}{package}"


def report_once(kind: Kind, name: str, problem: str) -> None:
    """Warn about a plug-in that does not work; each plug-in is named once per process."""
    if (kind, name) not in _reports():
        _reports()[kind, name] = problem
        warn(problem, PluginWarning, stacklevel=3)


def reported() -> tuple[tuple[Kind, str, str], ...]:
    """What was reported in this process so far, as arguments of `report_once`: a worker hands it to its parent."""
    return tuple((kind, name, problem) for (kind, name), problem in _reports().items())


def forget_plugins() -> None:
    """Forget what was listed, imported and reported: packages were installed or removed while the program runs."""
    for remembered in (plugins, _loaded, _reports):
        remembered.cache_clear()


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


def _word(kind: Kind) -> str:
    return kind.removesuffix("s")


def _listing(kind: Kind) -> Listing:
    """All plug-ins of a kind; where a name is wanted by several, the built-in one is used, or none."""
    usable = {plugin.name: plugin for plugin in sorted(_built_in(kind))}
    wanted: dict[str, list[Plugin]] = {}
    for plugin in _foreign(kind):
        wanted.setdefault(plugin.name, []).append(plugin)
    taken = {*usable, *_aliases(usable)} if wanted and kind == "techniques" else set(usable)
    clashing = {}
    for name, candidates in wanted.items():
        packages = " and ".join(plugin.origin for plugin in candidates)
        if name in taken:
            clashing[name] = f"{packages} uses a name of halfcell itself, whose own is used (uninstall the package)"
        elif len(candidates) > 1:
            clashing[name] = f"{packages} use the same name; neither is used (uninstall one of them)"
    added = {name: found[0] for name, found in wanted.items() if name not in clashing}
    return Listing(usable | added, clashing)


def _built_in(kind: Kind) -> Iterator[Plugin]:
    for pattern in _FOLDERS[kind]:
        for path in sorted(_PACKAGE.glob(pattern)):
            is_folder = pattern.endswith("__init__.py")
            place = path.parent if is_folder else path.with_suffix("")
            parts = place.relative_to(_PACKAGE).parts
            if not place.name.startswith("_") and _SHARED not in parts:
                yield Plugin(place.name, ".".join(("halfcell", *parts)), first_line(path))


def _aliases(own: Mapping[str, Plugin]) -> Iterator[str]:
    """The other names of built-in techniques."""
    import tomllib

    for plugin in own.values():
        words = _PACKAGE.joinpath(*plugin.module.split(".")[1:], "words.toml")
        if words.is_file():
            yield from tomllib.loads(words.read_text(encoding="utf-8")).get("aliases", ())


def _foreign(kind: Kind) -> Iterator[Plugin]:
    """The plug-ins of other packages."""
    for point in entry_points(f"halfcell.{kind}"):
        path = module_file(point.module)
        summary = (first_line(path) if path else "") or f"from the module {point.module}"
        yield Plugin(point.name, point.module, summary, point.package, point.version, point.attribute)


@cache
def _loaded(kind: Kind, plugin: Plugin) -> ModuleType | str:
    """What a plug-in of another package provides, or what is wrong with it."""
    found = guarded(lambda: _imported(plugin))
    if isinstance(found, Unexpected):
        return f"cannot be imported: {found.text}"
    problems = guarded(lambda: list(_unfulfilled(kind, found)))
    if isinstance(problems, Unexpected):
        return f"cannot be used: {problems.text}"
    return f"is incomplete: {', '.join(problems)}" if problems else found


def _imported(plugin: Plugin) -> ModuleType:
    """Import a plug-in; what its module prints meanwhile does not get into the program's output."""
    with redirect_stdout(sys.stderr):
        found: object = import_module(plugin.module)
        for part in filter(None, plugin.attribute.split(".")):
            found = getattr(found, part)
    return cast("ModuleType", found)


def _unfulfilled(kind: Kind, found: object) -> Iterator[str]:
    """What a plug-in lacks of what its kind needs."""
    for name, what in _CONTRACT[kind].items():
        if not hasattr(found, name):
            yield f"it has no {name}"
        elif not _is(what, getattr(found, name)):
            needed = "a tuple of suffixes in lower case, such as ('.csv',)" if what == "suffixes" else what
            yield f"its {name} is not {needed}"


def _is(what: str, value: object) -> bool:
    if what == "a function":
        return callable(value)
    if what == "a text":
        return isinstance(value, str) and value != ""
    return isinstance(value, tuple) and all(isinstance(s, str) and re.fullmatch(r"\.[^A-Z]+", s) for s in value)


@cache
def _reports() -> dict[tuple[Kind, str], str]:
    """What was reported about plug-ins in this process; one dictionary for its whole life."""
    return {}
