"""Subjects without a row in a table: they are named below it, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from halfcell.core.markup import plain
from halfcell.core.result import Note, Result
from halfcell.core.table import Table

LabelledNote = tuple[str, Note]
_NO_REASON = "its analysis gives nothing that this table shows"


def results_without_row(table: Table, results: Sequence[Result]) -> tuple[LabelledNote, ...]:
    """The labels of results without a row in the table, each with a doubt that says why.

    A result has a row if an entry comes from it, or if a row or a head names it. A single result need not be named: it
    counts as missing only if the table has no rows at all.
    """
    if len(results) == 1 and table.rows:
        return ()
    entries = [entry for row in table.rows for entry in row if entry is not None]
    origins = {part for entry in entries for part in entry.origin.rpartition(":")[0].split("+")}
    texts = {plain(entry.text) for entry in entries} | {plain(column.label) for column in table.columns}
    absent = [one for one in results if one.id not in origins and not _is_named(plain(one.label), texts)]
    return tuple((one.label, Note("doubt", "no_row", f"not in this table: {_reason(one)}")) for one in absent)


def _is_named(label: str, texts: set[str]) -> bool:
    """Whether a text is the label, or the label with an addition: ``Si``, ``Si (A1)``, ``Si, 0.01 V``."""
    return any(_is_or_extends(label, text) or _is_or_extends(text, label) for text in texts if text)


def _is_or_extends(text: str, start: str) -> bool:
    return text == start or text.startswith((f"{start} (", f"{start}, "))


def _reason(result: Result) -> str:
    """What the result says itself: why it refused a number, else what it doubts."""
    for level in ("refused", "doubt"):
        texts = [note.text for note in result.notes if note.level == level]
        if texts:
            return "; ".join(dict.fromkeys(texts))
    return _NO_REASON


def with_reasons_below(table: Table, without_row: Sequence[LabelledNote]) -> Table:
    """The table with a line below it for each reason, which names the subjects that it applies to."""
    labels_by_text: dict[str, list[str]] = {}
    for label, note in without_row:
        labels_by_text.setdefault(note.text, []).append(label)
    lines = tuple(f"{', '.join(labels)}: {text}" for text, labels in labels_by_text.items())
    return replace(table, notes=(*table.notes, *lines)) if lines else table
