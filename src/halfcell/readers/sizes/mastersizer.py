"""Malvern Mastersizer 2000 particle sizes, exported with one row per record (.csv, .txt, .xlsx); also written here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.size_histogram import histogram
from halfcell.readers.common.spreadsheets import Rows, mentions, number, sheets

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".csv", ".txt", ".xlsx", ".xls")

_START = "Result Between User Sizes"
_VENDOR = {
    "d (0.1)": "d10",
    "d (0.5)": "d50",
    "d (0.9)": "d90",
    "D [4, 3] - Volume weighted mean": "d43",
    "D [3, 2] - Surface weighted mean": "d32",
    "Span": "span",
    "Uniformity": "uniformity",
    "Specific surface area": "specific_surface_area",
}
_OPTICS = {
    "Particle refractive index": "particle_refractive_index",
    "Particle absorption index": "particle_absorption_index",
    "Dispersant refractive index": "dispersant_refractive_index",
    "Obscuration": "obscuration_percent",
    "Residual": "residual_percent",
}
_MARK = "simulated by halfcell"


def recognises(raw: RawFile) -> bool:
    """Whether the table has results between user sizes and the median of the instrument."""
    return mentions(raw, _START, "d (0.5)")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one measurement per record. Values belong to the upper edge of their channel (the first size has none).

    A file may have several tables. The percentiles and moments of the instrument are in ``meta["vendor"]``; a record
    whose median differs from them by more than 1 % is refused.
    """
    found = [record for name, rows in sheets(raw).items() for record in _tables(name, rows)]
    if not found:
        raise InputError(
            "no record below the column headers", hint="expected a row of sizes and below it one row per record"
        )
    return tuple(found)


def _tables(name: str, rows: Rows) -> list[Measurement]:
    heads: list[str] = []
    edges, start, found = np.empty(0), -1, []
    for line, row in enumerate(rows, 1):
        texts = [str(cell).strip() if isinstance(cell, str) else "" for cell in row]
        where = f"{name} line {line}".strip()
        if any(text.startswith(_START) for text in texts):
            heads, edges = texts, np.empty(0)
            start = next(i for i, text in enumerate(texts) if text.startswith(_START))
        elif start >= 0 and not len(edges):
            edges = _edges(row[start:], where)
        elif len(edges) and any(cell is not None for cell in row[:start]):
            found.append(_record(heads, row, start, edges, where))
    return found


def _edges(cells: list[object], where: str) -> np.ndarray:
    sizes = [value for cell in cells if (value := number(cell)) is not None]
    if len(sizes) < 4:
        raise InputError("no sizes below the column headers", where, "expected four or more sizes in this row")
    return np.array(sizes)


def _record(heads: list[str], row: list[object], start: int, edges: np.ndarray, where: str) -> Measurement:
    """A record; its values are in the cells after that of the first size, which is blank."""
    cells = row[start + 1 : start + len(edges)]
    shares = [number(cell) for cell in cells]
    if len(shares) < len(edges) - 1 or any(share is None for share in shares):
        found = sum(s is not None for s in shares)
        hint = "is the file truncated? export it again"
        raise InputError(f"{found} of {len(edges) - 1} channels found", where, hint)
    named = {head: cell for head, cell in zip(heads[:start], row[:start], strict=False) if head and cell is not None}
    vendor = {key: value for head, key in _VENDOR.items() if (value := number(named.get(head))) is not None}
    optics = {key: value for head, key in _OPTICS.items() if (value := number(named.get(head))) is not None}
    kind = str(named.get("Result transform type", "Volume")).lower()
    if kind not in {"volume", "number"}:
        raise InputError(f"a distribution by {kind} is not supported", where, "export it by volume")
    meta: dict[str, Json] = {
        "title": str(named.get("Sample Name", "")).replace(_MARK, "").strip(" ,"),
        "instrument": "Malvern Mastersizer 2000",
        "started": _date(named.get("Measurement date and time")),
        "particle": str(named.get("Particle name", "")),
        "dispersant": str(named.get("Dispersant name", "")),
        "optics": optics,
        "basis": kind,
        "vendor": vendor,
    }
    if any(_MARK in str(cell) for cell in row):
        meta["simulated"] = True
    try:
        return histogram(edges, np.array(shares, dtype=float), meta)
    except InputError as error:
        raise InputError(error.what, f"{where} {error.where}".strip(), error.hint) from error


def _date(cell: object) -> str:
    return cell.isoformat(sep=" ") if isinstance(cell, datetime) else str(cell or "")


def write(measurement: Measurement) -> bytes:
    """Write one record in this format as .csv; simulated data are marked in the operator's notes."""
    edges = np.append(measurement["lower_size_micrometre"], measurement["upper_size_micrometre"][-1])
    vendor = measurement.meta.get("vendor", {})
    optics = measurement.meta.get("optics", {})
    values: dict[str, object] = {
        "Sample Name": measurement.meta.get("title", ""),
        "Measurement date and time": measurement.meta.get("started", ""),
        "Particle name": measurement.meta.get("particle", ""),
        "Dispersant name": measurement.meta.get("dispersant", ""),
        "Result transform type": str(measurement.meta.get("basis", "volume")).capitalize(),
    }
    values |= {head: optics.get(key, "") for head, key in _OPTICS.items()}
    values |= {head: vendor.get(key, "") for head, key in _VENDOR.items()}
    blank = [""] * (len(edges) - 1)
    note = _MARK if measurement.is_simulated else ""
    lines: list[list[object]] = [
        [*values, f"{_START} (Sizes in um)", *blank, "Operator Notes"],
        [*[""] * len(values), *(f"{edge:.6f}".rstrip("0").rstrip(".") for edge in edges), ""],
        [
            *values.values(),
            "",
            *(f"{share:.6f}".rstrip("0").rstrip(".") for share in measurement["share_percent"]),
            note,
        ],
    ]
    return "".join(",".join(_quoted(part) for part in line) + "\r\n" for line in lines).encode("latin-1", "replace")


def _quoted(part: object) -> str:
    text = str(part)
    return f'"{text}"' if "," in text else text
