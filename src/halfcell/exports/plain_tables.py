"""Plain tables: .csv, .parquet and .xlsx with the canonical names of the columns; a column marks simulated data.

Parquet holds the description among its key-values (``halfcell``), a workbook on the sheet ``about``.
"""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.sidecar import KEY
from halfcell.readers.tables.halfcell_table import MARK, ROWS

if TYPE_CHECKING:
    import polars as pl
    from openpyxl import Workbook

    from halfcell.core.measurement import Measurement


def must_be_one_table(measurement: Measurement) -> None:
    """Refuse a measurement that is not one table.

    Raises
    ------
    InputError
        If columns have different lengths, or are images.
    """
    lengths = {len(values) for values in measurement.columns.values()}
    if len(lengths) != 1 or any(values.ndim != 1 for values in measurement.columns.values()):
        raise InputError("the measurement is not one table (images or spectra of several lengths)", measurement.where)


def csv(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """Comma-separated text; numbers as short as they read back exactly."""
    del own  # it stands beside the file
    file = io.BytesIO()
    _frame(measurement).write_csv(file)
    return file.getvalue()


def parquet(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """Parquet with the description among the key-values."""
    file = io.BytesIO()
    _frame(measurement).write_parquet(file, metadata={KEY: json.dumps(own, ensure_ascii=False)})
    return file.getvalue()


def xlsx(measurement: Measurement, own: dict[str, Any]) -> bytes:
    """A workbook: sheet ``data`` (and ``data 2`` ... where one cannot hold all rows) and sheet ``about``."""
    from openpyxl import Workbook

    book, frame = Workbook(write_only=True), _frame(measurement)
    book.properties.creator = KEY
    for number, start in enumerate(range(0, max(frame.height, 1), ROWS), start=1):
        sheet = book.create_sheet("data" if number == 1 else f"data {number}")
        sheet.append(frame.columns)
        for row in frame.slice(start, ROWS).iter_rows():
            sheet.append([_cell(value, sheet) for value in row])
    _about(book, own)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _frame(measurement: Measurement) -> pl.DataFrame:
    import polars as pl

    must_be_one_table(measurement)
    columns = dict(measurement.columns)
    if measurement.is_simulated:
        columns[MARK] = np.ones(len(measurement))
    return pl.DataFrame(columns)


def _cell(value: Any, sheet: Any) -> Any:
    """A number with all of its digits; nothing where there is none; infinity in words, which a sheet cannot hold.

    A text is a text, also one that begins with ``=``.
    """
    if isinstance(value, str):
        return _text_cell(value, sheet)
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if float(f"{value:.16g}") == value:  # what openpyxl writes
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, repr(value))
    cell.data_type = "n"
    return cell


def _text_cell(text: str, sheet: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _about(book: Workbook, own: dict[str, Any]) -> None:
    """What people want to know line by line; and in the last rows all of it for programs, in pieces that fit a cell."""
    sheet = book.create_sheet("about")
    sheet.append(["technique", own["technique"]])
    if own["simulated"]:
        sheet.append(["SIMULATED", "by halfcell: no measurement"])
    origin = own["derived_from"]
    if origin:
        sheet.append(["made from", _text_cell(origin["path"], sheet)])
        sheet.append(["SHA-256", origin["sha256"]])
    for column in own["columns"]:
        sheet.append([f"column {column['name']}", f"{column['meaning']} {column['unit']}".strip()])
    for key, value in own["meta"].items():
        is_plain = isinstance(value, int | float | bool)
        sheet.append([f"meta {key}", value if is_plain else _text_cell(str(value)[:30000], sheet)])
    for note in own["notes"]:
        sheet.append([f"note {note['code']}", f"{note['level']}: {note['text']}"[:30000]])
    text = json.dumps(own, ensure_ascii=True)
    for start in range(0, len(text), 30000):
        sheet.append([f"json {start // 30000 + 1}", text[start : start + 30000]])
