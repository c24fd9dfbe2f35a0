"""Setaram thermogravimetry, exported by Calisto as text: a head of masses, then index, time, temperatures and TG."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.spreadsheets import number
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, rows_of, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".txt",)

_HEAD = re.compile(r"^Index +Time +Furnace +Sample +TG\b.*$", re.MULTILINE)
_MASS = re.compile(r"^TG :\s*\n\s*Initial Mass : ([\d.,]+) mg", re.MULTILINE)
_DATE = re.compile(r"^Creation Date : (.+)$", re.MULTILINE)
_KELVIN = re.compile(r"\(K\)|\bK\b")


def recognises(raw: RawFile) -> bool:
    """Whether there are the column headers of a Calisto export with a TG column."""
    return _HEAD.search(_text(raw.head)) is not None


def _text(content: bytes) -> str:
    """The text; Calisto writes UTF-16, of which the first 64 KiB may end within a character."""
    even = content[: len(content) // 2 * 2] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else content
    return decode(lines_as_lf(even), "cp1252")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run: time in s, the sample's temperature in degC, TG in mg (the units that Calisto's table has).

    Raises
    ------
    InputError
        If the column headers name kelvin, or there is text between rows of numbers.
    """
    text = _text(raw.read())
    match = _HEAD.search(text)
    if match is None:
        raise InputError("no column header for index, time, temperatures and TG")
    if _KELVIN.search(match[0]):
        raise InputError("the temperatures are in K", hint="export them in degC")
    heads = match[0].split()
    body = text[match.end() :].lstrip("\n").replace(",", ".").split("\n")
    table = rows_of(body, len(heads), text[: match.end()].count("\n") + 2)
    before = text[: match.start()]
    mass, date = _MASS.search(before), _DATE.search(before)
    meta: dict[str, Json] = {
        "title": before.split("\n", 1)[0].strip("\ufeff "),
        "instrument": "Setaram",
        "started": date[1].strip() if date else "",
        "gases": [],
    }
    if mass and (given := number(mass[1])) is not None:
        meta["sample_mass_mg"] = given
    if MARK in before:
        meta["simulated"] = True
    text = "The table has no units: time is taken in s, temperatures in degC and TG in mg, as Calisto exports them."
    time, temperature, weight = (table[:, heads.index(name)] for name in ("Time", "Sample", "TG"))
    return (thermogram(time, temperature, weight, meta, notes=(Note("doubt", "units_assumed", text),)),)
