"""Find a number of the last run by its id (``S1:Si/Sn-10:ICE``) or in words (``Table S1``, ``Si/Sn-10``, ``ICE``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.vocabulary import quantity_word
from halfcell.study.cache.item_record import NumberRecord
from halfcell.study.cache.lock_file import ItemEntry, Lock, StepEntry
from halfcell.study.cache.results import Store
from halfcell.study.files.item_spec import is_item_name
from halfcell.study.files.unit_heads import slug


class Query(NamedTuple):
    """The number that somebody asks for: its item, label and quantity, as they were typed."""

    item: str
    label: str
    quantity: str


def parse_query(words: Sequence[str]) -> Query:
    """Item, label and quantity from what was typed.

    Raises
    ------
    InputError
        If one of them is missing.
    """
    text = " ".join(words).strip()
    if len(words) == 3 and ":" not in words[0]:
        return Query(words[0], words[1], words[2])
    if text.count(":") >= 2:
        item, rest = text.split(":", 1)
        label, quantity = rest.rsplit(":", 1)
        return Query(item.strip(), label.strip(), quantity.strip())
    match = re.fullmatch(r"((?:table|fig\.?|figure)\s+\S+|\S+)\s+(.+)\s+(\S+)", text, re.IGNORECASE)
    if match:
        return Query(match[1], match[2], match[3])
    hint = "write ITEM:LABEL:QUANTITY, such as S1:Si/Sn-10:ICE, or three words"
    raise InputError(f"{text!r} does not name a number", hint=hint)


def items_called(name: str, lock: Lock) -> dict[str, ItemEntry]:
    """The items of the last run that a name means, tables first: there may be a figure ``S1`` and a table ``S1``."""
    items = {key: entry for key, entry in lock["items"].items() if is_item_name(name, key, key.split(" ", 1)[1])}
    return {key: items[key] for key in sorted(items, key=lambda key: not key.startswith("table"))}


def find_number(root: Path, lock: Lock, items: Mapping[str, ItemEntry], query: Query) -> tuple[str, NumberRecord]:
    """The first of the items that has the number, and the number.

    Raises
    ------
    InputError
        If none has it; the error is about the first item only.
    """
    label, _, part = query.label.rpartition(":")
    of_part = query._replace(label=label, quantity=f"{part}.{query.quantity}") if label else query
    first_error: InputError | None = None
    records = {key: Store(root).load_record(entry["key"]) for key, entry in items.items()}
    for key, record in records.items():
        exact = [one for one in (record.numbers if record else ()) if _place(one) == f"{query.label}:{query.quantity}"]
        if exact:
            return key, exact[0]
    for key, entry in items.items():
        record = records[key]
        steps = {name: lock["steps"][name] for name in entry["steps"] if name in lock["steps"]}
        missing = dict(record.missing) if record else {}
        for one in dict.fromkeys((query, of_part)):
            try:
                labelled = _numbers_with_label(record.numbers if record else (), one.label, steps, missing)
                return key, _number_with_quantity(labelled, one)
            except InputError as error:
                first_error = first_error or error
    raise first_error or InputError(f"no number of {query.label!r} in {query.item}")


def alike(root: Path, entry: ItemEntry, number: NumberRecord) -> tuple[str, ...]:
    """The other numbers of an item that have the label and quantity of a number: ``Fig. S7:Si:ICE#2 = 83.1``."""
    record = Store(root).load_record(entry["key"])
    name = (number["label"], number["quantity"])
    others = [one for one in (record.numbers if record else ()) if one["id"] != number["id"]]
    return tuple(f"{one['id']} = {one['printed']}" for one in others if (one["label"], one["quantity"]) == name)


def _place(number: NumberRecord) -> str:
    """The id of a number without its item."""
    return number["id"].partition(":")[2]


