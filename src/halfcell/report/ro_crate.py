"""A study as RO-Crate: its files, and for each figure and table the action that made it from raw files.

RO-Crate 1.1 with the Process Run Crate profile 0.5: one ``CreateAction`` per item, with the raw files and settings as
``object`` and the rendered files as ``result``. The numbers are in ``numbers.csv``, each with its origin.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.core.atomic_files import write_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from halfcell.core.document import Document, Item, Number

    Entity = dict[str, object]

METADATA: Final = "ro-crate-metadata.json"
_CONTEXT: Final = ("https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"})
_PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_FORMATS: Final = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STUDY_FILES: Final = (
    "study.toml",
    "samples.csv",
    "samples.xlsx",
    "cells.csv",
    "cells.xlsx",
    "study.lock",
    "truth.csv",
)


def write(document: Document, root: Path, folder: Path, reports: Sequence[Path], date: str) -> Path:
    """Copy the files of a study into `folder` and describe them in ``ro-crate-metadata.json``.

    Parameters
    ----------
    document
        The document of the study; the paths of its sources are relative to `root`.
    root
        The folder of the study.
    folder
        The folder of the crate.
    reports
        Other files to include, such as ``si.pdf`` and ``numbers.csv``.
    date
        Date of publication, ``2026-11-22``; the only thing in the crate that does not come from the study.

    Returns
    -------
    Path
        The metadata file.
    """
    copied: dict[str, Entity] = {}
    for name, path in _files(document, root, reports):
        if name not in copied and path.is_file():
            content = path.read_bytes()
            write_aside(folder / name, content)
            copied[name] = _file(name, content)
    graph = [*_root(document, copied, date), *copied.values(), *_actions(document, root, set(copied))]
    text = json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=2, ensure_ascii=False) + "\n"
    return write_aside(folder / METADATA, text)


def _files(document: Document, root: Path, reports: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Path in the crate and file on disk of all files that go in."""
    yield from ((name, root / name) for name in _STUDY_FILES)
    yield from ((path.name, path) for path in reports)
    for item in document.items:
        yield from ((_rendered(item, path), Path(path)) for _, path in sorted(item.files.items()))
        for number in item.numbers:
            yield from ((_raw(source.path, root), root / source.path) for source in number.origin.sources)


def _rendered(item: Item, path: str) -> str:
    return f"{item.kind}s/{Path(path).name}"


def _raw(path: str, root: Path) -> str:
    """The path of a raw file in the crate: as in the study, or in ``raw`` if it is outside the study."""
    place = Path(path)
    if place.is_absolute():
        place = place.relative_to(root) if place.is_relative_to(root) else Path("raw") / place.name
    return "/".join(part for part in place.as_posix().split("/") if part not in {"", ".", ".."})


def _file(name: str, content: bytes) -> Entity:
    suffix = Path(name).suffix.lower()
    return {
        "@id": _id(name),
        "@type": "File",
        "name": Path(name).name,
        "encodingFormat": _FORMATS.get(suffix, "application/octet-stream"),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _id(name: str) -> str:
    """A path as a relative URI."""
    from urllib.parse import quote

    return quote(name)


def _root(document: Document, copied: dict[str, Entity], date: str) -> list[Entity]:
    words = "Supplementary information made from raw instrument files; each figure and table names its sources."
    if document.simulated:
        words += " The raw files were simulated by halfcell: it shows the analysis, not the chemistry."
    version = document.code_version.removeprefix("halfcell").strip()
    return [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "conformsTo": {"@id": _PROFILE},
            "name": markup.plain(document.title),
            "description": words,
            "datePublished": date,
            "hasPart": [{"@id": entity["@id"]} for entity in copied.values()],
            "mentions": [{"@id": _action_id(item)} for item in document.items],
        },
        {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": "#halfcell", "@type": "SoftwareApplication", "name": "halfcell", "softwareVersion": version},
    ]


def _action_id(item: Item) -> str:
    return f"#{item.kind}-{re.sub(r'[^A-Za-z0-9]+', '-', item.id)}"


def _actions(document: Document, root: Path, copied: set[str]) -> Iterator[Entity]:
    """The action of each item, and the settings and missing files that it refers to."""
    seen: set[str] = set()
    for item in document.items:
        origins = {number.origin.result: number for number in item.numbers}
        settings = {f"#result-{result[:16]}": number for result, number in origins.items()}
        sources = {_raw(s.path, root): s for number in origins.values() for s in number.origin.sources}
        names = {name: _id(name) if name in copied else f"#missing-{_id(name)}" for name in sources}
        yield _action(item, [*names.values(), *settings])
        for name, place in names.items():
            if name not in copied and place not in seen:
                seen.add(place)
                yield {"@id": place, "@type": "CreativeWork", "name": name, "sha256": sources[name].sha256}
        for place, number in settings.items():
            if place not in seen:
                seen.add(place)
                yield _settings(place, number)


def _action(item: Item, objects: list[str]) -> Entity:
    action: Entity = {
        "@id": _action_id(item),
        "@type": "CreateAction",
        "name": item.name,
        "description": markup.plain(item.caption),
        "instrument": {"@id": "#halfcell"},
        "object": [{"@id": place} for place in objects],
        "result": [{"@id": _id(_rendered(item, path))} for _, path in sorted(item.files.items())],
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }
    if item.failure:
        action |= {"actionStatus": {"@id": "http://schema.org/FailedActionStatus"}, "error": item.failure}
    return action


def _settings(place: str, number: Number) -> Entity:
    """The settings of one result, as one value."""
    origin = number.origin
    shown = {key: value for key, value in sorted(origin.settings.items()) if value is not None}
    return {
        "@id": place,
        "@type": "PropertyValue",
        "name": f"settings of {origin.technique} version {origin.version}: {markup.plain(origin.label)}",
        "value": json.dumps(shown, ensure_ascii=False, default=str),
        "identifier": origin.result,
    }
