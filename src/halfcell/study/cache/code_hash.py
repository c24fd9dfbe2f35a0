"""The code that makes an item of its results, by content: an edit or an upgrade of the program draws it again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.plugins import plugins
from halfcell.study.cache.declared_versions import source, with_package
from halfcell.study.cache.results import digest

if TYPE_CHECKING:
    from halfcell.study.files.item_spec import ItemSpec

_PACKAGE = Path(__file__).resolve().parents[2]
_DRAWING = ("core", "maths", "materials", "literature", "render", "techniques", "study/items")  # packages, whole
_REPORT = ("core", "render", "report", "study")
_SUFFIXES = (".py", ".toml", ".json", ".csv", ".html", ".css", ".js")
_IMPORT = re.compile(r"^[ \t]*(?:from|import)\b.*", re.MULTILINE)


def code_of(spec: ItemSpec) -> str:
    """One word for the code behind an item's shows."""
    names = sorted({part.technique for part in spec.parts})
    return digest({name: drawing_code(name) for name in names})


@cache
def drawing_code(technique: str) -> str:
    """sha256 over the code behind a technique's shows.

    That is the technique's own folder, the folders of techniques that it imports, and the packages that all shows and
    drawings use, without the folders of other techniques; of another package also which version of it is installed.
    """
    own = (path for place in _with_imported_techniques(technique) for path in _files(place))
    package = with_package("", technique)
    return digest({"shared": _shared(), "own": _content(own)} | ({"package": package} if package else {}))


@cache
def _shared() -> str:
    folders = [place for name, plugin in plugins("techniques").items() if not plugin.is_foreign for place in _own(name)]
    return _content(path for path in _below(_DRAWING) if not any(path.is_relative_to(folder) for folder in folders))


def _with_imported_techniques(technique: str) -> tuple[Path, ...]:
    """The places of a technique's code and of the techniques it imports, in a settled order."""
    found: dict[str, tuple[Path, ...]] = {}
    waiting = [technique]
    while waiting:
        name = waiting.pop()
        found[name] = _own(name)
        lines = (line for place in found[name] for path in _files(place) for line in _imports(path))
        named = {word for line in lines if "techniques" in line for word in re.findall(r"\w+", line)}
        waiting += sorted((named & set(plugins("techniques"))) - set(found))
    return tuple(place for name in sorted(found) for place in found[name])


def _imports(path: Path) -> list[str]:
    return _IMPORT.findall(path.read_text(encoding="utf-8", errors="replace")) if path.suffix == ".py" else []


def report_code() -> str:
    """sha256 over the code that writes the report of finished items."""
    return _content(_below(_REPORT))


def code_stamp(techniques: Iterable[str]) -> str:
    """Sizes and times of all that code: to know in a moment that it is the same as before."""
    places = [str(_PACKAGE / name) for name in sorted({*_DRAWING, *_REPORT})]
    own = (place for name in sorted(set(techniques)) for place in _own(name))
    places += [str(place) for place in own if not place.is_relative_to(_PACKAGE)]
    return hashlib.sha256("\n".join(line for place in places for line in _stamps(place)).encode()).hexdigest()


def _stamps(place: str) -> Iterator[str]:
    """A line a file: entries of a folder know their size and time; paths would cost three times as much."""
    if not os.path.isdir(place):
        stat = os.stat(place)
        yield f"{place}\0{stat.st_size}\0{stat.st_mtime_ns}"
        return
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(_SUFFIXES):
                stat = entry.stat()
                yield f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _stamps(entry.path)


def _own(technique: str) -> tuple[Path, ...]:
    """The folder of a technique where it has one (of one from elsewhere: its package), else its file.

    To a file from elsewhere that is in no package belong the files beside it that it imports, and those they import.
    """
    plugin = plugins("techniques").get(technique)
    path = source(plugin.module) if plugin else None
    if plugin is None or path is None:
        return ()
    ours = path.is_relative_to(_PACKAGE)
    if path.stem == "__init__" or ("." in plugin.module and not ours):
        return (path.parent,)
    return (path,) if ours else _with_imported(path)


def _with_imported(path: Path) -> tuple[Path, ...]:
    """A file and the files beside it that its lines of import name, theirs too, in a settled order."""
    found, open_ = {path}, [path]
    while open_:
        lines = _imports(open_.pop())
        beside = {path.with_name(f"{word}.py") for line in lines for word in re.findall(r"\w+", line)}
        fresh = {other for other in beside - found if other.is_file()}
        found |= fresh
        open_ += fresh
    return tuple(sorted(found))


def _below(names: Iterable[str]) -> Iterator[Path]:
    for name in sorted(names):
        yield from _files(_PACKAGE / name)


def _files(place: Path) -> Iterator[Path]:
    """A file, or those in a folder and below that are code or facts, in a settled order."""
    if place.is_file():
        yield place
        return
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(_SUFFIXES))


def _content(paths: Iterable[Path]) -> str:
    """sha256 over files' names and contents, wherever they are installed."""
    total = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        total.update(f"{path.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
