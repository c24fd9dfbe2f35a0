"""The cards that open over the numbers of the HTML report: value, uncertainty, settings, source files."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from halfcell.core import markup
from halfcell.core.vocabulary import quantity_word
from halfcell.report.table_grid import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from halfcell.core.document import Number


class NumberCard(TypedDict):
    """What a card says of one number; texts are HTML."""

    printed: str
    value: str
    std: str | None
    unit: str
    kind: str
    name: str
    label: str
    formula: str
    members: list[str]
    result: str


class ResultCard(TypedDict):
    """What a card says of the result that a number belongs to."""

    technique: str
    version: str
    code: str
    settings: dict[str, str]
    sources: list[tuple[str, str, str, int]]  # path, SHA-256, reader, size
    notes: list[tuple[str, str]]  # level, text


class Cards(TypedDict):
    """The cards of an item: numbers by their id, and each result once."""

    numbers: dict[str, NumberCard]
    results: dict[str, ResultCard]


def number_cards(numbers: Iterable[Number]) -> Cards:
    """The cards of the numbers of an item."""
    cards = Cards(numbers={}, results={})
    for number in numbers:
        cards["numbers"][number.id] = _number(number)
        if number.origin.result not in cards["results"]:
            cards["results"][number.origin.result] = _result(number)
    return cards


def word_of(number: Number) -> str:
    """What a number is, in the words of its technique."""
    label = quantity_word(number.origin.technique, number.origin.quantity).get("label", "")
    return label or number.origin.quantity.replace("_", " ")


def _number(number: Number) -> NumberCard:
    quantity = number.quantity
    return NumberCard(
        printed=markup.html(number_text(number.printed)),
        value=f"{quantity.value:.10g}",
        std=None if quantity.std is None else f"{quantity.std:.3g}",
        unit=markup.html(markup.unit(quantity.unit)),
        kind=number.origin.kind_of(quantity),
        members=[f"{markup.plain(one.label)} = {one.printed}".removesuffix(" = ") for one in number.origin.members],
        name=word_of(number),
        label=markup.html(markup.formula(number.origin.label)),
        formula=number.origin.formula,
        result=number.origin.result,
    )


def _result(number: Number) -> ResultCard:
    origin = number.origin
    return ResultCard(
        technique=origin.technique,
        version=origin.version,
        code=origin.code_version,
        settings={key: str(value) for key, value in sorted(origin.settings.items()) if value is not None},
        sources=[(source.path, source.sha256, source.reader, source.size) for source in origin.sources],
        notes=[(note.level, note.text) for note in origin.notes],
    )
