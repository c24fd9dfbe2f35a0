"""Rows of a result for a terminal: the most important columns, as many as fit, with units."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from halfcell.core.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.result import Result

_ROWS = 40
_GAP, _INDENT = "  ", "  "
_UNKNOWN_WIDTH = 120  # where the output does not go to a terminal


def lines(result: Result, first: Sequence[str] = (), *, every: bool = False, width: int = 0) -> Iterator[str]:
    """Lines of a table of at most 40 rows.

    Parameters
    ----------
    result
        Its rows are shown; their units stand in the vocabulary, below the names.
    first
        Columns that matter, the most important first; then come the others in their own order.
    every
        All columns, however wide.
    width
        Characters per line; 0 takes the width of the terminal.
    """
    rows = result.rows[:_ROWS]
    if not rows:
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown, left = names, 0
    if not every:
        filled = [name for name in names if any(row.get(name) is not None for row in rows)]
        ranked = [name for name in first if name in filled] or filled
        available = (width or shutil.get_terminal_size((_UNKNOWN_WIDTH, 24)).columns) - len(_INDENT)
        shown = _fitting([_column(result, rows, name) for name in ranked], available)
        left = len(names) - len(shown)
    columns = [_column(result, rows, name) for name in shown]
    if not any(head[-1] for head, _ in columns):  # nothing has a unit
        columns = [(head[:-1], cells) for head, cells in columns]
    height = max(len(head) for head, _ in columns)
    stacked = [[*[""] * (height - len(head)), *head, *cells] for head, cells in columns]
    widths = [_width(column) for column in columns]
    for line in zip(*stacked, strict=True):
        yield (_INDENT + _GAP.join(text.rjust(size) for text, size in zip(line, widths, strict=True))).rstrip()
    if left:
        yield f"{_INDENT}{left} more column{'s' * (left > 1)}: --all-columns or --json"
    if len(result.rows) > _ROWS:
        yield f"{_INDENT}... {len(result.rows) - _ROWS} more rows (--json prints all)"


Col = tuple[list[str], list[str]]


def _fitting(columns: Sequence[Col], available: int) -> list[str]:
    """Names of the columns that fit, beginning with the first; at least one."""
    taken: list[str] = []
    for head, cells in columns:
        available -= _width((head, cells)) + len(_GAP) * bool(taken)
        if taken and available < 0:
            break
        taken.append("_".join(head[:-1]))
    return taken


def _width(column: Col) -> int:
    return max(len(text) for part in column for text in part)


def _column(result: Result, rows: Sequence[Any], name: str) -> Col:
    """Header (the words of the name below each other, then the unit) and cells of a column."""
    return [*name.split("_"), _unit(result, name)], [_cell(row.get(name)) for row in rows]


def _unit(result: Result, name: str) -> str:
    """The unit in parentheses; of a capacity without a mass mAh, as the result says."""
    words = vocabulary()["row"].get(result.technique, {})
    unit = str(words.get(name, {}).get("unit", ""))
    if getattr(result, "capacity_unit", "") == "mAh":
        unit = {"mAh/g": "mAh", "mA/g": "mA"}.get(unit, unit)
    return f"({unit})" if unit else ""


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.5g}" if isinstance(value, float) else str(value)
