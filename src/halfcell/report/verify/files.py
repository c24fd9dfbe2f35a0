"""Whether the files of an archive are those that it lists: none missing, none more, each with its hash."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from halfcell.core.errors import InputError
from halfcell.report.crate.metadata import METADATA
from halfcell.report.pack.manifest import MANIFEST, read_manifest
from halfcell.study.cache.store_files import FOLDER

if TYPE_CHECKING:
    from halfcell.report.verify.archive import Archive

_CHANGED: Final = "other content than was packed"


def file_problems(archive: Archive) -> tuple[InputError, ...]:
    """Each file that is not as the archive lists it, by the list of hashes and by the metadata of the crate."""
    listed = read_manifest(archive.read(MANIFEST).decode(errors="replace"))
    hashes = {name: archive.sha256(name) for name in archive.entries if name != MANIFEST}
    return tuple(_differing(listed, hashes)) + tuple(_unlike_crate(archive, hashes))


def _differing(listed: Mapping[str, str], hashes: Mapping[str, str]) -> Iterator[InputError]:
    for name, sha256 in listed.items():
        if name not in hashes:
            yield InputError("is listed and not in the archive", name)
        elif not hashes[name]:
            yield InputError("cannot be unpacked: damaged", name, "fetch the archive again")
        elif hashes[name] != sha256:
            yield InputError(_CHANGED, name, f"sha256 {sha256} is listed, {hashes[name]} found")
    for name in hashes.keys() - listed.keys():
        yield InputError("is in the archive and not listed", name)
    for name in hashes:
        if name.startswith(f"{FOLDER}/"):
            yield InputError("stored results have no place in an archive; they are not used", name)


def _unlike_crate(archive: Archive, hashes: Mapping[str, str]) -> Iterator[InputError]:
    """Files whose hash in the metadata of the crate is another one, though the list of hashes was made to fit."""
    try:
        graph = json.loads(archive.read(METADATA))["@graph"]
        stated = {unquote(one["@id"]): str(one["sha256"]) for one in graph if one.get("@type") == "File"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield InputError("is not the metadata of a crate", METADATA)
        return
    for name, sha256 in stated.items():
        if hashes.get(name, "") != sha256:
            yield InputError(f"is not the file that {METADATA} describes", name)
    for name in hashes.keys() - stated.keys() - {METADATA}:
        yield InputError(f"is not described in {METADATA}", name)
