"""Which reader, at which version, takes each raw file: part of a step's identity; each content is asked about once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.errors import HalfcellError
from halfcell.core.raw import RawFile
from halfcell.readers import find
from halfcell.readers._columns import VERSION as COLUMNS_VERSION
from halfcell.study.store import FOLDER, Store, as_text, read_json
from halfcell.study.versions import declared_version, readers_mark

if TYPE_CHECKING:
    from halfcell.study.loading import Loaded

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
    found.update((path, _asked(root / path)) for path in missing)
    if missing:
        files = {path: [hashes[path], found[path]] for path in hashes}
        Store(root).put(place, as_text({"mark": mark, "files": files}))
    return found


def unrecognised(loaded: Loaded) -> Iterator[str]:
    """The raw files of a planned study that no reader takes by their beginnings, each with the reason."""
    steps = [slot.step for task in loaded.tasks for part in task.parts for slot in part if not slot.step.columns]
    files = [*(file for step in steps for file in step.files), *(f for step in steps for f in step.references.values())]
    for path in dict.fromkeys(file.path for file in files):
        try:
            find(RawFile(loaded.root / path))
        except HalfcellError as error:
            yield f"{path}: {error.what}" + (f" (hint: {error.hint})" if error.hint else "")


def _asked(path: Path) -> str:
    """Reader and version; nothing where the file is missing or of no known format (its analysis will say so)."""
    try:
        name, _ = find(RawFile(path))
    except HalfcellError:
        return ""
    return f"{name} {declared_version(name, 'readers')}".strip()
