"""Heads from the cells above the numbers: rows of heads joined, spanning heads, a row of units."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.audit.heads import Head, read_head
from halfcell.audit.heads.head_units import read_unit
from halfcell.audit.heads.vocabulary import LEXICON_ALONE, Vocabulary
from halfcell.audit.tables.grid import Grid, is_number, is_title, text_of
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.printed_document import PrintedCell

MOST_HEADER_ROWS = 4  # chosen: heads of tables in papers have three at most
CAPACITIES = ("mAh/g", "mAh", "mAh/cm2")  # units that only a capacity has
_COUNTED = re.compile(  # a number below a head that speaks of cycles and of what is measured in them
    r"^(?!cycles?(?: no\.?| number)? \d+$)(.*\bcycles?\b.*?) (\d{1,5})$", re.IGNORECASE
)
_UNIT_ABOVE = re.compile(r"^(.*?\S) ?(?:/ ?([^/()]+)|[(\[]([^()]+)[)\]])$")
_PARTED = re.compile(r"(?<=[a-z])- ?(?=[a-z])")
_SYMBOL = re.compile(  # a symbol of what the words above it name; a spread is another number
    r"^(?!(?:[Ss][Dd]|RSD|SEM?|[Ss][Tt][Dd][Ee]?[Vv]?|[Ee]rr(?:or)?|COV|CV)$)[A-Za-zα-ωΑ-Ω][A-Za-z0-9,_°]{0,5}$"
)


def header_rows(grid: Grid) -> int:
    """The number of rows above the first one with numbers (at least one)."""
    for index, row in enumerate(grid[1 : MOST_HEADER_ROWS + 1], start=1):
        if any(is_number(cell) and text_of(cell) for cell in row[1:]):
            return index
    return 1


def heads_of(rows: Grid, known: Vocabulary = LEXICON_ALONE) -> tuple[Head, ...]:
    """The head of each column, from the rows of heads above the numbers."""
    used = _spread([row for row in rows if not is_title(row)] or rows)
    width = len(rows[0])
    wide = {id(cell) for row in used for cell in row if 1 < sum(other is cell for other in row) < width}
    return tuple(_head([row[column] for row in used], wide, known) for column in range(width))


def _spread(rows: Grid) -> Grid:
    """Where a format has no spans, a head over the blank cells to its right spans those with a head below."""
    if len(rows) < 2 or any(cell is not None and cell.columns > 1 for row in rows for cell in row):
        return rows
    found = [list(row) for row in rows]
    for upper, lower in pairwise(found):
        for column in range(1, len(upper)):
            if not text_of(upper[column]) and text_of(lower[column]) and text_of(lower[column - 1]):
                upper[column] = upper[column - 1]
    return found


def _head(cells: Sequence[PrintedCell | None], wide: set[int], known: Vocabulary) -> Head:
    """One head; a cell that is merged over several rows of heads counts once. `wide` are the cells over several."""
    seen: list[PrintedCell] = []
    for cell in cells:
        if cell and cell not in seen and text_of(cell):
            seen.append(cell)
    spanning = [cell for cell in seen[:-1] if id(cell) in wide]
    group = " ".join(text_of(cell) for cell in spanning)
    head = _joined(seen, known)
    own = [cell for cell in seen if cell not in spanning]
    for fewer in _fewer(seen, spanning, own) if not head.understood else ():
        below = _joined(fewer, known)
        if below.understood and below.quantity != "at_condition" and not read_unit(below.text)[0]:
            above = _joined(spanning, known).unit or read_unit(group.strip("()[] "))[0] if spanning else None
            head = with_unit(below, above.text, known) if above else below
            break
    unit = text_of(seen[0]).strip("()[] ") if len(seen) > 1 else ""
    if not head.understood and unit and read_unit(unit)[0]:
        head = with_unit(_joined(seen[1:], known), unit, known)
    if not head.understood and spanning and len(own) == 1:
        head = _of_unit(head, text_of(own[-1]))
    if not head.understood and len(spanning) == 1 and own:
        head = _unit_last(head, text_of(spanning[0]), " ".join(text_of(cell) for cell in own), known)
    return replace(head, group=" ".join(group.split()))


def _unit_last(head: Head, above: str, below: str, known: Vocabulary) -> Head:
    """``σ / mS cm-1`` over ``fresh`` and ``aged``: the unit of the spanning head stands behind the words of both."""
    match = _UNIT_ABOVE.match(" ".join(above.split()))
    unit = read_unit(match[2] or match[3])[0] if match else None
    return head_of(f"{match[1]} {below} ({unit.text})", "", known) if match and unit else head


def _of_unit(head: Head, text: str) -> Head:
    """What a bare unit below a spanning name means: a capacity; a per cent is left to the heads beside it."""
    unit = read_unit(text.strip("()[] "))[0]
    fits = unit is not None and any((known := parse(name)) and known.fits(unit) for name in CAPACITIES)
    return replace(read_head(f"capacity ({unit.text})"), text=head.text) if unit and fits else head


def _fewer(
    seen: Sequence[PrintedCell], spanning: Sequence[PrintedCell], own: Sequence[PrintedCell]
) -> Iterator[Sequence[PrintedCell]]:
    """The cells of a head without those that may say nothing new: a symbol below the words, a head that spans it."""
    bare = [cell for cell in seen if cell is seen[0] or not _SYMBOL.match(text_of(cell)) or read_unit(text_of(cell))[0]]
    if len(bare) < len(seen):
        yield bare
    if spanning and own:
        yield own
        yield [cell for cell in own if cell in bare]


def _joined(cells: Sequence[PrintedCell], known: Vocabulary) -> Head:
    plain = " ".join(text_of(cell) for cell in cells)
    marked = " ".join(cell.markup.strip() or text_of(cell) for cell in cells)
    return head_of(plain, marked if marked != plain else "", known)


def head_of(text: str, markup: str = "", known: Vocabulary = LEXICON_ALONE) -> Head:
    """Read one head; where its markup is not understood, its plain text is tried, too."""
    full = known.written_out(text) if known.short else text
    if full != text:
        head = read_head(full, "", known.lexicon)
        if head.understood:
            return replace(head, text=" ".join(text.split()))
    if counted := _COUNTED.match(" ".join(text.split())):
        head = read_head(f"{counted.group(1)} cycle {counted.group(2)}", "", known.lexicon)
        if head.understood:
            return head
    head = read_head(text, markup, known.lexicon)
    if not head.understood and markup:
        head = _better(head, read_head(text, "", known.lexicon))
    if not head.understood and _PARTED.search(text):  # a word parted at the end of a line: Reten-tion
        head = _better(head, read_head(_PARTED.sub("", text), "", known.lexicon))
    return head


def _better(one: Head, other: Head) -> Head:
    return other if other.understood else one


def with_unit(head: Head, unit: str, known: Vocabulary = LEXICON_ALONE) -> Head:
    """The head with a unit that stands elsewhere: in a row or a column of units, in the caption."""
    bare = unit.strip().strip("()[]").strip()
    if not bare or head.unit is not None:
        return head
    found = head_of(f"{head.text} ({bare})", "", known)
    if found.understood:
        return replace(found, group=head.group, text=head.text)
    return head if head.understood else replace(head, unit=read_unit(bare)[0])


def unit_row(row: Sequence[PrintedCell | None]) -> tuple[str, ...]:
    """The units of a row that holds only units (at least two, or all of its cells); empty if it is not one."""
    texts = [re.sub(r"^[(\[](.*)[)\]]$", r"\1", text_of(cell)) for cell in row]
    held = [text for text in texts[1:] if text and text not in {"-", "–", "—", "/"}]
    units = [text for text in held if read_unit(text)[0] is not None]
    return (
        tuple(texts)
        if held and len(units) == len(held) and not any(is_number(c) and text_of(c) for c in row[1:])
        else ()
    )


LINES = re.compile(r"(?:x-?ray |emission )?(?:line|shell|series|edge|transition|level)s?(?: type)?", re.IGNORECASE)


def unit_column(heads: Sequence[Head], rows: Grid) -> int | None:
    """The column that holds the units of its rows: named so, or full of units and not of spectral lines (K, L)."""
    for column in range(1, len(heads)):
        texts = [text_of(row[column]) for row in rows]
        held = [text for text in texts if text and text not in {"-", "–"}]
        if heads[column].names and heads[column].quantity == "unit":
            return column
        if LINES.fullmatch(heads[column].text.strip()):
            continue
        units = sum(read_unit(text)[0] is not None for text in held)
        if (
            len(held) >= 2
            and units == len(held)
            and not any(is_number(row[column]) for row in rows if text_of(row[column]))
        ):
            return column
    return None
