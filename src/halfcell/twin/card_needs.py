"""Which values a card needs, and which its liquid says already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.twin.card_parts import CONTACT, COUNTER, SOLID
from halfcell.twin.card_words import CELL, ELECTRODE, ELECTROLYTE, OF_LIQUID, ONLY_ANODE, OPTIONAL
from halfcell.twin.liquids import liquid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def given_twice(facts: Mapping[str, Any], values: Mapping[str, object], origin: str) -> Iterator[InputError]:
    """An unknown liquid, and values that the card gives though its liquid says them."""
    try:
        said = _said(facts)
    except InputError as error:
        yield InputError(error.what, origin, error.hint)
        return
    for path in (f"electrolyte.{name}" for name in said):
        if path in values:
            hint = (
                f"its liquid ({facts['electrolyte']['liquid']}) says it over the concentration; leave one of both out"
            )
            yield InputError(f"{path} is given twice", origin, hint)


def _said(facts: Mapping[str, Any]) -> set[str]:
    """Names of the values that the liquid of the card says."""
    name = str(facts.get("electrolyte", {}).get("liquid", ""))
    if not name:
        return set()
    liquid = liquid_of(name)
    return {value for value, own in OF_LIQUID.items() if getattr(liquid, own) is not None}


def required(facts: Mapping[str, Any]) -> Iterator[str]:
    """The paths of all values that a card of these tables needs."""
    try:
        said = _said(facts)
    except InputError:
        said = set(OF_LIQUID)
    yield from (f"cell.{name}" for name in CELL if name not in OPTIONAL)
    for table, needed in (("electrolyte", ELECTROLYTE), ("solid", SOLID), ("contact", CONTACT), ("counter", COUNTER)):
        if table in facts:
            yield from (f"{table}.{name}" for name in needed if name not in OPTIONAL and name not in said)
    for part in ("anode", "cathode"):
        names = [name for name in ELECTRODE if name not in OPTIONAL]
        yield from (f"{part}.{name}" for name in names if part == "anode" or name not in ONLY_ANODE)


def meaning(path: str) -> str:
    """What a value is, in words."""
    name = path.rsplit(".", 1)[-1]
    return {**CONTACT, **COUNTER, **SOLID, **ELECTRODE, **ELECTROLYTE, **CELL}.get(name, "share of the capacity")
