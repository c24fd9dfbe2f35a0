"""Hashes of the code that makes figures, tables and the report: after an edit or an upgrade they are made again."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.plugins import plugins
from halfcell.study.cache.declared_versions import module_source, with_package
from halfcell.study.cache.json_files import digest

if TYPE_CHECKING:
    from halfcell.study.files.item_spec import ItemSpec

_PACKAGE = Path(__file__).resolve().parents[2]
_DRAWING = ("core", "maths", "materials", "literature", "render", "techniques", "study/items")  # packages, whole
_REPORT = ("core", "render", "report", "study")
_SUFFIXES = (".py", ".toml", ".json", ".csv", ".html", ".css", ".js", ".bib", ".csl")
_IMPORT = re.compile(r"^[ \t]*(?:from|import)\b.*", re.MULTILINE)


def item_code(spec: ItemSpec) -> str:
    """One hash for the code that makes a figure or table from its results."""
    predicted = {name for part in spec.parts if part.predict for name in ("prediction", "predicted_response")}
    names = sorted({part.technique for part in spec.parts} | predicted)
    return digest({name: drawing_code(name) for name in names})


@cache
def drawing_code(technique: str) -> str:
    """sha256 over the code that makes the figures and tables of a technique.

    That is the technique's own folder, the folders of techniques that it imports, and the packages that all figures and
    tables use, without the folders of other techniques. For a technique of another package the version of that package
    counts, too.
    """
    own = (path for place in _with_imported_techniques(technique) for path in _files(place))
    package = with_package("", technique)
    return digest({"shared": _shared_code(), "own": _content_hash(own)} | ({"package": package} if package else {}))


@cache
def _shared_code() -> str:
    """sha256 over the packages that all figures and tables use."""
    builtin = (name for name, plugin in plugins("techniques").items() if not plugin.is_foreign)
    places = [str(place) for name in builtin for place in _places_of(name)]
    folders = tuple(f"{place}{os.sep}" for place in places)
    files = (path for path in _files_below(_DRAWING) if path not in places and not path.startswith(folders))
    return _content_hash(files)


def _with_imported_techniques(technique: str) -> tuple[Path, ...]:
    """The places of a technique's code and of the techniques that it imports, in a fixed order."""
    found: dict[str, tuple[Path, ...]] = {}
    waiting = [technique]
    while waiting:
        name = waiting.pop()
        found[name] = _places_of(name)
        named = {word for place in found[name] for path in _files(place) for word in _named_beside_techniques(path)}
        waiting += sorted((named & set(plugins("techniques"))) - set(found))
    return tuple(place for name in sorted(found) for place in found[name])


def _named_beside_techniques(path: str) -> frozenset[str]:
    """The words of the lines of a file that import from techniques; it is read once, unless it has changed."""
    stat = os.stat(path)
    return _words_of_imports(path, (stat.st_size, stat.st_mtime_ns)) if path.endswith(".py") else frozenset()


@cache
def _words_of_imports(path: str, _stamp: tuple[int, int]) -> frozenset[str]:
    content = _content(path)
    lines = content.decode(errors="replace").split("\n") if b"techniques" in content else ()
    imports = (line for line in lines if "techniques" in line and _IMPORT.match(line))
    return frozenset(word for line in imports for word in re.findall(r"\w+", line))


def _import_lines(path: Path) -> list[str]:
    return _IMPORT.findall(path.read_text(encoding="utf-8", errors="replace"))


@cache
def report_code() -> str:
    """sha256 over the code that writes the report of finished items."""
    return _content_hash(_files_below(_REPORT))


@cache
def source_code() -> str:
    """sha256 over all code and data of halfcell: a version does not fix it while halfcell is being worked on."""
    return _content_hash(_files(_PACKAGE))


def code_stamp(techniques: Iterable[str]) -> str:
    """sha256 over the sizes and times of all that code: quick to compare with that of the last run."""
    places = [str(_PACKAGE / name) for name in sorted({*_DRAWING, *_REPORT})]
    own = (place for name in sorted(set(techniques)) for place in _places_of(name))
    places += [str(place) for place in own if not place.is_relative_to(_PACKAGE)]
    return hashlib.sha256("\n".join(line for place in places for line in _stamps(place)).encode()).hexdigest()


def _stamps(place: str) -> Iterator[str]:
    """One line per file, read from the entries of its folder: asking path by path takes three times as long."""
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


def _places_of(technique: str) -> tuple[Path, ...]:
    """The folder of a technique if it has one (for another package the package's folder), else its file.

    If the file is in no package, the files beside it that it imports belong to it, and those that they import.
    """
    plugin = plugins("techniques").get(technique)
    path = module_source(plugin.module) if plugin else None
    if plugin is None or path is None:
        return ()
    is_builtin = path.is_relative_to(_PACKAGE)
    if path.stem == "__init__" or ("." in plugin.module and not is_builtin):
        return (path.parent,)
    return (path,) if is_builtin else _with_imported_files(path)


def _with_imported_files(path: Path) -> tuple[Path, ...]:
    """A file, the files beside it that it imports, and those that they import, in a fixed order."""
    found, waiting = {path}, [path]
    while waiting:
        lines = _import_lines(waiting.pop())
        beside = {path.with_name(f"{word}.py") for line in lines for word in re.findall(r"\w+", line)}
        fresh = {other for other in beside - found if other.is_file()}
        found |= fresh
        waiting += fresh
    return tuple(sorted(found))


def _files_below(names: Iterable[str]) -> Iterator[str]:
    """The paths of all files of code and data in packages of halfcell, in a fixed order."""
    for name in sorted(names):
        yield from _files(_PACKAGE / name)


def _files(place: str | os.PathLike[str]) -> Iterator[str]:
    """The path of a file, or of all files of code and data in a folder and below, in a fixed order."""
    if os.path.isfile(place):
        yield os.fspath(place)
        return
    with os.scandir(place) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    yield from (os.fspath(entry) for entry in found if entry.name.endswith(_SUFFIXES) and entry.is_file())
    for entry in found:
        if entry.name != "__pycache__" and entry.is_dir():
            yield from _files(entry)


def _content_hash(paths: Iterable[str]) -> str:
    """sha256 over names and contents of files; the folder where they are installed does not count."""
    total = hashlib.sha256()
    for path in paths:
        content = _content(path)
        total.update(f"{os.path.basename(path)}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _content(path: str) -> bytes:
    """The bytes of a file, without a buffer: half the time for a thousand small files."""
    with open(path, "rb", buffering=0) as file:
        return file.readall()
