"""Which reader, at which version, takes each raw file: part of a step's identity; each content is asked about once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from halfcell.core.errors import HalfcellError
from halfcell.core.raw import RawFile
from halfcell.readers import find
from halfcell.readers._columns import VERSION as COLUMNS_VERSION
from halfcell.study.store import FOLDER, Store, as_text, read_json
from halfcell.study.versions import declared_version, readers_mark

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


def _asked(path: Path) -> str:
    """Reader and version; nothing where the file is missing or of no known format (its analysis will say so)."""
    try:
        name, _ = find(RawFile(path))
    except HalfcellError:
        return ""
    return f"{name} {declared_version(name, 'readers')}".strip()
