"""Indentation as columns of load and depth with units (Anton Paar, Shimadzu, NanoSuite, FemtoTools ...)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.units import UnitSet
from halfcell.readers.common.spreadsheets import number, text_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile
    from halfcell.readers.common.spreadsheets import Rows

VERSION = "4"
SUFFIXES = (".txt", ".csv", ".dat", ".tsv")

_LENGTH = UnitSet(("nm", "um", "mm", "m"), into=("m",))
_FORCE = UnitSet(("nN", "uN", "mN", "N"), into=("N",))
_TIME = UnitSet(("s", "ms", "min"), into=("s",))
_WORDS = {
    "depth_metre": (re.compile(r"depth|displacement|penetration|\bpd\b|^h\b", re.IGNORECASE), _LENGTH),
    "load_newton": (re.compile(r"load|force|\bfn\b|^[pf]\b", re.IGNORECASE), _FORCE),
    "test_time_second": (re.compile(r"time|^t\b", re.IGNORECASE), _TIME),
}
_UNIT = re.compile(r"[\[(]\s*([^\])]+?)\s*[\])]|[,_/]\s*([a-zµμ]+)\s*$", re.IGNORECASE)
_NANOSUITE = ("Displacement Into Surface", "Load On Sample")
_LONGEST = 200  # characters of a column header
_MARK = "simulated by halfcell"


def recognises(raw: RawFile) -> bool:
    """Whether the column headers name depth and load with their units; not for Hysitron or Fischer exports."""
    if (
        b"Number of Points" in raw.head[:2000]
        or b"File Version: Hysitron" in raw.head[:100]
        or b"\0" in raw.head[:1000]
    ):
        return False
    try:
        return _heads(text_rows(raw.head)) is not None
    except InputError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one test. Without a time column, records are counted as one per second, with a doubt."""
    rows = text_rows(raw.read())
    found = _heads(rows)
    if found is None:
        raise InputError("no column header for depth and load with units")
    line, places = found
    values = _numbers(rows, line, places)
    table = np.array(values).T
    columns = {name: table[k] * factor for k, (name, (_, factor)) in enumerate(places.items())}
    notes: tuple[Note, ...] = ()
    if "test_time_second" not in columns:
        columns["test_time_second"] = np.arange(len(values), dtype=float)
        notes = (Note("doubt", "no_time", "no time column; records are counted as seconds and drift is unknown"),)
    above = " ".join(str(cell) for row in rows[:line] for cell in row if cell is not None)
    heads = " ".join(_short(cell) for cell in rows[line])
    meta: dict[str, Json] = {"title": "", "instrument": "columns", "vendor": {}}
    if all(word in heads for word in _NANOSUITE):  # the software has found the surface and corrected for the frame
        meta |= {"instrument": "MTS / Agilent", "zero": "surface"}
    if _MARK in above:
        meta["simulated"] = True
    return (Measurement(technique="indentation", columns=columns, meta=meta, notes=notes),)


def _numbers(rows: Rows, line: int, places: Mapping[str, tuple[int, float]]) -> list[list[float]]:
    """The numbers of each row below the column headers; rows with none of them are passed over."""
    values: list[list[float]] = []
    for place, row in enumerate(rows[line + 1 :], line + 2):
        cells = [number(row[column]) if column < len(row) else None for column, _ in places.values()]
        found = [cell for cell in cells if cell is not None]
        if len(found) == len(cells):
            values.append(found)
        elif values and found:
            what = f"unknown layout: {len(found)} of {len(cells)} numbers"
            raise InputError(what, f"line {place}", f"expected {', '.join(places)}")
    if not values:
        hint = "expected numbers below the column headers"
        raise InputError("there is not a row of numbers", f"line {line + 2}", hint)
    return values


def _heads(rows: Rows) -> tuple[int, dict[str, tuple[int, float]]] | None:
    """The line of the column headers, and for each column its index and the factor of its unit into SI."""
    for line, row in enumerate(rows[:80]):
        below = rows[line + 1] if line + 1 < len(rows) else []
        places: dict[str, tuple[int, float]] = {}
        for place, cell in enumerate(row):
            text, under = _short(cell), _short(below[place] if place < len(below) else None)
            for name, (word, units) in _WORDS.items():
                factor = _factor(text, under, units) if name not in places and word.search(text) else None
                if factor is not None:
                    places[name] = (place, factor)
                    break
        if "depth_metre" in places and "load_newton" in places:
            return line, places
    return None


def _short(cell: object) -> str:
    """A cell as a column header; empty if it is not a text or too long for one."""
    return cell.strip() if isinstance(cell, str) and len(cell) <= _LONGEST else ""


def _factor(head: str, below: str, units: UnitSet) -> float | None:
    """The factor into SI of the unit in a header, or in the row below it."""
    match = _UNIT.search(head)
    words = ((match[1] or match[2]) if match else "", below.strip("[]() "))
    return next((factor for word in words if word and (factor := units.factor(word)) is not None), None)
