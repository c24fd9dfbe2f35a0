"""The document for submission: without working notes, program hints and truth; accepted doubts become footnotes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core import markup
from halfcell.report.empty_columns import without_empty_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from halfcell.core.document import Document, Item
    from halfcell.core.figure import Figure
    from halfcell.core.table import Entry, Table

_MISSING = "Missing: "  # how the line on a subject begins that an item cannot show


def submission(document: Document) -> Document:
    """The document as it is sent to a journal.

    Left out are refusals, doubts, corrections and remarks, which the review document has, the comparison with true
    values and the list of unmatched files. A doubt that the author accepts is a footnote (or a line below a figure)
    with the author's reason. A subject that is missing is still named; a column with a dash in every row is left out.
    That raw files were simulated is said as before.
    """
    items = tuple(_item(item) for item in document.items)
    return replace(document, items=items, truth=None, calibration=None, unmatched=(), code_version="")


def _item(item: Item) -> Item:
    reasons = _reasons(item)
    without_row = [label for label, note in item.notes if note.code == "no_row"]
    labels = dict.fromkeys([*(label for label, _ in item.missing), *without_row])
    missing = [f"{label}: not shown." for label in labels]
    if item.failure:
        return replace(item, notes=())
    shown: set[str] = set()
    table = _table(without_empty_columns(item.table), reasons, _working(item), shown) if item.table else None
    lines = _accepted_lines(item, shown)
    if table is not None:
        table = replace(table, notes=(*missing, *table.notes, *lines))
    figure = _figure(item.figure, _working(item), (*missing, *lines)) if item.figure else None
    return replace(item, table=table, figure=figure, notes=(), accepted=(), missing=())


@dataclass(frozen=True)
class _Working:
    """The texts of notes that are no part of the submission, as they are compared."""

    doubts: frozenset[str]
    refusals: frozenset[str]


def _working(item: Item) -> _Working:
    texts = {
        level: frozenset(_key(n.text) for _, n in item.notes if n.level == level) for level in ("doubt", "refused")
    }
    return _Working(texts["doubt"], texts["refused"])


def _key(text: str) -> str:
    """A text as it is compared: without markup, capitals and the full stop."""
    return markup.plain(markup.prose(text)).strip().rstrip(".").lower()


def _reasons(item: Item) -> dict[str, str]:
    """Text of an accepted note -> the author's reason."""
    return {_key(one.note.text): one.reason for one in item.accepted}


def _table(table: Table, reasons: Mapping[str, str], working: _Working, shown: set[str]) -> Table:
    """A table with the author's reasons as footnotes, without other notes of the analysis."""
    rows = tuple(
        tuple(_entry(entry, reasons, working, shown) if entry is not None else None for entry in row)
        for row in table.rows
    )
    return replace(table, rows=rows, notes=tuple(_kept(table.notes, working)))


def _entry(entry: Entry, reasons: Mapping[str, str], working: _Working, shown: set[str]) -> Entry:
    """An entry with the author's reasons in the place of accepted doubts, and without open ones."""
    if not entry.doubt:
        return entry
    known = {*reasons, *working.doubts, *working.refusals}
    said = []
    for text in _notes_in(entry.doubt, known):
        key = _key(text)
        if key in reasons:
            said.append(reasons[key])
            shown.add(key)
        elif key not in working.doubts | working.refusals:
            said.append(text)
    return replace(entry, doubt="; ".join(dict.fromkeys(said)))


def _notes_in(text: str, known: Collection[str]) -> Iterator[str]:
    """Yield the notes that a text joins by semicolons; those that are known may hold semicolons themselves."""
    parts = text.split("; ")
    start = 0
    while start < len(parts):
        ends = [end for end in range(len(parts), start, -1) if _key("; ".join(parts[start:end])) in known]
        end = ends[0] if ends else start + 1
        yield "; ".join(parts[start:end])
        start = end


def _accepted_lines(item: Item, shown: set[str]) -> tuple[str, ...]:
    """A line for each reason that no entry of the table shows, with the subjects that it is for."""
    subjects: dict[str, list[str]] = {}
    for one in item.accepted:
        if _key(one.note.text) not in shown:
            subjects.setdefault(one.reason, []).append(one.label)
    return tuple(
        f"{', '.join(labels)}: {reason}" if any(labels) else reason
        for reason, found in subjects.items()
        for labels in [list(dict.fromkeys(found))]
    )


def _figure(figure: Figure, working: _Working, lines: tuple[str, ...]) -> Figure:
    return replace(figure, notes=(*_kept(figure.notes, working), *lines))


def _kept(notes: Iterable[str], working: _Working) -> list[str]:
    """The lines that are neither a doubt or a refusal nor the reason why a subject is missing."""
    said = [text for text in working.doubts | working.refusals if text]
    return [
        note for note in notes if not note.startswith(_MISSING) and not any(_key(note).endswith(text) for text in said)
    ]
