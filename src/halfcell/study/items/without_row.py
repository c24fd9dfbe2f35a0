"""Who was given to a table and stands in none of its rows: named below it, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from halfcell.core.markup import plain
from halfcell.core.result import Note, Result
from halfcell.core.table import Table

Rowless = tuple[str, Note]
_NOTHING = "its analysis gives nothing that this table shows"


def rowless(table: Table, results: Sequence[Result]) -> tuple[Rowless, ...]:
    """The results that no entry comes from and no head or row names, each with a doubt that says why.

    One result alone needs no name in its table: it is named only where the table has no rows.
    """
    if len(results) == 1 and table.rows:
        return ()
    entries = [entry for row in table.rows for entry in row if entry is not None]
    origins = {part for entry in entries for part in entry.origin.rpartition(":")[0].split("+")}
    texts = {plain(entry.text) for entry in entries} | {plain(column.label) for column in table.columns}
    lost = [one for one in results if one.id not in origins and not _named(plain(one.label), texts)]
    return tuple((one.label, Note("doubt", "no_row", f"not in this table: {_why(one)}")) for one in lost)


def _named(label: str, texts: set[str]) -> bool:
    """Whether a text is the label, or the label with something about it: ``Si``, ``Si (A1)``, ``Si, 0.01 V``."""
    return any(_begins(label, text) or _begins(text, label) for text in texts if text)


def _begins(text: str, start: str) -> bool:
    return text == start or text.startswith((f"{start} (", f"{start}, "))


def _why(result: Result) -> str:
    """What the result itself says: why it refused, else what it doubts."""
    for level in ("refused", "doubt"):
        texts = [note.text for note in result.notes if note.level == level]
        if texts:
            return "; ".join(dict.fromkeys(texts))
    return _NOTHING


def with_rowless(table: Table, lost: Sequence[Rowless]) -> Table:
    """The table with a line below it for each reason, after the names of those it holds for."""
    by_text: dict[str, list[str]] = {}
    for label, note in lost:
        by_text.setdefault(note.text, []).append(label)
    lines = tuple(f"{', '.join(labels)}: {text}" for text, labels in by_text.items())
    return replace(table, notes=(*table.notes, *lines)) if lines else table
