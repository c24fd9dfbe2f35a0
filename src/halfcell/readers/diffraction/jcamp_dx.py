"""JCAMP-DX diffractograms (.jdx, .dx) with uncompressed numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import numbers, pattern, rate_to_counts
from halfcell.readers.common.diffractogram_head import TWO_THETA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.core.result import Note

    Array = NDArray[np.float64]

VERSION = "1"
SUFFIXES = (".jdx", ".dx", ".jcamp")

_LABEL = re.compile(r"^##([^=]*)(?:=(.*))?$")
_DATA = ("XYDATA", "XYPOINTS", "PEAKTABLE")
_PLAIN = re.compile(r"[-+0-9.eE,;\s]*")
_NEAR = 1e-3  # degrees, by which stated ends may differ from the table, which has fewer digits


def recognises(raw: RawFile) -> bool:
    """Whether the labels are those of JCAMP-DX and say 2theta or a diffraction pattern."""
    text = raw.head.decode("utf-8", "replace")
    if not re.search(r"^##JCAMP-?DX\s*=", text, re.MULTILINE | re.IGNORECASE):
        return False
    return bool(re.search(r"(?im)^##DATA ?TYPE\s*=.*(?:XRD|diffract)", text)) or any(
        TWO_THETA.search(line) for line in text.splitlines() if line.upper().startswith("##XUNITS")
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the table of the file.

    Raises
    ------
    InputError
        If the axis is not 2theta, the numbers are compressed, or there are not as many as the file states.
    """
    labels, rows = _labels(raw.read().decode("utf-8-sig", "replace"))
    units = labels.get("XUNITS", "")
    if not TWO_THETA.search(units):
        raise InputError(f"the axis is {units!r}", hint="only 2theta in degrees is read")
    text = "\n".join(rows)
    if not _PLAIN.fullmatch(text):
        raise InputError("the numbers are compressed (ASDF), or text stands among them", hint="export it as AFFN or xy")
    x, y = _steps(labels, rows) if "++" in labels["FORM"] else _pairs(text)
    x, y = x * _factor(labels, "XFACTOR"), y * _factor(labels, "YFACTOR")
    _as_stated(labels, x)
    meta: dict[str, Json] = {
        "sample": labels.get("TITLE", ""),
        "started": labels.get("$STARTTIME", ""),
        "wavelength_angstrom": _number(labels, "$WAVELENGTH"),
        "anode": labels.get("$ANODE", ""),
        "intensity_unit": "counts",
    }
    notes: tuple[Note, ...] = ()
    if re.search(r"(?i)cps|/\s*s|per s", labels.get("YUNITS", "")):
        y, notes, meta["intensity_unit"] = rate_to_counts(y, None)
    return (pattern(x, y, meta, notes),)


def _labels(text: str) -> tuple[dict[str, str], list[str]]:
    """The labelled records, with the form of the table as FORM, and the lines of the table."""
    labels: dict[str, str] = {}
    rows: list[str] = []
    last, ended = "", False
    for line in text.splitlines():
        if match := _LABEL.match(line):
            last = re.sub(r"[\s/_-]", "", match[1]).upper()
            ended = ended or last == "END"
            if last in _DATA:
                if "FORM" in labels:
                    raise InputError("several tables in one file", hint="export the scans one by one")
                labels["FORM"] = (match[2] or "").strip()
            labels.setdefault(last, (match[2] or "").split("$$")[0].strip())
        elif last in _DATA and line.strip():
            rows.append(line.split("$$")[0])
    if "FORM" not in labels or not ended:
        raise InputError("no table, or no ##END", hint="copy or export it again")
    return labels, rows


def _pairs(text: str) -> tuple[Array, Array]:
    values = numbers(re.sub(r"[,;]", " ", text), "data")
    if len(values) % 2:
        raise InputError(f"an odd number of values ({len(values)}), not pairs", hint="copy or export it again")
    return values[0::2], values[1::2]


def _steps(labels: Mapping[str, str], rows: list[str]) -> tuple[Array, Array]:
    """Intensities in rows that each start with an abscissa; angles from the first, the last and the number."""
    y = np.concatenate([numbers(row.replace(",", " "), "data")[1:] for row in rows if row.strip()])
    first, last = _number(labels, "FIRSTX"), _number(labels, "LASTX")
    if first is None or last is None:
        raise InputError("no FIRSTX or LASTX", hint="export the file again")
    return np.linspace(first, last, len(y)) / _factor(labels, "XFACTOR"), y


def _as_stated(labels: Mapping[str, str], x: Array) -> None:
    """Check the number of points and the ends of the axis.

    Raises
    ------
    InputError
        If they are not those that the file states.
    """
    stated = _number(labels, "NPOINTS")
    if stated is not None and round(stated) != len(x):
        raise InputError(f"{len(x)} of {stated:g} points found", hint="the file is truncated or damaged")
    ends = (("FIRSTX", 0), ("LASTX", -1))
    for key, place in ends:
        number = _number(labels, key)
        if number is not None and len(x) and abs(number - x[place]) > _NEAR:
            raise InputError(f"{key} is {number:g}, but the table has {x[place]:g}", hint="copy or export it again")


def _factor(labels: Mapping[str, str], key: str) -> float:
    return _number(labels, key) or 1.0


def _number(labels: Mapping[str, str], key: str) -> float | None:
    return float(numbers(labels[key].replace(",", "."), key)[0]) if labels.get(key) else None
