"""Where numbers come from: each printed number with its value, result, settings, source files and program version."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.figure import Figure
from halfcell.core.markup import plain
from halfcell.core.plugins import plugins
from halfcell.core.result import Level, Result
from halfcell.core.table import Table
from halfcell.core.vocabulary import note_concerns, quantity_word, vocabulary
from halfcell.literature.bundled_records import bundled_records
from halfcell.study.cache.declared_versions import declared_version
from halfcell.study.cache.item_record import NumberRecord
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.items.replicates.groups import averaged_groups
from halfcell.study.items.replicates.statistics import mean_quantity, mean_text
from halfcell.study.items.table_csv import without_markup
from halfcell.study.items.traced import Traced

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity

OWN_FILE = "own file"  # in place of a technique, where a number comes from a file of the author


class _PrintedNumber(NamedTuple):
    """A number as a figure or table prints it, and the result that it comes from; `head` is that of its column."""

    label: str
    quantity_name: str
    printed: str
    quantity: Quantity
    origin: Traced
    head: str = ""


def trace_numbers(spec: ItemSpec, content: Figure | Table, traced: Sequence[Traced]) -> tuple[NumberRecord, ...]:
    """All numbers of a figure or table, each with the result, settings and files that it comes from.

    The numbers of a table are those that it prints; the numbers of a figure are all quantities of the results that it
    shows. The id of a number consists of item, label and quantity (``S1:Si/Sn-10:initial_coulombic_efficiency``); for a
    figure it begins with ``Fig. ``.
    """
    numbers = _numbers_in_table(content, traced) if isinstance(content, Table) else _numbers_of_results(traced)
    prefix = spec.id if spec.kind == "table" else f"Fig. {spec.id}"
    uses = Counter[str]()
    records = []
    for number in numbers:
        id_ = f"{prefix}:{number.label}:{number.quantity_name}"
        uses[id_] += 1
        records.append(_record(f"{id_}#{uses[id_]}" if uses[id_] > 1 else id_, number))
    return tuple(records)


def _finite(value: float | None) -> float | None:
    """A number that JSON can hold; None for infinity and not-a-number."""
    return value if value is not None and math.isfinite(value) else None


def _numbers_of_results(traced: Sequence[Traced]) -> Iterator[_PrintedNumber]:
    """All quantities of the results that a figure shows; before them the means of groups."""
    for members in averaged_groups(traced).values():
        for name in dict.fromkeys(name for one in members for name in one.result.quantities):
            having = [one for one in members if name in one.result.quantities]
            quantity = mean_quantity([one.result.quantities[name] for one in having])
            yield _PrintedNumber(members[0].group, name, mean_text(quantity), quantity, group_of(having))
    for one in traced:
        for name, quantity in one.result.quantities.items():
            yield _PrintedNumber(one.result.label, name, quantity.number, quantity, one)


def _numbers_in_table(table: Table, traced: Sequence[Traced]) -> Iterator[_PrintedNumber]:
    """The numbers that a table prints, each with the result that its entry names."""
    for row in table.rows:
        row_head = next((plain(entry.text) for entry in row if entry is not None), "")
        for column, entry in zip(table.columns, row, strict=True):
            if entry is None or entry.quantity is None:
                continue
            origin, name = _find_origin(entry.origin, traced, row_head)
            label = origin.result.label if origin.members else _label_in_row(origin.result.label, row_head)
            head = plain(column.label)
            yield _PrintedNumber(label, name or column.key, entry.text, entry.quantity, origin, head)


def _find_origin(origin: str, traced: Sequence[Traced], row_head: str) -> tuple[Traced, str]:
    """The result that a table entry comes from, and the name of its quantity.

    An entry names both (``<result id>:<quantity>``). Subjects whose files have the same content share a result: then
    the head of the row tells to which subject it belongs. A reported number comes from a record of the literature.
    """
    result_id, _, name = origin.partition(":")
    members = tuple(one for one in traced if one.result.id in result_id.split("+"))
    if "+" in result_id and members:
        return group_of(members), name
    same = [one for one in traced if one.result.id == result_id]
    if same:
        return next((one for one in same if one.result.label == row_head), same[0]), name
    version = traced[0].code_version if traced else ""
    record, _, name_in_record = origin.rpartition(":")
    if record:
        return Traced(_reported(record, traced), version), name_in_record
    return (traced[0] if len(traced) == 1 else Traced(_all_as_one(traced), version)), name


def _reported(record: str, traced: Sequence[Traced]) -> Result:
    """A record of the literature as an origin: ``anodes.csv:2``, from a file of halfcell or of the author."""
    name = record.rpartition(":")[0]
    own = [one for traced_one in traced for one in traced_one.result.sources if one.path.endswith(name)]
    first = traced[0].result if traced else Result(technique="")
    settings = first.settings
    return Result(technique=first.technique, id=record, settings=settings, sources=tuple(own) or bundled_records(name))


def group_of(members: Sequence[Traced]) -> Traced:
    """The cells of a group as one origin: what their results and settings share."""
    result = _all_as_one(members)
    shared = dict(members[0].result.settings)
    for one in members[1:]:
        shared = {name: value for name, value in shared.items() if one.result.settings.get(name) == value}
    result = result.stamped(label=members[0].group, settings=shared)
    return Traced(result, members[0].code_version, members=tuple(members))


def _label_in_row(label: str, row_head: str) -> str:
    """The label of a number: that of its result, and the head of its row if that says something else."""
    if not label or not row_head or label == row_head:
        return label or row_head
    return row_head if label in row_head else f"{label}, {row_head}"


def _all_as_one(traced: Sequence[Traced]) -> Result:
    """All results as one origin, for a number (a mean, a spread) that belongs to no single result."""
    results = [one.result for one in traced]
    return Result(
        technique=results[0].technique if results else "",
        notes=tuple(dict.fromkeys(note for result in results for note in result.notes)),
        sources=tuple(dict.fromkeys(source for result in results for source in result.sources)),
        id="+".join(result.id for result in results),
    )


def _record(id_: str, number: _PrintedNumber) -> NumberRecord:
    """The record of a number with the settings, files and notes of the result that it comes from."""
    quantity, result = number.quantity, number.origin.result
    is_reported = ":" in result.id
    record: NumberRecord = {
        "id": id_,
        "printed": number.printed,
        "value": _finite(quantity.value),
        "unit": without_markup(quantity.unit),
        "std": _finite(quantity.std),
        "kind": quantity.kind or None,
        "label": number.label,
        "quantity": number.quantity_name,
        "technique": result.technique,
        "result": result.id,
        "version": declared_version(result.technique),
        "formula": f"as reported: {result.id}" if is_reported else formula_of(result.technique, number.quantity_name),
        "settings": dict(result.settings),
        "sources": [(source.path, source.sha256, source.reader, source.size) for source in result.sources],
        "notes": _notes_on(result, number.quantity_name),
        "code_version": number.origin.code_version,
    }
    if number.head:
        record["head"] = number.head
    if number.origin.members:
        record["members"] = [_member(one, number.quantity_name) for one in number.origin.members]
    if packages := _other_packages(result):
        record["plugins"] = packages
    return record


def _notes_on(result: Result, name: str) -> list[tuple[Level, str, str]]:
    """The notes of a result that concern a quantity."""
    mine = (note for note in result.notes if note_concerns(result.technique, note.code, name))
    return [(note.level, note.code, note.text) for note in mine]


def _member(one: Traced, name: str) -> tuple[str, str, str]:
    """Label, number and result of a cell of a group; the number is empty if its result does not have it."""
    quantity = one.result.quantities.get(name)
    return one.result.label, quantity.number if quantity else "", one.result.id


def _other_packages(result: Result) -> dict[str, str]:
    """The packages other than halfcell that helped to make a result: ``{"reader sem": "halfcell-sem 1.2"}``."""
    readers = dict.fromkeys(source.reader for source in result.sources)
    used = [("technique", plugins("techniques").get(result.technique))]
    used += [("reader", plugins("readers").get(name)) for name in readers]
    return {f"{kind} {plugin.name}": plugin.origin for kind, plugin in used if plugin and plugin.is_foreign}


def formula_of(technique: str, name: str) -> str:
    """What a quantity means, in the words of its technique; if there are none, what the technique is."""
    if technique == OWN_FILE:
        return "as written in a file of the author"
    row = vocabulary().get("row", {}).get(technique, {}).get(name, {})
    words = quantity_word(technique, name) or row
    plugin = plugins("techniques").get(technique)
    return str(words.get("meaning") or (plugin.summary if plugin else ""))
