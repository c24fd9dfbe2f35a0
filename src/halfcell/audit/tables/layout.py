"""Layout of a printed table: which way it lies, what each column or row means, and its lines of numbers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.heads import Head
from halfcell.audit.heads.vocabulary import LEXICON_ALONE, Vocabulary
from halfcell.audit.tables.caption_units import with_caption_unit
from halfcell.audit.tables.grid import Grid, covered, filled, is_number, is_title, text_of
from halfcell.audit.tables.head_cells import (
    MOST_HEADER_ROWS,
    head_of,
    header_rows,
    heads_of,
    unit_column,
    unit_row,
    with_unit,
)
from halfcell.audit.tables.heads_in_context import element_heads, in_context
from halfcell.audit.tables.lines import Layout, Line
from halfcell.audit.tables.noted_heads import noted
from halfcell.audit.tables.panels import below_spans, panels, respanned, subjects
from halfcell.audit.tables.stacked import compares, stacked, subject_of
from halfcell.audit.tables.word_columns import word_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.printed_document import PrintedCell, PrintedTable

SUBJECTS = {"material", "anode", "cathode", "solid_electrolyte", "electrolyte"}  # names of the rows below such a head


class _Body(NamedTuple):
    """The grid of a table in two parts: rows of heads, rows of cells; and the row of units between them."""

    heads: Grid
    rows: Grid
    units: tuple[str, ...]


@cache
def layout(table: PrintedTable, known: Vocabulary = LEXICON_ALONE) -> Layout:
    """Find the layout of a table."""
    grid = noted(_without_title(covered(table)), table.notes)
    marked = table.head_rows if len(grid) == table.height else None
    caption = " ".join((table.caption, *table.notes))
    found = [_laid_out(panel, marked, known, caption) for panel in panels(grid)]
    return found[0] if len(found) == 1 else _together(found)


def _together(parts: Sequence[Layout]) -> Layout:
    """The layouts of panels that stand side by side as one."""
    heads = tuple(head for part in parts for head in part.heads)
    return Layout(shape=parts[0].shape, heads=heads, lines=tuple(line for part in parts for line in part.lines))


def _laid_out(grid: Grid, marked: int | None, known: Vocabulary, caption: str) -> Layout:
    """The layout of one grid; `marked` is the number of rows of heads, if the format says it."""
    if not grid or len(grid[0]) < 1:
        return Layout(shape="empty", heads=(), lines=())
    body = _parted(grid, marked)
    heads = heads_of(body.heads, known)
    if body.units:
        heads = tuple(with_unit(head, unit, known) for head, unit in zip(heads, body.units, strict=True))
    heads = in_context(with_caption_unit(heads, caption), body.rows, caption)
    units = unit_column(heads, body.rows)
    down = element_heads([_row_head(row, units, known) for row in (grid if units is None else body.rows)], caption)
    across = sum(_is_quantity(head) for head in heads[1:])
    named = heads[0].names and heads[0].quantity in SUBJECTS and across and not any(h.unit for h in down)
    if (not named and _lies(down, across, len(grid), body)) or _has_unit_column(heads, units, body.rows):
        return _transposed(grid if units is None else [grid[0], *body.rows], units, known, caption)
    found = stacked(body.rows, heads, known)
    if found:
        return found
    rows = [row for row in filled([r for r in body.rows if not is_title(r)]) if not _repeats(row, body.heads)]
    groups = subjects(body.heads, heads, known)
    heads = word_columns(heads, rows)
    return Layout(shape="columns", heads=heads, lines=tuple(_lines(heads, rows, groups)))


def _lines(heads: tuple[Head, ...], rows: Grid, groups: Mapping[str, tuple[int, ...]]) -> Iterator[Line]:
    """One line per row; where spanning heads name subjects or conditions, one per row and spanning head."""
    for row in rows:
        if not groups:
            yield Line(heads=heads, cells=tuple(row))
        shared = [place for place, head in enumerate(heads) if not any(place in own for own in groups.values())]
        for group, own in groups.items():
            places = [*shared, *own]
            cells = tuple(row[place] for place in places)
            yield Line(heads=tuple(heads[place] for place in places), cells=cells, group=group)


def _without_title(grid: Grid) -> Grid:
    """The grid without first rows that hold one text over all columns."""
    while len(grid) > 2 and len(grid[0]) > 2 and text_of(grid[0][0]):
        others = [cell for cell in grid[0] if text_of(cell) and cell is not grid[0][0]]
        if others or sum(bool(text_of(cell)) for cell in grid[1]) < 2:
            break
        grid = grid[1:]
    return grid


def _parted(grid: Grid, marked: int | None) -> _Body:
    """Rows of heads and rows of cells; a row of units below the heads belongs to them."""
    first = marked or header_rows(grid)
    while first < min(len(grid) - 1, MOST_HEADER_ROWS) and (
        any(cell is not None and cell is above for cell, above in zip(grid[first], grid[first - 1], strict=True))
        or below_spans(grid[first - 1], grid[first])
        or _names_below_a_blank(grid[first - 1], grid[first])
    ):
        first += 1
    while first < min(len(grid) - 1, MOST_HEADER_ROWS) and _continues_head(grid[first]):
        first += 1
    units = unit_row(grid[first]) if first < len(grid) - 1 else ()
    if units and _differ_below_a_span(grid[first - 1], units):
        first, units = first + 1, ()
    heads = respanned(grid[0]) if first == 1 else grid[:first]
    return _Body(heads, grid[first + bool(units) :], units)


def _names_below_a_blank(upper: Sequence[PrintedCell | None], lower: Sequence[PrintedCell | None]) -> bool:
    """Whether a row of words without numbers stands below heads whose first cell and others are blank."""
    blanks = sum(not text_of(cell) for cell in upper[1:])
    words = all(text_of(cell) and not is_number(cell) for cell in lower)
    return not text_of(upper[0]) and blanks > 0 and words


def _differ_below_a_span(upper: Sequence[PrintedCell | None], units: Sequence[str]) -> bool:
    """Whether different units stand below one cell: they then tell the columns apart, as heads do."""
    pairs = zip(upper[1:], upper[2:], units[1:], units[2:], strict=False)
    return any(
        bool(text_of(cell)) and one != other and (following is cell or not text_of(following))
        for cell, following, one, other in pairs
    )


def _continues_head(row: Sequence[PrintedCell | None]) -> bool:
    """Whether a row without a name and without numbers belongs to the heads above it."""
    words = any(text_of(cell) for cell in row[1:]) and not any(is_number(cell) and text_of(cell) for cell in row[1:])
    return words and not text_of(row[0]) and not unit_row(row)


def _repeats(row: Sequence[PrintedCell | None], heads: Grid) -> bool:
    """Whether a row repeats the heads, as on the next page of a long table."""
    texts = [text_of(cell) for cell in row]
    return any(texts == [text_of(cell) for cell in head] for head in heads) and any(texts)


def _is_quantity(head: Head) -> bool:
    return bool(head.quantity) and not head.names and head.quantity != "at_condition"


def _row_head(row: Sequence[PrintedCell | None], units: int | None, known: Vocabulary) -> Head:
    """The head that the first cell of a row is, with the unit in its column of units."""
    if is_number(row[0]) and text_of(row[0]):
        return Head(text=text_of(row[0]), label=text_of(row[0]))  # 10 MPa names a row
    head = _head_in(row[0], known)
    return head if units is None else with_unit(head, text_of(row[units]), known)


def _head_in(cell: PrintedCell | None, known: Vocabulary) -> Head:
    """The head that a cell is."""
    return head_of(text_of(cell), cell.markup if cell else "", known)


def _lies(down: Sequence[Head], across: int, height: int, body: _Body) -> bool:
    """Whether the heads stand in the first column."""
    if not body.heads or len(body.heads[0]) < 2:
        return False
    count = sum(_is_quantity(head) for head in down)
    units = sum(head.unit is not None for head in down)
    most = max(count, units if count else 0)
    return count >= 1 and most >= 2 and most > across and 2 * most >= height - 1 - len(body.heads) + 1


def _has_unit_column(heads: Sequence[Head], units: int | None, rows: Grid) -> bool:
    """Whether a column that is called "unit" follows the names of quantities: each row then has one quantity."""
    if not units or not (heads[units].names and heads[units].quantity == "unit"):
        return False
    before = [row[place] for row in rows for place in range(units)]
    return not any(is_number(cell) and text_of(cell) for cell in before) and units + 1 < len(heads)


def _transposed(grid: Grid, units: int | None, known: Vocabulary, caption: str) -> Layout:
    """Turn a table whose first column holds the heads; its first row may name the subjects."""
    first = _row_head(grid[0], units, known)
    named = not (_is_quantity(first) or first.unit) and not any(
        is_number(cell) for cell in grid[0][1:] if text_of(cell)
    )
    body = [row for row in (grid[1:] if named else grid) if not is_title(row)]
    heads = tuple(element_heads([_row_head(row, units, known) for row in body], caption))
    lines = []
    for column in range(1, len(grid[0])):
        if column == units or compares(text_of(grid[0][column])):
            continue
        subject = text_of(grid[0][column]) if named else ""
        lines.append(Line(heads=heads, cells=tuple(row[column] for row in body), subject=subject_of(subject)))
    return Layout(shape="transposed", heads=heads, lines=tuple(lines))
