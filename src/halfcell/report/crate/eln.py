"""A crate as an archive for electronic lab notebooks (``.eln``) [1]_: one experiment, the study with all its files.

References
----------
.. [1] The ELN Consortium, specification of the ELN file format, https://github.com/TheELNConsortium/TheELNFileFormat
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from halfcell.report.crate.entities import Entity, reference, references
from halfcell.report.crate.metadata import METADATA
from halfcell.report.fixed_zip import write_zip

_FOLDER: Final = "study"  # of the one experiment in the archive
_PUBLISHER: Final = "https://pypi.org/project/halfcell/#developers"


def archive(crate: Path, path: Path) -> Path:
    """Write the archive of a crate; it appears under its name when it is complete.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    content = experiment(json.loads((crate / METADATA).read_text(encoding="utf-8")))
    files: dict[str, Path | bytes] = {
        f"{path.name}/{METADATA}": json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"
    }
    for file in sorted(one for one in crate.rglob("*") if one.is_file() and one.name != METADATA):
        files[f"{path.name}/{_FOLDER}/{file.relative_to(crate).as_posix()}"] = file
    return write_zip(path, files)


def experiment(metadata: Entity) -> Entity:
    """The metadata of an archive with one experiment from those of a crate: its files lie in a folder of their own."""
    graph = metadata["@graph"]
    entities = [one for one in graph if isinstance(one, dict)] if isinstance(graph, list) else []
    files = {one["@id"]: f"./{_FOLDER}/{one['@id']}" for one in entities if one.get("@type") == "File"}
    moved = [one for one in (_moved(entity, files) for entity in entities) if isinstance(one, dict)]
    made: list[Entity] = []
    for entity in moved:
        if entity["@id"] == METADATA:
            made.append({**entity, "sdPublisher": reference(_PUBLISHER)})
        elif entity["@id"] == "./":
            folder = reference(f"./{_FOLDER}/")
            made += [{**entity, "hasPart": folder}, _dataset(entity)]
        else:
            made.append(entity)
    publisher: Entity = {
        "@id": _PUBLISHER,
        "@type": "Organization",
        "name": "The halfcell developers",
        "url": "https://pypi.org/project/halfcell/",
    }
    return {**metadata, "@graph": [*made, publisher]}


def _dataset(root: Entity) -> Entity:
    """The experiment: what the crate says of itself, with its files."""
    kept = ("name", "description", "author", "keywords", "license", "sameAs", "hasPart", "mentions")
    known = {key: root[key] for key in kept if key in root}
    parts = known.get("hasPart", [])
    listed = parts if isinstance(parts, list) else [parts]
    known["hasPart"] = references(one["@id"] for one in listed if isinstance(one, dict))
    day = {"dateCreated": root["datePublished"], "genre": "experiment"}
    return {"@id": f"./{_FOLDER}/", "@type": "Dataset", **known, **day}


def _moved(value: object, files: dict[object, str]) -> object:
    """A value with the identifiers of files replaced."""
    if isinstance(value, dict):
        return {
            key: files.get(item, item) if key == "@id" and isinstance(item, str) else _moved(item, files)
            for key, item in value.items()
        }
    return [_moved(item, files) for item in value] if isinstance(value, list) else value
