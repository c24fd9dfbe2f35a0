"""Rows of a delimited table that lost or gained a field: found by how nearly all other rows look."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import InputError
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

_RARE: Final = 0.1  # share of rows with another number of fields, up to which they are no layout
_FEWEST: Final = 4  # rows, to tell what is usual; of fewer than ten one may be damaged


def without_broken_rows(body: bytes, separator: str, first_line: int) -> tuple[bytes, tuple[Note, ...]]:
    """Leave out rows with another number of fields than nearly all others: it is unknown which field is missing.

    Rows without the empty cells that others have at their end are complete. The last row is not looked at if it has no
    line end.

    Parameters
    ----------
    body
        The rows, with line feeds.
    separator
        One character.
    first_line
        Line number of the first row in the file.
    """
    broken = broken_rows(body, separator)
    if not broken:
        return body, ()
    lines = body.split(b"\n")
    kept = b"\n".join(line for place, line in enumerate(lines) if place not in broken)
    return kept, (Note("doubt", "broken_rows", f"{_said(broken, first_line)}; left out"),)


def refuse_broken_rows(body: bytes, separator: str, first_line: int) -> None:
    """Refuse rows that `without_broken_rows` would leave out.

    Raises
    ------
    InputError
        If there are any, with the line of the first.
    """
    broken = broken_rows(body, separator)
    if broken:
        place = first_line + next(iter(broken))
        raise InputError(_said(broken, first_line), f"line {place}", "a field was lost or added: export it again")


def broken_rows(body: bytes, separator: str) -> dict[int, tuple[int, int]]:
    """Rows that have lost or gained fields: index from 0 -> its number of fields and the usual one."""
    sign = separator.encode()
    first, end = body.find(b"\n"), body.rfind(b"\n") + 1
    if body.count(sign, 0, end) == body.count(b"\n", 0, end) * body.count(sign, 0, max(first, 0)):
        return {}  # the usual case, told without looking at each row
    lines = body.split(b"\n")
    rows = {place: line.count(sign) for place, line in enumerate(lines[:-1]) if line.strip() and b'"' not in line}
    if len(rows) < _FEWEST:
        return {}
    usual = Counter(rows.values()).most_common(1)[0][0]
    other = {place: count for place, count in rows.items() if count != usual}
    if not other or len(other) > max(1, _RARE * len(rows)):
        return {}
    whole = [lines[place].split(sign) for place in rows if place not in other]
    fewest = usual - _empty_at_the_end(whole, usual + 1)
    return {
        place: (count + 1, usual + 1)
        for place, count in other.items()
        if not _is_complete(lines[place].split(sign), fewest + 1, usual + 1)
    }


def _empty_at_the_end(rows: Sequence[Sequence[bytes]], width: int) -> int:
    """The largest number of fields that are empty together at the end of a row."""
    most = 0
    for row in rows:
        while most < width and not any(cell.strip() for cell in row[width - most - 1 :]):
            most += 1
    return most


def _is_complete(cells: Sequence[bytes], fewest: int, usual: int) -> bool:
    """Whether a row of unusual length has all its values: only empty cells are too many, or were not written.

    A program that does not write empty cells at the end of a row ends it with a value.
    """
    if len(cells) > usual:
        return not any(cell.strip() for cell in cells[usual:])
    return len(cells) >= fewest and bool(cells[-1].strip())


def _said(broken: dict[int, tuple[int, int]], first_line: int) -> str:
    place, (count, usual) = next(iter(broken.items()))
    if len(broken) == 1:
        return f"line {first_line + place} has {count} fields where the other rows have {usual}"
    where = f"the first in line {first_line + place} ({count} for {usual})"
    return f"{len(broken)} rows have another number of fields than the others, {where}"
