"""Traced numbers: each printed number of an item with its value, its result, settings, files and program version."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from halfcell.core.document import Number, Origin
from halfcell.core.figure import Figure
from halfcell.core.markup import plain
from halfcell.core.measurement import Source
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.plugins import plugins
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import Table
from halfcell.core.vocabulary import quantity_word, vocabulary
from halfcell.study.cache.declared_versions import declared_version
from halfcell.study.files.item_spec import ItemSpec

HEADS = (
    "id", "printed", "value", "unit", "std", "kind", "technique", "quantity", "label",
    "result", "version", "settings", "sources", "code_version",
)  # fmt: skip


@dataclass(frozen=True)
class Traced:
    """A labelled result, the program that computed it, and who is missing from its series."""

    result: Result
    code_version: str
    missing: tuple[MissingSubject, ...] = ()


def numbers_of(spec: ItemSpec, item: Figure | Table, traced: Sequence[Traced]) -> tuple[dict[str, Any], ...]:
    """The numbers of an item as JSON records.

    A table's are those it prints; a figure's are all quantities of the results it shows. An id is the item, the label
    and the quantity (``S1:Si/Sn-10:initial_coulombic_efficiency``); a figure's begins with ``Fig. ``.
    """
    found = _of_table(item, traced) if isinstance(item, Table) else _of_results(traced)
    prefix = spec.id if spec.kind == "table" else f"Fig. {spec.id}"
    seen: dict[str, int] = {}
    records = []
    for label, name, printed, quantity, one, head in found:
        key = f"{prefix}:{label}:{name}"
        seen[key] = seen.get(key, 0) + 1
        number = f"{key}#{seen[key]}" if seen[key] > 1 else key
        value = {**quantity.as_json(), "unit": typed(quantity.unit), "std": _finite(quantity.std)}
        record = {"id": number, "printed": printed, **value, "label": label, "quantity": name}
        records.append(record | ({"head": head} if head else {}) | _origin(one, name))
    return tuple(records)


def typed(text: str) -> str:
    """Marked-up text as one types it: ``10^{−10} J`` -> ``10^-10 J``."""
    return plain(re.sub(r"\^\{([^{}]*)\}", r"^\1", text)).replace("−", "-")


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


_Found = Iterable[tuple[str, str, str, Quantity, Traced, str]]  # the last is the head of the column


def _of_results(traced: Sequence[Traced]) -> _Found:
    for one in traced:
        for name, quantity in one.result.quantities.items():
            yield one.result.label, name, quantity.number, quantity, one, ""


def _of_table(table: Table, traced: Sequence[Traced]) -> _Found:
    """The numbers that a table prints, each with the result that its entry names."""
    for row in table.rows:
        head = next((plain(entry.text) for entry in row if entry is not None), "")
        for column, entry in zip(table.columns, row, strict=True):
            if entry is None or entry.quantity is None:
                continue
            one, name = _source_of(entry.origin, traced, head)
            label = _row_label(one.result.label, head)
            yield label, name or column.key, entry.text, entry.quantity, one, plain(column.label)


def _source_of(origin: str, traced: Sequence[Traced], head: str) -> tuple[Traced, str]:
    """The result that an origin names, and its quantity's name; of a reported number the record it is printed in.

    Subjects of files of one content have one result: then the row's head says whose it is.
    """
    result, _, name = origin.partition(":")
    same = [one for one in traced if one.result.id == result]
    if same:
        return next((one for one in same if one.result.label == head), same[0]), name
    version = traced[0].code_version if traced else ""
    record, _, of_record = origin.rpartition(":")
    if record:
        return Traced(Result(technique=traced[0].result.technique if traced else "", id=record), version), of_record
    return (traced[0] if len(traced) == 1 else Traced(_whole(traced), version)), name


def _row_label(label: str, head: str) -> str:
    """The label of a row: its result's, and the row's own head where that says something else."""
    if not label or not head or label == head:
        return label or head
    return head if label in head else f"{label}, {head}"


def _whole(traced: Sequence[Traced]) -> Result:
    """All results of an item as one origin: of a number (a mean, a spread) that no single result holds."""
    results = [one.result for one in traced]
    return Result(
        technique=results[0].technique if results else "",
        notes=tuple(dict.fromkeys(note for result in results for note in result.notes)),
        sources=tuple(dict.fromkeys(source for result in results for source in result.sources)),
        id="+".join(result.id for result in results),
    )


def _origin(one: Traced, name: str) -> dict[str, Any]:
    result = one.result
    return {
        "technique": result.technique,
        "result": result.id,
        "version": declared_version(result.technique),
        "formula": f"as reported: {result.id}" if ":" in result.id else formula_of(result.technique, name),
        "settings": dict(result.settings),
        "sources": [[s.path, s.sha256, s.reader, s.size] for s in result.sources],
        "notes": [[note.level, note.code, note.text] for note in result.notes],
        "code_version": one.code_version,
    }


def formula_of(technique: str, name: str) -> str:
    """What a quantity means: the vocabulary's words, or the technique's own line."""
    row = vocabulary().get("row", {}).get(technique, {}).get(name, {})
    words = quantity_word(technique, name) or row
    room = plugins("techniques").get(technique)
    return str(words.get("meaning") or (room.summary if room else ""))


def number_from(record: Mapping[str, Any]) -> Number:
    """A number from its JSON record."""
    value = record["value"] if record["value"] is not None else float("nan")
    return Number(
        id=record["id"],
        printed=record["printed"],
        quantity=Quantity(value, record["unit"], record["std"], record["kind"] or ""),
        origin=Origin(
            result=record["result"],
            technique=record["technique"],
            version=record["version"],
            quantity=record["quantity"],
            label=record["label"],
            formula=record["formula"],
            settings=record["settings"],
            sources=tuple(Source(*source) for source in record["sources"]),
            notes=tuple(Note(*note) for note in record["notes"]),
            code_version=record["code_version"],
        ),
    )


def numbers_csv(records: Iterable[Mapping[str, Any]]) -> str:
    """numbers.csv: a row a number; settings as JSON, sources as ``path@sha256`` joined by ``;``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for record in records:
        row = dict(record)
        row["settings"] = json.dumps(record["settings"], sort_keys=True, ensure_ascii=False)
        row["sources"] = ";".join(f"{path}@{sha256}" for path, sha256, *_ in record["sources"])
        writer.writerow(["" if row[head] is None else row[head] for head in HEADS])
    return out.getvalue()
