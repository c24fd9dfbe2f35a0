"""Sorption isotherms of BELSORP (mini, Max), exported as csv in English or Japanese."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.isotherm import MARK, adsorptive_name, isotherm, loading_factor
from halfcell.readers.common.spreadsheets import number
from halfcell.readers.common.text_files import decode, lines_as_lf

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".csv",)

_HEAD = re.compile(rb"^No,pi/kPa,pe/kPa,.*p/p0,[Vn]a/", re.MULTILINE)
_WORDS = {
    "mass": ("Sample weight", "サンプル質量"),
    "gas": ("Adsorptive", "吸着質名称"),
    "kelvin": ("Adsorption temperature", "吸着温度"),
    "title": ("COMMENT1", "コメント１"),
    "started": ("Date of measurement", "測定日"),
    "section": ("Adsorptive cross section area", "吸着断面積"),
    "up": ("Number of adsorption data point :", "吸着データ数"),
    "down": ("Number of desorption data point :", "脱着データ数"),
}
_BRANCHES = {"ADS": 0.0, "DES": 1.0}


def recognises(raw: RawFile) -> bool:
    """Whether there is BELSORP's line of column headers."""
    return _HEAD.search(lines_as_lf(raw.head)) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read both branches of one isotherm.

    Raises
    ------
    InputError
        If there are fewer points than the file says, or a row is no row of numbers.
    """
    lines = decode(lines_as_lf(raw.read()), "shift-jis").split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith("No,pi/kPa,")), None)
    if start is None:
        raise InputError("no column header", hint="expected a line that starts with No,pi/kPa,pe/kPa")
    heads = lines[start].strip().split(",")
    fields = _fields(lines[:start])
    points = _points(lines[start + 1 :], heads, start + 2)
    _all_there(points, fields)
    branch, pressure, loading = np.array(points, dtype=float).reshape(-1, 3).T
    meta: dict[str, Json] = {
        "title": fields.get("title", [""])[0],
        "instrument": "BELSORP",
        "started": fields.get("started", [""])[0],
        "adsorptive": adsorptive_name(fields.get("gas", ["N2"])[0]),
        "vendor": {},
    }
    for key, word in (("temperature_kelvin", "kelvin"), ("sample_mass_gram", "mass")):
        value = number(fields[word][0]) if word in fields else None
        if value is not None and value > 0:
            meta[key] = value
    if any(MARK in line for line in lines[:start]):
        meta["simulated"] = True
    return (isotherm(pressure, loading * loading_factor(heads[-1].partition("/")[2]), meta, branch, _notes(fields)),)


def _fields(lines: list[str]) -> dict[str, list[str]]:
    """The values of the file's head by our names; each is a list of the cells after the word."""
    found: dict[str, list[str]] = {}
    for row in csv.reader(lines):
        for name, words in _WORDS.items():
            if row and row[0].strip() in words and len(row) > 1:
                found[name] = [cell.strip() for cell in row[1:]]
    return found


def _points(lines: list[str], heads: list[str], first: int) -> list[tuple[float, float, float]]:
    """Branch, relative pressure and loading of each row."""
    place = heads.index("p/p0")
    branch, found = 0.0, []
    for line, text in enumerate(lines, first):
        cells = [cell.strip() for cell in text.split(",")]
        if cells[0] in _BRANCHES:
            branch = _BRANCHES[cells[0]]
        elif any(cells):
            values = [number(cell) for cell in cells[: len(heads)]]
            pressure, loading = (values[place], values[-1]) if len(values) == len(heads) else (None, None)
            if pressure is None or loading is None:
                raise InputError(f"{text.strip()[:40]!r} is not a row of {len(heads)} numbers", f"line {line}")
            found.append((branch, pressure, loading))
    return found


def _all_there(points: list[tuple[float, float, float]], fields: dict[str, list[str]]) -> None:
    """Refuse a file that has fewer points than it says."""
    said = [number(fields[name][0]) for name in ("up", "down") if name in fields]
    promised = sum(int(count) for count in said if count is not None)
    if len(points) < promised:
        raise InputError(f"{len(points)} of {promised} points found", hint="the file is truncated")


def _notes(fields: dict[str, list[str]]) -> tuple[Note, ...]:
    """A note on the cross-section that the file gives for the adsorptive, which is often that of nitrogen."""
    if "section" not in fields:
        return ()
    text = f"The file gives a cross-section of {fields['section'][0]} nm2; it is not used unless it is set."
    return (Note("info", "cross_section", text),)
