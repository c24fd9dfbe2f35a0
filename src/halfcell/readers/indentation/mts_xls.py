"""MTS / Agilent / Keysight NanoSuite indentation, exported as .xls: one sheet per test."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.units import UnitSet
from halfcell.readers.common.spreadsheets import damaged, quiet_xlrd

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".xls",)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORDS = tuple(word.encode(code) for word in ("Displacement Into Surface",) for code in ("latin-1", "utf-16-le"))
_COLUMNS = {
    "Displacement Into Surface": ("depth_metre", UnitSet(("nm", "um"), into=("m",), any_case=False)),
    "Load On Sample": ("load_newton", UnitSet(("mN", "uN", "N"), into=("N",), any_case=False)),
    "Time On Sample": ("test_time_second", UnitSet(("s",), into=("s",), any_case=False)),
}
_RESULTS = {
    "modulus": "Avg E [GPa]",
    "hardness": "Avg H [GPa]",
}  # of the instrument, by our names
_HUGE = 1e300  # the instrument writes the largest double if it has no number


class _Sheet(Protocol):
    """A sheet as xlrd gives it."""

    name: str
    nrows: int

    def row_values(self, row: int) -> list[str | float]:
        """The cells of a row."""
        ...


class _Book(Protocol):
    """A workbook as xlrd opens it."""

    def sheet_names(self) -> list[str]:
        """The names of its sheets."""
        ...

    def sheet_by_name(self, name: str) -> _Sheet:
        """One sheet."""
        ...


def recognises(raw: RawFile) -> bool:
    """Whether it is an OLE workbook with a displacement into the surface."""
    if not raw.head.startswith(_OLE):
        return False
    try:
        content = raw.read()
    except InputError:
        return False
    return any(word in content for word in _WORDS)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one measurement per test sheet, in order of the test numbers.

    Depth and load are "into surface" and "on sample": the instrument has found the contact and corrected for the frame
    and, if its inputs say so, for drift. Its modulus, hardness and drift of each test are in ``meta["vendor"]``.
    """
    content = raw.read()
    with damaged("workbook", content):
        book: _Book = quiet_xlrd().open_workbook(file_contents=content, logfile=io.StringIO())
        names = [name for name in book.sheet_names() if name.lower().startswith("test ")]
        settled = _inputs(book)
        derived = _results(book)
        return tuple(_test(book.sheet_by_name(name), settled, derived) for name in sorted(names))


def _inputs(book: _Book) -> dict[int, dict[str, float]]:
    """Inputs of each test: Poisson's ratio, frame stiffness, drift correction, protocol."""
    found: dict[int, dict[str, float]] = {}
    for name in ("Required Inputs", "Inputs Editable Post Test"):
        if name in book.sheet_names():
            for test, values in _table(book.sheet_by_name(name)).items():
                found.setdefault(test, {}).update(values)
    return found


def _results(book: _Book) -> dict[int, dict[str, float]]:
    """Results of the instrument for each test."""
    return _table(book.sheet_by_name("Results")) if "Results" in book.sheet_names() else {}


def _table(sheet: _Sheet) -> dict[int, dict[str, float]]:
    """A sheet with one row per test: its number -> name [unit] -> value."""
    if sheet.nrows < 3:
        return {}
    heads, units = sheet.row_values(0), sheet.row_values(1)
    found = {}
    for row in range(2, sheet.nrows):
        cells = sheet.row_values(row)
        number = str(cells[0]).removesuffix(".0")
        if number.isdigit():
            pairs = zip(heads[1:], units[1:], cells[1:], strict=False)
            found[int(number)] = {f"{h} [{u}]" if u else str(h): v for h, u, v in pairs if isinstance(v, float)}
    return found


def _test(sheet: _Sheet, inputs: dict[int, dict[str, float]], derived: dict[int, dict[str, float]]) -> Measurement:
    heads, units = sheet.row_values(0), sheet.row_values(1)
    number = int(sheet.name.split()[-1])
    rows = [sheet.row_values(row) for row in range(2, sheet.nrows)]
    places = {head: heads.index(head) for head in _COLUMNS if head in heads}
    if len(places) < len(_COLUMNS):
        missing = ", ".join(sorted(set(_COLUMNS) - set(places)))
        raise InputError(f"no column header for {missing}", sheet.name)
    numbers = [[row[place] for place in places.values()] for row in rows]
    good = [row for row in numbers if all(isinstance(v, float) and abs(v) < _HUGE for v in row)]
    if not good:
        raise InputError("no records", sheet.name)
    values = np.array(good, dtype=float).T
    columns = {}
    for (head, place), column in zip(places.items(), values, strict=True):
        target, known = _COLUMNS[head]
        factor = known.factor(str(units[place]))
        if factor is None:
            raise InputError(f"unknown unit {units[place]!r} of {head}", sheet.name, f"known: {', '.join(known.units)}")
        columns[target] = column * factor
    settled = inputs.get(number, {})
    return Measurement(
        technique="indentation",
        columns=columns,
        meta=_meta(number, settled, derived.get(number, {}), [str(row[0]) for row in rows]),
        notes=_holes(len(numbers) - len(good) - sum(str(row[0]) == "END" for row in rows), sheet.name),
    )


def _meta(number: int, settled: dict[str, float], vendor: dict[str, float], labels: list[str]) -> dict[str, Json]:
    results = dict(vendor)
    meta: dict[str, Json] = {
        "title": f"test {number}",
        "instrument": "MTS / Agilent",
        "zero": "surface",
        "drift_corrected": bool(settled.get("Perform Drift Correction", 0.0)),
        "inputs": settled,
        "vendor": results,
    }
    if "Poissons Ratio" in settled:
        meta["poisson_ratio"] = settled["Poissons Ratio"]
    for key, name in _RESULTS.items():
        if name in vendor:
            results[key] = vendor[name]
    markers = [label for label in labels if label and label != "END"]
    return meta | {"markers": markers}


def _holes(count: int, name: str) -> tuple[Note, ...]:
    if count <= 0:
        return ()
    return (Note("info", "records_without_numbers", f"{count} rows of {name} without numbers were left out"),)
