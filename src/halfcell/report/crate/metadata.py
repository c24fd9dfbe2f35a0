"""A study as RO-Crate: its files, and for each figure and table the action that made it from raw files.

RO-Crate 1.1 with the Process Run Crate profile 0.5: one ``CreateAction`` per item, with the raw files and settings as
``object`` and the rendered files as ``result``. The numbers are in ``numbers.csv``, each with its origin.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.document import Document, Item, Number
    from halfcell.report.crate.copies import Copied

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


def metadata(document: Document, crate: Path, copies: Sequence[Copied], date: str) -> Entity:
    """The content of ``ro-crate-metadata.json``.

    Parameters
    ----------
    document
        The document with the paths of the crate; its items name their files there.
    crate
        The folder of the crate.
    copies
        The files in it.
    date
        Date of publication.
    """
    files = {one.path: _file(one) for one in copies}
    graph = [*_root(document, files, date), *files.values(), *_actions(document, crate, set(files))]
    return {"@context": list(_CONTEXT), "@graph": graph}


def _file(one: Copied) -> Entity:
    suffix = Path(one.path).suffix.lower()
    return {
        "@id": _id(one.path),
        "@type": "File",
        "name": Path(one.path).name,
        "encodingFormat": _FORMATS.get(suffix, "application/octet-stream"),
        "contentSize": str(one.size),
        "sha256": one.sha256,
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
    return f"#{item.kind}-{_id(item.id)}"


def _actions(document: Document, crate: Path, copied: set[str]) -> Iterator[Entity]:
    """The action of each item, and the settings and missing files that it refers to."""
    seen: set[str] = set()
    for item in document.items:
        origins = {number.origin.result: number for number in item.numbers}
        settings = {f"#result-{result[:16]}": number for result, number in origins.items()}
        sources = {s.path: s for number in origins.values() for s in number.origin.sources}
        names = {name: _id(name) if name in copied else f"#missing-{_id(name)}" for name in sources}
        yield _action(item, crate, [*names.values(), *settings])
        for name, place in names.items():
            if name not in copied and place not in seen:
                seen.add(place)
                yield {"@id": place, "@type": "CreativeWork", "name": name, "sha256": sources[name].sha256}
        for place, number in settings.items():
            if place not in seen:
                seen.add(place)
                yield _settings(place, number)


def _action(item: Item, crate: Path, objects: list[str]) -> Entity:
    action: Entity = {
        "@id": _action_id(item),
        "@type": "CreateAction",
        "name": item.name,
        "description": markup.plain(item.caption),
        "instrument": {"@id": "#halfcell"},
        "object": [{"@id": place} for place in objects],
        "result": [{"@id": _id(Path(path).relative_to(crate).as_posix())} for _, path in sorted(item.files.items())],
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
