"""Which reader, at which version, takes each raw file: part of a step's identity; each content is asked about once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.raw import RawFile
from halfcell.readers import find
from halfcell.readers.common.column_map import VERSION as COLUMNS_VERSION
from halfcell.study.cache.declared_versions import installed_version, readers_mark
from halfcell.study.cache.results import FOLDER, Store, as_text, read_json
from halfcell.study.execute.scheduler import attempt

if TYPE_CHECKING:
    from halfcell.study.files.load import Loaded

BY_COLUMN_MAP = f"columns {COLUMNS_VERSION}"


def recognised(root: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """The reader of each file with its version (``neware 1``); nothing where no reader takes it.

    Parameters
    ----------
    root
        The study's folder.
    hashes
        Path below it -> sha256 of the file. A content asked about before is not opened again, as long as the same
        readers are installed.
    """
    place, mark = root / FOLDER / "readers.json", readers_mark()
    cache = read_json(place)
    seen = cache.get("files", {}) if cache.get("mark") == mark else {}
    found = {path: seen[path][1] for path, sha256 in hashes.items() if path in seen and seen[path][0] == sha256}
    missing = [path for path in hashes if path not in found]
    found.update((path, _asked(path, root)) for path in missing)
    if missing:
        files = {path: [hashes[path], found[path]] for path in hashes}
        Store(root).put(place, as_text({"mark": mark, "files": files}))
    return found


def unrecognised(loaded: Loaded) -> Iterator[str]:
    """The raw files of a planned study that no reader takes by their beginnings, each with the reason."""
    for path in _raw_files(loaded):
        failure = attempt(_found, path, loaded.root).failure
        if failure:
            yield failure if failure.startswith(path) else f"{path}: {failure}"


def readers_of(loaded: Loaded) -> dict[str, str]:
    """Path -> name of its reader, for the raw files of a planned study that a reader takes."""
    found = {path: attempt(_found, path, loaded.root).value for path in _raw_files(loaded)}
    return {path: name for path, name in found.items() if name}


def _raw_files(loaded: Loaded) -> list[str]:
    """The raw files of a planned study that readers have to recognise, each once."""
    steps = [slot.step for task in loaded.tasks for part in task.parts for slot in part if not slot.step.columns]
    files = [*(file for step in steps for file in step.files), *(f for step in steps for f in step.references.values())]
    return list(dict.fromkeys(file.path for file in files))


def _asked(path: str, root: Path) -> str:
    """Reader and version; nothing where the file is missing or of no known format (its analysis will say so).

    Nor where a reader from elsewhere fails instead of answering: that file's analysis fails, the others go on.
    """
    name = attempt(_found, path, root).value
    return f"{name} {installed_version(name, 'readers')}".strip() if name else ""


def _found(path: str, root: Path) -> str:
    return find(RawFile(root / path))[0]
