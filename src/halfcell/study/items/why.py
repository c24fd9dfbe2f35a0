"""Ask after one printed number: find it by id or by loose words, and tell it back to bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from halfcell.core.document import Number
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.vocabulary import quantity_word
from halfcell.study.cache.fingerprint import changed_since
from halfcell.study.cache.lock_file import read_lock
from halfcell.study.cache.results import Store
from halfcell.study.files.item_spec import is_item_name
from halfcell.study.files.unit_heads import slug
from halfcell.study.items.provenance import number_from

Record = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Why:
    """One number told: itself, where each setting was set, and what had changed when it was last computed."""

    number: Number
    item: str
    subject: str = ""
    set_in: Mapping[str, str] | None = None
    changed: tuple[str, ...] = ()
    stale: bool = False

    def __str__(self) -> str:
        """What ``halfcell why`` prints: of the settings those that were set."""
        return self.text()

    def text(self, *, every: bool = False) -> str:
        """The number told; `every` lists the settings that stand at their default, too."""
        number, origin = self.number, self.number.origin
        unit = f" {number.quantity.unit}".rstrip()
        lines = [f"{number.id} = {number.printed}{unit}", f"  in          {self.item}", f"  of          {origin.label}"]
        if number.quantity.std is not None:
            kind = f" ({number.quantity.kind})" if number.quantity.kind else ""
            lines.append(f"  value       {number.quantity.value!r} ± {number.quantity.std!r}{kind}")
        else:
            lines.append(f"  value       {number.quantity.value!r}")
        lines += [
            f"  quantity    {origin.quantity}: {origin.formula}",
            f"  technique   {origin.technique}, recipe {origin.version}{self._package('technique', origin.technique)}",
        ]
        lines += self._settings(every=every)
        for source in origin.sources:
            read_as = f"read as {source.reader}{self._package('reader', source.reader)}"
            lines += [f"  from        {source.path}", f"              sha256 {source.sha256}, {read_as}"]
        lines += [f"  note        {note}" for note in origin.notes]
        lines += [f"  changed     {change}" for change in self.changed]
        lines += ["  beware      the study has changed since its last run: halfcell run"] if self.stale else []
        return "\n".join([*lines, f"  result      {origin.result}", f"  computed by {origin.code_version}"])

    def _package(self, kind: str, name: str) -> str:
        """The package of a technique or reader that is not of halfcell itself."""
        package = self.number.origin.plugins.get(f"{kind} {name}", "")
        return f" (package {package})" if package else ""

    def _settings(self, *, every: bool) -> Iterator[str]:
        set_in, settings = self.set_in or {}, self.number.origin.settings
        for name, value in sorted(settings.items()):
            if every or name in set_in:
                yield f"  setting     {name} = {value}  ({set_in.get(name, 'default')})"
        left = sum(name not in set_in for name in settings)
        if left and not every:
            yield f"  settings    {left} more at their default: --all"

    def as_json(self) -> dict[str, Any]:
        """What ``halfcell why --json`` prints."""
        number, origin = self.number, self.number.origin
        return {
            "id": number.id,
            "printed": number.printed,
            **number.quantity.as_json(),
            "item": self.item,
            "label": origin.label,
            "subject": self.subject,
            "quantity": origin.quantity,
            "formula": origin.formula,
            "technique": origin.technique,
            "version": origin.version,
            "settings": dict(origin.settings),
            "set_in": dict(self.set_in or {}),
            "sources": [{"path": s.path, "sha256": s.sha256, "reader": s.reader} for s in origin.sources],
            "notes": [{"level": n.level, "code": n.code, "text": n.text} for n in origin.notes],
            "changed": list(self.changed),
            "stale": self.stale,
            "plugins": dict(origin.plugins),
            "result": origin.result,
            "code_version": origin.code_version,
        }

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def why(root: Path, words: Sequence[str]) -> Why:
    """Find a number among those of the last run and tell where it comes from.

    `words` is its id (``S1:Si/Sn-10:ICE``) in one word, or item, label and quantity in three.

    Raises
    ------
    InputError
        If nothing was run, or no number, or more than one, is meant; the hint says which there are.
    """
    lock = _lock(root)
    item, label, quantity = split(words)
    items = _items(lock, item)
    if not items:
        near = did_you_mean(item, [entry["name"] for entry in lock["items"].values()])
        raise InputError(f"no item {item!r} was made", "study.lock", f"{near}; one that failed is told by halfcell run")
    key, record = _found(root, lock, items, (label, quantity))
    step = lock["steps"].get(record["result"].split("-")[0], {})
    return Why(
        number=number_from(record),
        item=items[key]["name"],
        subject=step.get("subject", ""),
        set_in=step.get("set_in", {}),
        changed=tuple(step.get("changed", ())),
        stale=changed_since(root),
    )


def _lock(root: Path) -> dict[str, Any]:
    lock = read_lock(root)
    if not lock:
        raise InputError("this study was not run yet", root.name, "halfcell run")
    return lock


def _items(lock: Mapping[str, Any], word: str) -> dict[str, Any]:
    """The items of the last run that a word means, tables first: ``S1`` may be a figure and a table."""
    items = {key: entry for key, entry in lock["items"].items() if is_item_name(word, key, key.split(" ", 1)[1])}
    return {key: items[key] for key in sorted(items, key=lambda key: not key.startswith("table"))}


def _found(root: Path, lock: Mapping[str, Any], items: Mapping[str, Any], asked: tuple[str, str]) -> tuple[str, Record]:
    """The number in the first item that has it.

    Raises
    ------
    InputError
        If none has; it tells of the first item alone.
    """
    label, quantity = asked
    first: InputError | None = None
    for key, entry in items.items():
        made = Store(root).made(entry["key"])
        records = [(key, record) for record in made.numbers] if made else []
        steps = {name: lock["steps"][name] for name in entry["steps"] if name in lock["steps"]}
        try:
            return _one(_of_label(records, label, steps, dict(made.missing if made else ())), label, quantity)
        except InputError as error:
            first = first or error
    raise first or InputError(f"no number of {label!r} there")


def numbers_of_item(root: Path, word: str) -> tuple[str, ...]:
    """The numbers of the items that a word means, a line each: ``S1:Si:mean_voltage = 0.41 V``; none if it means none.

    Raises
    ------
    InputError
        If nothing was run.
    """
    made = [Store(root).made(entry["key"]) for entry in _items(_lock(root), word).values()]
    records = [record for one in made if one for record in one.numbers]
    return tuple(f"{record['id']} = {record['printed']} {record['unit']}".rstrip() for record in records)


def split(words: Sequence[str]) -> tuple[str, str, str]:
    """Item, label and quantity of what somebody typed.

    Raises
    ------
    InputError
        If they are not there.
    """
    text = " ".join(words).strip()
    if len(words) == 3 and not any(":" in word for word in words[:1]):
        return words[0], words[1], words[2]
    if text.count(":") >= 2:
        item, rest = text.split(":", 1)
        label, quantity = rest.rsplit(":", 1)
        return item.strip(), label.strip(), quantity.strip()
    match = re.fullmatch(r"((?:table|fig\.?|figure)\s+\S+|\S+)\s+(.+)\s+(\S+)", text, re.IGNORECASE)
    if match:
        return match[1], match[2], match[3]
    hint = "write ITEM:LABEL:QUANTITY, such as S1:Si/Sn-10:ICE, or three words"
    raise InputError(f"{text!r} does not name a number", hint=hint)


_Found = Sequence[tuple[str, Record]]


def _of_label(records: _Found, label: str, steps: Mapping[str, Any], missing: Mapping[str, str]) -> _Found:
    """The numbers of whom a label means: as printed, in other signs, the cell's or sample's name, or a part of one.

    Raises
    ------
    InputError
        If nobody is meant, or who is meant is missing from the item.
    """
    labels = list(dict.fromkeys(record["label"] for _, record in records))
    wanted = slug(label)
    lost = next((name for name in missing if slug(name) == wanted), "")
    subjects = {name: slug(step["subject"]) for name, step in steps.items()}
    part = [name for name in labels if wanted and re.search(rf"(?:^|_){re.escape(wanted)}(?:_|$)", slug(name))]
    for fits in (
        lambda record: record["label"] == label,
        lambda record: slug(record["label"]) == wanted,
        lambda record: subjects.get(record["result"].split("-")[0]) == wanted,
        lambda record: not lost and len(part) == 1 and record["label"] == part[0],
    ):
        found = [item for item in records if fits(item[1])]
        if found:
            return found
    if lost:
        raise InputError(f"{lost} is missing there: {missing[lost]}")
    known = [*labels, *missing, *dict.fromkeys(step["subject"] for step in steps.values())]
    raise InputError(f"no number of {label!r} there", hint=did_you_mean(label, known))


def _one(of_label: _Found, label: str, quantity: str) -> tuple[str, Record]:
    """The one record that is meant."""
    for fits in (_is_named, _is_called, _begins):
        found = [item for item in of_label if fits(item[1], quantity)]
        if len({record["quantity"] for _, record in found}) == 1:
            return found[0]
    names = list(dict.fromkeys(record["quantity"] for _, record in of_label))
    notes = (note for _, record in of_label for note in record["notes"])
    refused = "; ".join(dict.fromkeys(text for level, _, text in notes if level == "refused"))
    hint = did_you_mean(quantity, names) + (f"; refused: {refused}" if refused else "")
    raise InputError(f"no number {quantity!r} of {label!r} there", hint=hint)


def _is_named(record: Record, quantity: str) -> bool:
    return slug(record["quantity"]) == slug(quantity)


def _is_called(record: Record, quantity: str) -> bool:
    """Whether a word is the quantity's label, its column's head, or the first letters of its words: ``ICE``."""
    name = record["quantity"]
    initials = "".join(part[0] for part in re.split(r"[_.]", name) if part)
    heads = {slug(quantity_word(record["technique"], name).get("label", "")), slug(record.get("head", ""))}
    return quantity.lower() == initials.lower() or slug(quantity) in heads - {""}


def _begins(record: Record, quantity: str) -> bool:
    """Whether the quantity's name holds the word."""
    return slug(quantity) in slug(record["quantity"])
