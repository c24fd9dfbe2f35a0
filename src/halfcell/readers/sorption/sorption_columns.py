"""Sorption isotherms as two columns: relative pressure, and a loading in cm3 (STP) or moles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.isotherm import MARK, isotherm, loading_factor, named_gas, named_kelvin
from halfcell.readers.common.spreadsheets import number, text_rows

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.readers.common.spreadsheets import Rows

VERSION = "4"
SUFFIXES = (".csv", ".txt", ".dat", ".tsv")

_PRESSURE = re.compile(r"relative pressure|p\s*/\s*p[o0°]", re.IGNORECASE)
_LOADING = re.compile(r"(quantity|volume|amount|uptake|loading|v)[ _]*(adsorbed|ads)?\W", re.IGNORECASE)
_UNIT = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)?)\)\s*(STP)?|\[([^\]]*)\]", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Whether the column headers name a relative pressure and an adsorbed quantity; not for vendors' exports."""
    if b"Quantachrome" in raw.head or b"Adsorptive" in raw.head or b"\0" in raw.head[:1000]:
        return False
    try:
        return _head(text_rows(raw.head)) is not None
    except InputError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one isotherm; nitrogen at 77 K, with a note, unless a line above the column headers names an adsorptive.

    Raises
    ------
    InputError
        If the header of the loading does not say STP (or moles): the volume depends on temperature.
    """
    rows = text_rows(raw.read())
    head = _head(rows)
    if head is None:
        raise InputError("no column header for pressure and loading")
    line, pressure, loading = head
    unit = _unit(str(rows[line][loading]))
    factor = loading_factor(unit)
    points, skipped = _points(rows[line + 1 :], pressure, loading)
    above = [str(cell) for row in rows[:line] for cell in row if cell is not None]
    gas = next((found for cell in above if (found := named_gas(cell)) is not None), None)
    meta: dict[str, Json] = {"title": "", "adsorptive": gas or "N2", "vendor": {}}
    kelvin = named_kelvin(" ".join(above))
    if kelvin is not None:
        meta["temperature_kelvin"] = kelvin
    if any(MARK in cell for cell in above):
        meta["simulated"] = True
    notes: tuple[Note, ...] = ()
    if gas is None:
        text = "no line names the adsorptive: nitrogen was taken; write e.g. Kr or Ar into a line above the columns"
        notes = (Note("info", "nitrogen_assumed", text),)
    if skipped:
        notes += (Note("info", "rows_without_numbers", f"{skipped} rows without two numbers were left out"),)
    table = np.array(points, dtype=float).reshape(-1, 2)
    return (isotherm(table[:, 0], table[:, 1] * factor, meta, notes=notes),)


def _head(rows: Rows) -> tuple[int, int, int] | None:
    """The line of the column headers, and the columns of pressure and loading."""
    for line, row in enumerate(rows[:60]):
        texts = [cell if isinstance(cell, str) else "" for cell in row]
        pressure = next((i for i, text in enumerate(texts) if _PRESSURE.search(text)), None)
        loading = next((i for i, t in enumerate(texts) if i != pressure and _LOADING.search(t + " ")), None)
        if pressure is not None and loading is not None:
            return line, pressure, loading
    return None


def _unit(head: str) -> str:
    """The unit in a column header: ``Quantity Adsorbed (cm3/g STP)``, ``Uptake [mmol/g]``."""
    match = _UNIT.search(head)
    if match is None:
        raise InputError(f"the column header {head!r} has no unit", hint="e.g. Quantity Adsorbed (cm3/g STP)")
    return " ".join(part for part in match.groups() if part)


def _points(rows: Rows, pressure: int, loading: int) -> tuple[list[tuple[float, float]], int]:
    points, skipped = [], 0
    for row in rows:
        pair = [number(row[place]) if place < len(row) else None for place in (pressure, loading)]
        if pair[0] is not None and pair[1] is not None:
            points.append((pair[0], pair[1]))
        elif any(cell is not None for cell in row):
            skipped += 1
    return points, skipped
