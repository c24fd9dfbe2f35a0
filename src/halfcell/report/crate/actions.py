"""The actions of a crate: each figure and table made from its raw files and settings by halfcell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.report.crate.entities import Entity, anchor, path_id, reference, references
from halfcell.report.crate.people import agent, author_id

if TYPE_CHECKING:
    from halfcell.core.document import Document, Item, Number

PROGRAM: Final = "https://pypi.org/project/halfcell/"


@dataclass(frozen=True, kw_only=True)
class Described:
    """What the actions refer to: the folder of the crate, the paths in it, and the day for those without a time."""

    crate: Path
    paths: frozenset[str]
    date: str


def action_id(item: Item) -> str:
    """The identifier of an item's action."""
    return f"#{item.kind}-{anchor(item.id)}"


def program(document: Document) -> Entity:
    """Halfcell itself."""
    return {
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "halfcell",
        "description": "Turns the raw instrument files of a study into its supplementary information.",
        "url": PROGRAM,
        "version": document.code_version.removeprefix("halfcell").strip(),
    }


def actions(document: Document, described: Described) -> Iterator[Entity]:
    """The action of each item, and the settings that it refers to."""
    one = agent(document.authors)
    answers: Entity = {"agent": reference(author_id(one))} if one else {}
    for item in document.items:
        origins = {number.origin.result: number for number in item.numbers}
        settings = {f"#result-{result[:16]}": number for result, number in origins.items()}
        sources = [s.path for number in origins.values() for s in number.origin.sources if s.path in described.paths]
        objects = [*map(path_id, dict.fromkeys(sources)), *settings]
        yield {**_action(item, objects, described), **answers}
        yield from (_settings(place, number) for place, number in settings.items())


def _action(item: Item, objects: list[str], described: Described) -> Entity:
    files = sorted(item.files.values())
    action: Entity = {
        "@id": action_id(item),
        "@type": "CreateAction",
        "name": item.name,
        "description": markup.plain(item.caption) or item.name,
        "instrument": reference(PROGRAM),
        "object": references(objects) or None,
        "result": references(path_id(Path(path).relative_to(described.crate).as_posix()) for path in files) or None,
        "endTime": item.made or described.date,
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }
    if item.failure:
        action |= {"actionStatus": "http://schema.org/FailedActionStatus", "error": item.failure}
    return action


def _settings(place: str, number: Number) -> Entity:
    """The settings of one result, as one value."""
    origin = number.origin
    shown: Mapping[str, object] = {key: value for key, value in sorted(origin.settings.items()) if value is not None}
    return {
        "@id": place,
        "@type": "PropertyValue",
        "name": f"settings of {origin.technique} version {origin.version}: {markup.plain(origin.label)}",
        "value": json.dumps(shown, ensure_ascii=False, default=str),
        "identifier": origin.result,
    }
