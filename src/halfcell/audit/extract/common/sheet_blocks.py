"""The blocks of a spreadsheet's sheet: captions and remarks on lines of their own, tables between blank rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import read_caption
from halfcell.core.printed_cells import read_cell
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from halfcell.audit.extract.common.paper_builder import PaperBuilder

Row = Mapping[int, str]  # column -> text
Spans = Mapping[tuple[int, int], tuple[int, int]]  # place of a merged cell -> its rows and columns
LONG = 40  # characters: a text alone in its row that is longer is a remark, a shorter one the title of some rows
FEWEST = 4  # columns of a table without any number


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The filled rows of a sheet by their numbers, and its merged cells."""

    title: str
    rows: Mapping[int, Row]
    spans: Spans


def is_figure(rows: Mapping[int, Row]) -> bool:
    """Whether a sheet begins with the caption of a figure: it holds the data of a drawing, no printed table."""
    first = next((" ".join(row.values()) for _, row in sorted(rows.items())), "")
    found = read_caption(first)
    return found is not None and not found.is_table


def take_sheet(sheet: Sheet, builder: PaperBuilder) -> int:
    """Give the captions, remarks and tables of a sheet to the builder; returns the number of cells of its tables."""
    numbers = sorted(sheet.rows)
    tables: list[list[int]] = []
    blocks = _runs(numbers)
    cells = 0
    for index, block in enumerate(blocks):
        above, inside, below = _parted(sheet.rows, block)
        _say(sheet.rows, above, builder)
        if inside and tables and not above and _goes_on(sheet.rows, tables[-1], inside):
            tables[-1] += inside
            inside = []
        if inside:
            tables.append(inside)
        if tables and (index + 1 == len(blocks) or not _goes_on(sheet.rows, tables[-1], blocks[index + 1])):
            cells += _take(sheet, tables.pop(), builder)
        _say(sheet.rows, below, builder)
    return cells


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Rows that follow each other without a blank one between."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _parted(rows: Mapping[int, Row], block: list[int]) -> tuple[list[int], list[int], list[int]]:
    """The lines of text above a table, the table, and the remarks below it."""
    start, end = 0, len(block)
    while start < end and _is_line(rows[block[start]]):
        start += 1
    while end > start and _is_remark(rows[block[end - 1]]):
        end -= 1
    inside = block[start:end]
    numbers = any(_is_number(text) for row in inside for text in rows[row].values())
    if not numbers and max((len(rows[row]) for row in inside), default=0) < FEWEST:
        return block, [], []
    return block[:start], inside, block[end:]


def _is_line(row: Row) -> bool:
    """Whether a row is a line of text: one cell, or the number of a caption and its text."""
    texts = list(row.values())
    return (len(texts) == 1 and not _is_number(texts[0])) or read_caption(" ".join(texts)) is not None


def _is_remark(row: Row) -> bool:
    texts = list(row.values())
    return len(texts) == 1 and len(texts[0]) > LONG


def _is_number(text: str) -> bool:
    return read_cell(text).kind in {"number", "range"}


def _goes_on(rows: Mapping[int, Row], table: Sequence[int], block: Sequence[int]) -> bool:
    """Whether a block only continues a table below a blank row: as wide at most, and without heads."""
    width = max(max(rows[row]) for row in table)
    first = rows[block[0]]
    numbers = any(_is_number(text) for text in first.values())
    return numbers and len(first) > 1 and max(first) <= width


def _say(rows: Mapping[int, Row], block: Sequence[int], builder: PaperBuilder) -> None:
    for row in block:
        builder.paragraph(" ".join(rows[row].values()))


def _take(sheet: Sheet, table: Sequence[int], builder: PaperBuilder) -> int:
    """Give one table to the builder, counted from its first filled row and column."""
    left = min(min(sheet.rows[row]) for row in table)
    place = {row: index for index, row in enumerate(table)}
    found = []
    for row in table:
        for column, text in sheet.rows[row].items():
            down, across = sheet.spans.get((row, column), (1, 1))
            down = sum(row <= other < row + down for other in table)
            doubt = "the cell shows an error" if text.startswith("#") else ""
            found.append(
                PrintedCell(
                    text=text, row=place[row], column=column - left, rows=max(down, 1), columns=across, doubt=doubt
                )
            )
    builder.table(found, title=sheet.title)
    return len(found)