def _numbers_with_label(
    numbers: Sequence[NumberRecord], label: str, steps: Mapping[str, StepEntry], missing: Mapping[str, str]
) -> Sequence[NumberRecord]:
    """The numbers of the subject that a label means.

    It may be the printed label, the same in other characters, the name of the cell or sample, or a part of one label.

    Raises
    ------
    InputError
        If the label means no subject, or one that is missing from the item.
    """
    labels = list(dict.fromkeys(number["label"] for number in numbers))
    wanted = slug(label)
    missing_label = next((name for name in missing if slug(name) == wanted), "")
    subjects = {name: slug(step["subject"]) for name, step in steps.items()}
    partly = [name for name in labels if wanted and re.search(rf"(?:^|_){re.escape(wanted)}(?:_|$)", slug(name))]
    criteria: tuple[Callable[[NumberRecord], bool], ...] = (
        lambda number: number["label"] == label,
        lambda number: slug(number["label"]) == wanted,
        lambda number: subjects.get(number["result"].split("-")[0]) == wanted,
        lambda number: not missing_label and len(partly) == 1 and number["label"] == partly[0],
    )
    for is_meant in criteria:
        found = [number for number in numbers if is_meant(number)]
        if found:
            return found
    if missing_label:
        raise InputError(f"{missing_label} is missing from this item: {missing[missing_label]}")
    known = [*labels, *missing, *dict.fromkeys(step["subject"] for step in steps.values())]
    raise InputError(f"no number of {label!r} in this item", hint=did_you_mean(label, known))


def _number_with_quantity(numbers: Sequence[NumberRecord], query: Query) -> NumberRecord:
    """The number of a subject whose quantity is meant: by its name, by its label or initials, or by a part of its name.

    Raises
    ------
    InputError
        If none is meant, or several are.
    """
    for is_meant in (_has_name, _has_label_or_initials, _is_of_part, _has_name_containing):
        found = [number for number in numbers if is_meant(number, query.quantity)]
        if len({number["quantity"] for number in found}) == 1:
            return found[0]
    names = list(dict.fromkeys(number["quantity"] for number in numbers))
    meant = [name for name in names if slug(query.quantity) in slug(name)]
    if meant:
        raise InputError(f"{query.quantity!r} may be several numbers of {query.label!r}", hint=", ".join(meant))
    notes = (note for number in numbers for note in number["notes"])
    refused = "; ".join(dict.fromkeys(text for level, _, text in notes if level == "refused"))
    hint = did_you_mean(query.quantity, names) + (f"; refused: {refused}" if refused else "")
    raise InputError(f"no number {query.quantity!r} of {query.label!r} in this item", hint=hint)


def _has_name(number: NumberRecord, quantity: str) -> bool:
    """Whether a word is the quantity's name."""
    return slug(number["quantity"]) == slug(quantity)


def _has_label_or_initials(number: NumberRecord, quantity: str) -> bool:
    """Whether a word is the quantity's label, the head of its column, or the initials of its name: ``ICE``."""
    name = number["quantity"]
    initials = "".join(part[0] for part in re.split(r"[_.]", name) if part)
    heads = {slug(quantity_word(number["technique"], name).get("label", "")), slug(number.get("head", ""))}
    return quantity.lower() == initials.lower() or slug(quantity) in heads - {""}


def _is_of_part(number: NumberRecord, quantity: str) -> bool:
    """Whether a word is a part of the subject (a phase) and the end, or the head, of its quantity: ``ZnO.a``."""
    part, _, rest = quantity.partition(".")
    own, _, name = number["quantity"].partition(".")
    if not rest or not name or slug(part) != slug(own):
        return False
    ends = {slug(name), slug(name.rsplit("_", 1)[-1])}
    return slug(rest) in ends or _has_label_or_initials(number, rest)


def _has_name_containing(number: NumberRecord, quantity: str) -> bool:
    """Whether a word is a part of the quantity's name."""
    return slug(quantity) in slug(number["quantity"])
