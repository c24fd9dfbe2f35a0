"""Sorption reports of Micromeritics as text (Gemini, MicroActive): pages of reports, one of them the isotherm."""

from __future__ import annotations

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

VERSION = "2"
SUFFIXES = (".txt",)

_TITLE = "Isotherm Tabular Report"
_UNIT = re.compile(r"\((mmol/g(?: STP)?|cm\S{1,2}/g STP)\)")
_FIELDS = re.compile(r"(\S[^:\n]*?):\s+(\S.*?)(?=\s{3,}|\s*$)", re.MULTILINE)
_NUMBER = re.compile(r"-?\d[\d.,]*")
_VENDOR = {  # of the BET report, the t-plot report
    "bet surface area": "bet_area",
    "c": "bet_c",
    "molecular cross-sectional area": "cross_section_nm2",
    "micropore volume": "micropore_volume",
    "external surface area": "external_area",
}
_REPORTS = ("BET Report", "t-Plot Report")
_TITLES = re.compile(rf"^\s*({'|'.join((_TITLE, *_REPORTS))})s?\s*$", re.MULTILINE)


def recognises(raw: RawFile) -> bool:
    """Whether a text has the title of Micromeritics' isotherm report."""
    text = _text(raw.head)
    return "\0" not in text[:1000] and "Micromeritics" in text[:2000] and _TITLE in text


def _text(content: bytes) -> str:
    even = content[: len(content) // 2 * 2] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else content
    return decode(lines_as_lf(even), "cp1252").lstrip("\ufeff")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one isotherm; the branches divide at its highest pressure.

    Raises
    ------
    InputError
        If the table has no rows, or its header no unit of the loading.
    """
    text = _text(raw.read())
    pages = _pages(text)
    page = next((body for title, body in pages if title == _TITLE), None)
    if page is None:
        raise InputError(f"no {_TITLE!r}", hint="export the report with the isotherm's table")
    head, _, body = page.partition("\n---")
    unit = _UNIT.search(head)
    if unit is None:
        raise InputError("the table of the isotherm has no unit of the loading", _TITLE, "known: mmol/g, cm3/g STP")
    points = [row for line in body.split("\n")[1:] if (row := _point(line)) is not None]
    if not points:
        raise InputError("the table of the isotherm has no rows", _TITLE)
    pressure, loading = np.array(points).T
    factor = loading_factor(re.sub(r"cm\S{1,2}/g", "cm3/g", unit[1]))
    return (isotherm(pressure, loading * factor, _meta(text, pages), notes=_cut_off(body)),)


def _cut_off(body: str) -> tuple[Note, ...]:
    """A doubt if the file ends within the table of the isotherm: a blank line follows a whole one."""
    lines = body.split("\n")
    rows = [place for place, line in enumerate(lines) if _point(line) is not None]
    if any(not line.strip() for line in lines[rows[-1] + 1 : -1]):
        return ()
    text = f"The file ends within the table of the isotherm: {len(rows)} rows, the last of which may be cut, were read."
    return (Note("doubt", "rows_dropped", text),)


def _pages(text: str) -> list[tuple[str, str]]:
    """Title and text of each report: below the company's head, after its fields, stands the title alone in a line."""
    return [
        (match[1], page[match.end() :])
        for page in text.split("Micromeritics Instrument Corp.")[1:]
        if (match := _TITLES.search(page)) is not None
    ]


def _point(line: str) -> tuple[float, float] | None:
    """Relative pressure and loading of a row (relative pressure, absolute pressure, loading, time ...)."""
    values = [number(word) for word in line.split()[:3]]
    if len(values) < 3 or None in values:
        return None
    return float(values[0] or 0.0), float(values[2] or 0.0)


def _meta(text: str, pages: list[tuple[str, str]]) -> dict[str, Json]:
    fields = {key.strip().lower(): value.strip() for key, value in _FIELDS.findall(text[:4000])}
    meta: dict[str, Json] = {
        "title": fields.get("sample", ""),
        "instrument": "Micromeritics",
        "started": fields.get("started", ""),
        "adsorptive": adsorptive_name(fields.get("analysis adsorptive", "")),
        "vendor": _vendor(pages),
    }
    for key, word, unit in (
        ("sample_mass_gram", "sample mass", "g"),
        ("temperature_kelvin", "analysis bath temp.", "K"),
    ):
        value = _first(fields.get(word, ""))
        if value is not None and value > 0 and fields[word].split()[-1] == unit:
            meta[key] = value
    return meta | {"simulated": True} if MARK in text else meta


def _first(text: str) -> float | None:
    match = _NUMBER.search(text)
    return number(match[0].rstrip(".,")) if match else None


def _vendor(pages: list[tuple[str, str]]) -> dict[str, Json]:
    """Results of the instrument, with the pressures of its BET fit."""
    found: dict[str, Json] = {}
    for title, body in pages:
        if title not in _REPORTS:
            continue
        for key, value in _FIELDS.findall(body):
            name = _VENDOR.get(key.strip().lower())
            if name is not None and (first := _first(value)) is not None:
                found[name] = first
        inside = [row[0] for line in body.split("\n") if (row := _point(line)) is not None and 0 < row[0] < 1]
        if title == "BET Report" and len(inside) > 1:
            found["bet_window"] = [min(inside), max(inside)]
    return found
