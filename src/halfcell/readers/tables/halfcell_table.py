"""Tables that halfcell itself converted (halfcell read --to): nothing of what the raw file said is lost.

Parquet and workbooks bring their description with them; a text has it beside it (``<file>.metadata.json``), and counts
as converted by halfcell only with it, or if its heads are the canonical columns of one technique.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.sidecar import described
from halfcell.core.vocabulary import vocabulary
from halfcell.readers.common.converted import in_parquet, restored
from halfcell.readers.common.packed_tables import check_parquet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.raw import RawFile

    Columns = dict[str, NDArray[np.float64]]

VERSION = "1"
SUFFIXES = (".csv", ".parquet", ".xlsx")
EXACT = True  # it claims only what halfcell marked, and wins over readers that would read the same file with less
MARK: Final = "Simulated by halfcell / 1"
ROWS: Final = 1_048_575  # of a sheet, below its heads
_PLAIN: dict[str, tuple[str, ...]] = {  # texts without heads (or with those of other programs), and their columns
    "csv": (),
    "impedance.py": ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"),
    "pybamm": ("test_time_second", "current_ampere"),
}
_OTHERS_READ = {"cycling", "impedance", "voltammetry", "polarisation"}  # heads of BDF, which its own reader reads


def recognises(raw: RawFile) -> bool:
    """Whether halfcell converted the file."""
    if raw.head.startswith(b"PAR1"):
        return _key_value(raw) is not None
    if raw.head.startswith(b"PK"):
        return _is_own_workbook(raw)
    own = described(raw.path)
    return own.get("format") in _PLAIN if own else raw.suffix == ".csv" and bool(_technique(raw.head))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the columns and what stands beside them.

    Raises
    ------
    InputError
        If the file was changed so that its columns are no numbers, or its description is gone.
    """
    if raw.head.startswith(b"PAR1"):
        own, columns = _key_value(raw), _parquet(raw)
    elif raw.head.startswith(b"PK"):
        own, columns = _workbook(raw)
    else:
        own = described(raw.path)
        columns = _text(raw, _PLAIN[own["format"]] if own else ())
    simulated = columns.pop(MARK, None) is not None
    technique = own["technique"] if own else _technique(raw.head)
    if not technique:
        raise InputError("the description of the columns is gone", hint="keep the .metadata.json beside the file")
    made = Measurement(technique=technique, columns=columns, meta={"simulated": True} if simulated else {})
    return (restored(made, own),)


def _technique(head: bytes) -> str:
    """The technique whose canonical columns the first line names, all of them; empty if there is none."""
    heads = [cell.strip() for cell in head.split(b"\n", 1)[0].decode("utf-8", errors="replace").split(",")]
    names = {name for name in heads if name != MARK}
    for technique, columns in vocabulary()["column"].items():
        if technique not in _OTHERS_READ and len(names) > 1 and names <= set(columns):
            return str(technique)
    return ""


def _key_value(raw: RawFile) -> dict[str, Any] | None:
    own = in_parquet(raw)
    return own if own and own.get("format") == "parquet" else None


def _parquet(raw: RawFile) -> Columns:
    import polars as pl

    with raw.on_disk() as path:
        check_parquet(path, raw.name)
        frame = pl.read_parquet(path)
    return {name: frame[name].cast(pl.Float64).to_numpy() for name in frame.columns}


def _text(raw: RawFile, names: tuple[str, ...]) -> Columns:
    """The columns of a text with heads, or of one without that has the columns `names`."""
    import polars as pl

    source = io.BytesIO(raw.read())
    try:
        frame = pl.read_csv(source, infer_schema=False, has_header=not names, comment_prefix="#" if names else None)
        heads = names or frame.columns
        table = {
            head: frame[own].cast(pl.Float64).fill_null(np.nan).to_numpy()
            for head, own in zip(heads, frame.columns, strict=True)
        }
    except (pl.exceptions.PolarsError, ValueError) as error:
        reason = " ".join(str(error).split())[:100]
        raise InputError(f"not a table of numbers: {reason}", hint="convert the raw file again") from error
    if names == _PLAIN["pybamm"]:
        table["current_ampere"] = 0.0 - table["current_ampere"]  # there, a discharge is positive
    return table


def _is_own_workbook(raw: RawFile) -> bool:
    """Whether the properties of a workbook name halfcell, and it has a sheet ``about``."""
    try:
        with raw.on_disk() as path, zipfile.ZipFile(path) as archive:
            creator = archive.read("docProps/core.xml")
            return b">halfcell<" in creator and b'name="about"' in archive.read("xl/workbook.xml")
    except (KeyError, zipfile.BadZipFile, OSError, InputError):
        return False


def _workbook(raw: RawFile) -> tuple[dict[str, Any], Columns]:
    """The description, and the columns of all sheets of data below each other."""
    from openpyxl import load_workbook

    with raw.on_disk() as path:
        book = load_workbook(path, read_only=True)
        rows = [row for row in book["about"].iter_rows(values_only=True) if row and row[0] is not None]
        text = "".join(str(row[1]) for row in rows if str(row[0]).startswith("json "))
        heads: list[str] = []
        parts: list[NDArray[np.float64]] = []
        for name in book.sheetnames:
            if name == "about":
                continue
            lines = book[name].iter_rows(values_only=True)
            heads = [str(cell) for cell in next(lines)]
            values = [[_number(cell) for cell in (*row, *[None] * (len(heads) - len(row)))] for row in lines]
            parts.append(np.array(values, dtype=float).reshape(-1, len(heads)))
        book.close()
    try:
        own = json.loads(text)
    except ValueError as error:
        raise InputError("the sheet 'about' was changed", hint="convert the raw file again") from error
    table = np.concatenate(parts)
    return own, {name: table[:, place].copy() for place, name in enumerate(heads)}


def _number(cell: object) -> float:
    """A cell as a number; none where it is empty."""
    return np.nan if cell is None else float(str(cell))
