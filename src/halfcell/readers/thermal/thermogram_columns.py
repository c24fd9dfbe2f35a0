"""Thermograms as plain columns: time, temperature (degC or K) and mass, with their units in the header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.core.units import UnitSet
from halfcell.readers.common.spreadsheets import number, text_rows
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, in_milligrams, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.readers.common.spreadsheets import Rows

VERSION = "1"
SUFFIXES = (".csv", ".txt", ".tsv", ".dat")

_HEAD_LINES = 40
_UNIT = re.compile(r"[(\[/]\s*([^()\[\]/]+?)\s*[)\]]?$")
_TIME = UnitSet(("min", "s", "h"), into=("s",), any_case=False)
_WORDS = {
    "time": re.compile(r"^(?:t|time|zeit|temps)$", re.IGNORECASE),
    "temperature": re.compile(r"^(?:ts|(?:sample )?temp(?:erature|\.)?|t ?sample)$", re.IGNORECASE),
    "mass": re.compile(r"^(?:mass|weight|tg|tga|sample (?:mass|weight))$", re.IGNORECASE),
}
_OTHERS = (b"#EXPORTTYPE:", b"StartOfData", b"Method Steps:")
_SAMPLE = re.compile(r"^Sample:\s*\n\s*(.+?),\s*([\d.,]+)\s*mg", re.MULTILINE)


def recognises(raw: RawFile) -> bool:
    """Whether a line names time, temperature and mass, each with its unit there or in the line below."""
    if b"\0" in raw.head[:1000] or any(word in raw.head for word in _OTHERS):
        return False
    try:
        return _found(_table(raw.head)) is not None
    except InputError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run; temperatures in K are converted to degC.

    Raises
    ------
    InputError
        If a row between rows of numbers has too few, or a number is no number.
    """
    content = raw.read()
    rows = _table(content)
    found = _found(rows)
    if found is None:
        raise InputError("no column header for time, temperature and mass with their units")
    start, places, units = found
    table = _numbers(rows, start, places)
    text = decode(lines_as_lf(content), "cp1252")
    sample = _SAMPLE.search(text)
    meta: dict[str, Json] = {"title": sample[1] if sample else "", "gases": []}
    given = float(sample[2].replace(",", ".")) if sample else None
    if given:
        meta["sample_mass_mg"] = given
    if MARK in text:
        meta["simulated"] = True
    kelvin = units["temperature"] == "K"
    run = thermogram(
        table[:, 0] * (_TIME.factor(units["time"]) or 1.0),
        table[:, 1] - (273.15 if kelvin else 0.0),
        in_milligrams(table[:, 2], units["mass"], given),
        meta,
    )
    return (_with_note(run, "The temperatures are in K; they were converted to degC.") if kelvin else run,)


def _with_note(run: Measurement, text: str) -> Measurement:
    import dataclasses

    return dataclasses.replace(run, notes=(*run.notes, Note("correction", "kelvin", text)))


def _table(content: bytes) -> Rows:
    """Rows of cells: delimited, or by white space where no mark delimits."""
    rows = text_rows(content, "cp1252")
    if any(len(row) > 2 for row in rows[:_HEAD_LINES]):
        return rows
    lines = decode(lines_as_lf(content), "cp1252").split("\n")
    return [[found if (found := number(word)) is not None else word for word in line.split()] for line in lines]


def _found(rows: Rows) -> tuple[int, dict[str, int], dict[str, str]] | None:
    """The first line of numbers, the columns and their units."""
    for line, row in enumerate(rows[:_HEAD_LINES]):
        heads = [str(cell) if isinstance(cell, str) else "" for cell in row]
        names = [_UNIT.sub("", head).strip() for head in heads]
        places = {
            what: next((i for i, name in enumerate(names) if word.match(name)), -1) for what, word in _WORDS.items()
        }
        if min(places.values()) < 0:
            continue
        units = {what: _unit(heads[place]) for what, place in places.items()}
        below = [str(cell).strip("[]() ") for cell in rows[line + 1]] if line + 1 < len(rows) else []
        shift = len(heads) - len(below)
        if not all(units.values()) and 0 <= shift <= 1:
            units = {what: _plain(below[place - shift]) if place >= shift else "" for what, place in places.items()}
            line += 1
        return (line + 1, places, units) if _known(units) else None
    return None


def _unit(head: str) -> str:
    match = _UNIT.search(head)
    return _plain(match[1]) if match else ""


def _plain(unit: str) -> str:
    """A unit as we write it: a degree sign in any encoding is "deg"."""
    text = unit.strip().replace("µg", "ug")
    if text in {"K", "min", "s", "h", "mg", "g", "ug", "%"}:
        return text
    if text.lower() in {"wt%", "wt.%"}:
        return "%"
    if text.lower() in {"sec", "seconds"}:
        return "s"
    return "degC" if text[-1:] == "C" and len(text) <= 5 else text


def _known(units: dict[str, str]) -> bool:
    return (
        units["temperature"] in {"K", "degC"}
        and _TIME.factor(units["time"]) is not None
        and units["mass"] in {"mg", "g", "ug", "%"}
    )


def _numbers(rows: Rows, start: int, places: dict[str, int]) -> np.ndarray:
    """Time, temperature and mass of each row; rows without numbers end them."""
    kept: list[list[float]] = []
    ended = 0
    for line, row in enumerate(rows[start:], start + 1):
        if not any(cell is not None for cell in row):
            continue
        cells = [row[place] if place < len(row) else None for place in places.values()]
        values = [cell for cell in cells if isinstance(cell, float)]
        if len(values) < len(places):
            if any(isinstance(cell, str) and cell.count(".") > 1 for cell in cells):
                raise InputError("a number has several points", f"line {line}", "export it without thousands points")
            ended = ended or line
        elif ended:
            raise InputError(
                "unknown layout: a row without time, temperature and mass",
                f"line {ended}",
                f"rows of numbers follow in line {line}",
            )
        else:
            kept.append(values)
    return np.array(kept, dtype=float).reshape(-1, len(places))
