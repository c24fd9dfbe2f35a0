"""Mettler Toledo STARe thermogravimetry, exported as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, in_milligrams, rows_of, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_HEAD = re.compile(r"^[ \t]*Index\s+t\s+Ts\s+Tr\s+Value\s*$", re.MULTILINE)
_NEXT = re.compile(r"^(?:FileName|LastKeyWD|Curve|Curve Name):\s*$", re.MULTILINE)
_SAMPLE = re.compile(r"SampleID:\s*\n\s*(.+?),\s*([\d.,]+)\s*mg")


def recognises(raw: RawFile) -> bool:
    """Whether the column headers name index, time, both temperatures and a value in mg or %."""
    text = decode(lines_as_lf(raw.head), "cp1252")
    match = _HEAD.search(text)
    return match is not None and ("[mg]" in text[match.end() :][:200] or "[%]" in text[match.end() :][:200])


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run: temperature and mass of the sample over time."""
    text = decode(lines_as_lf(raw.read()), "cp1252")
    match = _HEAD.search(text)
    if match is None:
        raise InputError("no column header for index, time, temperatures and value")
    before = text[: match.end()]
    lines = _first_curve(text[match.end() :]).lstrip("\n").split("\n")
    units = re.findall(r"\[(.*?)\]", lines[0])
    table = rows_of(lines[1:], 5, before.count("\n") + 3)
    sample = _SAMPLE.search(before)
    meta: dict[str, Json] = {"title": sample[1].strip() if sample else "", "instrument": "Mettler Toledo", "gases": []}
    given = float(sample[2].replace(",", ".")) if sample else 0.0
    if given > 0:
        meta["sample_mass_mg"] = given
    meta["blank"] = sample is not None and given <= 0
    if MARK in before:
        meta["simulated"] = True
    time = table[:, 1] * (60.0 if units and units[0] == "min" else 1.0)
    if "K" in units[1:2]:
        table[:, 2] -= 273.15
    mass = in_milligrams(table[:, 4], units[-1] if units else "mg", number_or_none(meta.get("sample_mass_mg")))
    return (thermogram(time, table[:, 2], mass, meta),)


def _first_curve(text: str) -> str:
    """The text up to where the next curve begins (each has its own head, the first is the weight)."""
    following = _NEXT.search(text)
    return text[: following.start()] if following else text
