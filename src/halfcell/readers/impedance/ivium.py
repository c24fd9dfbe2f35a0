"""Ivium data files (.idf, .ids) with impedance: settings as text, then the rows of each scan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import record_checks, text_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".idf", ".ids")

_METHOD = re.compile(rb"\nMethod=([^\r\n]*)")
_TITLE = re.compile(rb"\nTitle=([^\r\n]*)")
_SCAN = re.compile(rb"primary_data\s*\n\s*(\d{1,12})\s*\n\s*(\d{1,12})\s*\n")


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with Ivium's settings."""
    head = raw.head
    return b"\x00" in head[:64] and b"Method=" in head and b"Current Range=" in head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan of an impedance file.

    Raises
    ------
    InputError
        If the method is not impedance, or the file ends within a scan.
    """
    content = text_files.lines_as_lf(raw.read())
    method = _METHOD.search(content)
    name = method[1].decode("latin-1").strip() if method else ""
    if name != "Impedance":
        raise InputError(f"Ivium's method {name!r} is not supported", hint="only impedance is; export others as text")
    scans = [_scan(content, match) for match in _SCAN.finditer(content)]
    if not scans:
        raise InputError("the file ends before its first scan", hint="copy it from the instrument again")
    title = _TITLE.search(content)
    meta = {"instrument": "Ivium", "title": title[1].decode("latin-1").strip() if title else ""}
    made = []
    for number, table in enumerate(scans, start=1):
        columns = {
            "frequency_hertz": table[:, 2].copy(),
            "real_impedance_ohm": table[:, 0].copy(),
            "imaginary_impedance_ohm": table[:, 1].copy(),
        }
        notes = record_checks.check(columns, ("frequency_hertz",))
        own = meta if len(scans) == 1 else {**meta, "title": f"{meta['title']} {number}".strip()}
        made.append(Measurement(technique="impedance", columns=columns, meta=own, notes=notes))
    return tuple(made)


def _scan(content: bytes, match: re.Match[bytes]) -> NDArray[np.float64]:
    width, count = int(match[1]), int(match[2])
    rows = content[match.end() :].split(b"\n", count)[:count]
    line = content[: match.end()].count(b"\n") + 1
    if width < 3 or len(rows) < count:
        raise InputError(f"{len(rows)} of {count} rows", f"line {line}", "the file is truncated")
    try:
        table = np.array([[float(part) for part in row.split()[:3]] for row in rows])
    except ValueError as error:
        raise InputError(f"a value is not a number: {error}", f"after line {line}", "copy or export it again") from None
    if table.shape != (count, 3) or not (table[:, 2] > 0).all():
        raise InputError("a row is not Z', Z'', frequency", f"after line {line}", "copy or export it again")
    return table
