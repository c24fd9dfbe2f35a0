"""Which reader, at which version, reads each raw file: a part of a step's identity, found once per content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict, cast

from halfcell.core.raw import RawFile
from halfcell.readers import find
from halfcell.study.attempt import attempt
from halfcell.study.cache.declared_versions import installed_version, readers_hash
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.plan.study_plan import Plan


def by_column_map() -> str:
    """What reads a table by the column map of a study, with its version."""
    from halfcell.readers.common.column_map import VERSION

    return f"columns {VERSION}"


class _KnownReaders(TypedDict, total=False):
    """What is stored of readers: path -> sha256 and reader of the file, and which readers were installed (`mark`)."""

    mark: str
    files: dict[str, tuple[str, str]]


def readers_of(root: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """The reader of each file with its version (``neware 1``); empty if no reader recognises it.

    Parameters
    ----------
    root
        The study's folder.
    hashes
        Path below it -> sha256 of the file. A file with a content known from before is not opened again, as long
        as the same readers are installed.
    """
    place, mark = _place(root), readers_hash()
    found = _seen(root, hashes)
    missing = [path for path in hashes if path not in found]
    found.update((path, _reader_and_version(path, root)) for path in missing)
    if missing:
        files = {path: [hashes[path], found[path]] for path in hashes}
        Store(root).write_json(place, {"mark": mark, "files": files})
    return found


def _place(root: Path) -> Path:
    return root / FOLDER / "readers.json"


def _seen(root: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """The readers of files with a content known from before, as long as the same readers are installed."""
    cache = cast("_KnownReaders", Store(root).read_json(_place(root)))
    seen = cache.get("files", {}) if cache.get("mark") == readers_hash() else {}
    return {path: seen[path][1] for path, sha256 in hashes.items() if path in seen and seen[path][0] == sha256}


def unrecognised(plan: Plan) -> Iterator[str]:
    """The raw files of a planned study that no reader recognises, each with the reason.

    A file that the last run recognised, and that has not changed since, is not opened.
    """
    root, paths = plan.files.root, _raw_files(plan)
    known = _seen(root, hash_files(root, paths)) if _place(root).is_file() else {}
    for path in (path for path in paths if not known.get(path)):
        failure = attempt(_reader, path, plan.files.root).failure
        if failure:
            yield failure if failure.startswith(path) else f"{path}: {failure}"


def reader_names(plan: Plan) -> dict[str, str]:
    """Path -> name of its reader, for the raw files of a planned study that a reader recognises."""
    found = {path: attempt(_reader, path, plan.files.root).value for path in _raw_files(plan)}
    return {path: name for path, name in found.items() if name}


def _raw_files(plan: Plan) -> list[str]:
    """The raw files of a planned study that readers have to recognise, each once."""
    steps = [step for item in plan.items for step in item.steps if not step.columns and not step.reader]
    files = (file.path for step in steps for file in step.files)
    references = (path for step in steps for path in step.references.values())
    return list(dict.fromkeys([*files, *references]))


def _reader_and_version(path: str, root: Path) -> str:
    """Reader and version; empty if the file is missing or of no known format (its analysis will say so).

    Empty also if a reader of another package fails: then the analysis of that file fails, and the others go on.
    """
    name = attempt(_reader, path, root).value
    return versioned(name).strip() if name else ""


def versioned(name: str) -> str:
    """The name of a reader with its version."""
    return f"{name} {installed_version(name, 'readers')}"


def _reader(path: str, root: Path) -> str:
    return find(RawFile(root / path))[0]
