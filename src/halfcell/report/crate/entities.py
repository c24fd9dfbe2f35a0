"""What all entities of a crate share: identifiers, references, each entity once."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

Entity = dict[str, object]


def path_id(path: str) -> str:
    """A path as a relative URI."""
    return quote(path)


def anchor(text: str) -> str:
    """A text as part of a URI; other texts stay others."""
    return quote(text, safe="")


def reference(identifier: object) -> Entity:
    """A reference to an entity."""
    return {"@id": identifier}


def references(identifiers: Iterable[object]) -> Entity | list[Entity]:
    """References to entities: a single one stands alone, as RO-Crate recommends."""
    found = [reference(one) for one in dict.fromkeys(identifiers)]
    return found[0] if len(found) == 1 else found


def each_once(entities: Iterable[Entity]) -> list[Entity]:
    """Each entity once, by its identifier; values that are empty are left out."""
    once: dict[object, Entity] = {}
    for entity in entities:
        once.setdefault(entity["@id"], {key: value for key, value in entity.items() if value not in ("", [], None)})
    return list(once.values())
