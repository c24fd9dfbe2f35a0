"""The submission's numbers as one workbook: a sheet per table and per figure's data, each with what it was made "
"from."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from halfcell.core import markup
from halfcell.report.properties import properties_of
from halfcell.report.settled_zip import settled
from halfcell.report.word.xml import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from halfcell.core.document import Item
    from halfcell.core.table import Column, Entry, Table
    from halfcell.report.document_view import ItemView, View

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_PRINTED: Final = re.compile(r"^-?\d+(?:\.(?P<decimals>\d+))?(?:\(\d+\))?(?: (?P<behind>\([^()]*\)))?$")
_WIDEST: Final = 60  # letters


def workbook(shown: View, files: Mapping[str, Mapping[str, Path]]) -> bytes:
    """The bytes of ``si.xlsx``: the contents, then one sheet per item that was made."""
    from openpyxl import Workbook

    book = Workbook()
    front = book.active
    front.title = "Contents"
    names = _sheet_names([item.name for item in shown.items])
    _put(front, _front(shown, names))
    for item, name in zip(shown.items, names, strict=True):
        rows = _item_rows(item, files.get(item.anchor, {}))
        if rows:
            _put(book.create_sheet(name), rows)
    facts = properties_of(shown.document)
    book.properties.title, book.properties.creator = facts.title, "; ".join(facts.authors)
    book.properties.keywords, book.properties.description = ", ".join(facts.keywords), facts.description
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue(), shown.document.publication.date)


def _sheet_names(names: Sequence[str]) -> list[str]:
    """Names that a workbook allows: at most 31 letters, each once."""
    found: list[str] = []
    for name in names:
        short = _FORBIDDEN.sub("_", name)[:28]
        count = sum(other.lower().startswith(short.lower()) and other.lower() != short.lower() for other in found)
        found.append(f"{short}~{count + 1}" if short.lower() in {other.lower() for other in found} else short)
    return found


def _front(shown: View, names: Sequence[str]) -> list[list[Any]]:
    """Title, authors, and which sheet holds what."""
    rows: list[list[Any]] = [[markup.plain(text)] for text in (shown.title, shown.subtitle, shown.authors) if text]
    rows += [["Simulated data"]] if shown.document.simulated else []
    rows += [[], ["Sheet", "Caption"]]
    rows += [[name, markup.plain(item.caption)] for item, name in zip(shown.items, names, strict=True)]
    return rows


def _item_rows(item: ItemView, files: Mapping[str, Path]) -> list[list[Any]]:
    """The rows of one sheet: name and caption, what it was made from, the data, the notes."""
    if item.item.failure:
        return [[item.name, f"could not be made: {item.item.failure}"]]
    head = [[item.name, markup.plain(item.caption)], *_made_from(item.item), []]
    if item.item.table is not None:
        notes = item.grid.notes if item.grid else ()
        feet = [f"{mark}: {markup.plain(text)}" for mark, text in item.grid.footnotes] if item.grid else []
        return [*head, *_table_rows(item.item.table), [], *([markup.plain(text)] for text in (*feet, *notes))]
    if "csv" not in files:
        return []
    data = csv.reader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig")))
    lines = [[markup.plain(text)] for text in item.lines]
    return [*head, *([_number(cell) for cell in row] for row in data), *lines]


def _made_from(item: Item) -> Iterator[list[Any]]:
    """Techniques with their versions, the program, and the raw files with their hashes."""
    origins = [number.origin for number in item.numbers]
    if item.simulated:
        yield ["data", "simulated by halfcell"]
    for words in dict.fromkeys(f"{origin.technique}, version {origin.version}" for origin in origins):
        yield ["technique", words]
    for program in dict.fromkeys(origin.code_version for origin in origins if origin.code_version):
        yield ["program", program]
    sources = dict.fromkeys((source.path, source.sha256) for origin in origins for source in origin.sources)
    for path, sha256 in sources:
        yield ["file", path, f"sha256 {sha256}"]


def _table_rows(table: Table) -> list[list[Any]]:
    """Heads and rows; a column whose numbers have uncertainties is followed by these."""
    entries = list(zip(*table.rows, strict=True)) if table.rows else [() for _ in table.columns]
    uncertain = [any(one and one.quantity and one.quantity.std for one in column) for column in entries]
    head: list[Any] = []
    for column, has in zip(table.columns, uncertain, strict=True):
        head += [_head(column), *([f"± {_head(column)}"] if has else [])]
    rows = [head]
    for row in table.rows:
        cells: list[Any] = []
        for entry, has in zip(row, uncertain, strict=True):
            cells += [_cell(entry), *([_std(entry)] if has else [])]
        rows.append(cells)
    return rows


def _head(column: Column) -> str:
    label = markup.plain(column.label)
    return f"{label} ({markup.plain(markup.unit(column.unit))})" if column.unit else label


class _Number(NamedTuple):
    """A number with all its digits, and the format in which a spreadsheet shows it as it is printed."""

    value: float
    form: str


def _cell(entry: Entry | None) -> Any:
    """A number, or a text."""
    if entry is None:
        return None
    text = markup.plain(entry.text)
    if entry.quantity is None:
        return text
    printed = _PRINTED.match(text.replace("−", "-"))
    if printed is None:
        return entry.quantity.value
    decimals, behind = len(printed["decimals"] or ""), (printed["behind"] or "").replace('"', "")
    form = f"0.{'0' * decimals}" if decimals else "0"
    return _Number(entry.quantity.value, f'{form}" {behind}"' if behind else form)


def _std(entry: Entry | None) -> float | None:
    return entry.quantity.std if entry is not None and entry.quantity is not None else None


def _number(text: str) -> Any:
    """A number if the text is one."""
    try:
        return float(text)
    except ValueError:
        return text


def _put(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows into a sheet, and widen its columns to fit; values that are not finite are left empty."""
    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        cells = [clean(cell) if isinstance(cell, str) else cell for cell in row]
        values = [cell.value if isinstance(cell, _Number) else cell for cell in cells]
        sheet.append([None if isinstance(value, float) and value - value != 0 else value for value in values])
        for column, cell in enumerate(cells, start=1):  # by their places: openpyxl counts all cells to find the last
            if isinstance(cell, _Number):
                sheet.cell(number, column).number_format = cell.form
            elif isinstance(cell, str) and cell.startswith("="):  # no formula of ours
                sheet.cell(number, column).data_type = "s"
        for column, cell in enumerate(cells[: 2 if len(cells) == 2 else None], start=1):
            if isinstance(cell, str) and len(rows) and column > 1:
                widths[column] = max(widths.get(column, 10), min(len(cell), 24))
    from openpyxl.utils import get_column_letter

    sheet.column_dimensions["A"].width = 24
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, _WIDEST)
