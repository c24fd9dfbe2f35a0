"""TA Instruments thermogravimetry, exported by TRIOS as a workbook: one sheet of details, one sheet per segment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.core.units import UnitSet
from halfcell.readers.common.spreadsheets import mentions, number, sheets
from halfcell.readers.common.thermogram import MARK, in_milligrams, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.readers.common.spreadsheets import Rows

VERSION = "1"
SUFFIXES = (".xls", ".xlsx")

_TIME = UnitSet(("min", "s", "h"), into=("s",), any_case=False)
_MASS = re.compile(r"^\s*([\d.,]+)\s*mg\s*$")
_KELVIN = 273.15
_HEAD_ROWS = 2  # below the name of the segment: column headers and units


def recognises(raw: RawFile) -> bool:
    """Whether it is a workbook that names TRIOS and columns of temperature and weight."""
    is_workbook = raw.head.startswith((b"\xd0\xcf\x11\xe0", b"PK\x03\x04"))
    return is_workbook and mentions(raw, "Trios version", "Temperature", "Weight")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run: the segments in the order of their sheets are its stages.

    Raises
    ------
    InputError
        If no sheet has columns of time, temperature and weight with their units, or a row lacks one of the three.
    """
    book = sheets(raw)
    details = next((rows for rows in book.values() if _detail(rows, "Trios version")), [])
    sample = _MASS.match(str(_detail(details, "Sample Mass") or ""))
    meta: dict[str, Json] = {
        "title": str(_detail(details, "Sample Name") or ""),
        "instrument": str(_detail(details, "Instrument Type") or "TA Instruments"),
        "steps": [step.strip() for step in str(_detail(details, "proceduresegments") or "").split(";") if step.strip()],
        "gases": [],
    }
    if sample:
        meta["sample_mass_mg"] = number(sample[1])
    segments = [table for name, rows in book.items() if (table := _segment(rows, name, meta)) is not None]
    if not segments:
        raise InputError("no sheet with columns of time, temperature and weight", hint="export all signals by TRIOS")
    if any(MARK in str(cell) for row in details for cell in row):
        meta["simulated"] = True
    stage = np.repeat(np.arange(1.0, len(segments) + 1.0), [len(table) for table in segments])
    time, temperature, mass = np.concatenate(segments).T
    return (thermogram(time, temperature, mass, meta, stage),)


def _detail(rows: Rows, word: str) -> object:
    """The cell beside a word in the sheet of details; None where it is missing."""
    for row in rows:
        if len(row) > 1 and str(row[0] or "").strip().lower() == word.lower():
            return row[1]
    return None


def _segment(rows: Rows, name: str, meta: dict[str, Json]) -> np.ndarray | None:
    """Time (s), temperature (degC) and mass (mg) of a segment; None for a sheet that is no segment."""
    if len(rows) <= _HEAD_ROWS or "Temperature" not in (heads := [str(cell or "").strip() for cell in rows[1]]):
        return None
    if missing := [word for word in ("Time", "Temperature", "Weight") if word not in heads]:
        raise InputError(f"no column {', '.join(missing)}", name, f"found: {', '.join(heads)}")
    units = [str(cell or "").strip() for cell in rows[2]]
    places = (heads.index("Time"), heads.index("Temperature"), _weight(heads, units))
    seconds = _TIME.factor(units[places[0]])
    if seconds is None:
        raise InputError(f"unknown unit of time: {units[places[0]]!r}", name, f"known: {', '.join(_TIME.units)}")
    table = np.array([_numbers(row, places, f"{name} row {line}") for line, row in enumerate(rows[3:], 4) if any(row)])
    if not len(table):
        return None
    zero = _KELVIN if units[places[1]] == "K" else 0.0
    mass = in_milligrams(table[:, 2], units[places[2]], number_or_none(meta.get("sample_mass_mg")))
    return np.stack([table[:, 0] * seconds, table[:, 1] - zero, mass], axis=1)


def _weight(heads: list[str], units: list[str]) -> int:
    """The column of the weight: the one that is no percentage where there are two."""
    places = [place for place, head in enumerate(heads) if head == "Weight"]
    return next((place for place in places if units[place] != "%"), places[0])


def _numbers(row: list[object], places: tuple[int, ...], where: str) -> list[float]:
    cells = [number(row[place]) if place < len(row) else None for place in places]
    values = [value for value in cells if value is not None]
    if len(values) < len(places):
        raise InputError(f"{len(values)} of {len(places)} numbers found: time, temperature and weight", where)
    return values
