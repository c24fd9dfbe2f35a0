"""Hysitron TriboScan indentation, exported as text: depth, load, time; also written here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.units import UnitSet

if TYPE_CHECKING:
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_HEAD = re.compile(
    rb"Number of Points\s*=\s*(\d+)\s*\r?\n\s*Depth \((nm|um|\xb5m)\)\tLoad \((\xb5N|uN|mN)\)\tTime \(s\)"
)
_UNITS = UnitSet(("nm", "um", "uN", "mN"), into=("m", "N"), any_case=False)
_MARK = "simulated by halfcell"
_NO_DATE = "Thu Jan 01 00:00:00 1970"  # simulated tests have no date


def recognises(raw: RawFile) -> bool:
    """Whether the number of points is followed by the column headers of depth, load and time."""
    return _HEAD.search(raw.head[:2000]) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one test; depth and load as exported, already corrected for the frame compliance."""
    content = raw.read()
    head = _HEAD.search(content[:2000])
    if head is None:
        raise InputError("no column header for depth, load and time")
    promised, depth_unit, load_unit = (part.decode("latin-1") for part in head.groups())
    first = content[: head.start()].decode("latin-1").strip()
    body = content[content.index(b"\n", head.end()) :].decode("latin-1")
    rows = _rows(body, content[: head.end()].count(b"\n") + 2)
    if len(rows) < int(promised):
        raise InputError(f"{len(rows)} of {promised} points found", hint="the file is truncated")
    depth, load, time = np.array(rows, dtype=float).T
    columns = {
        "test_time_second": time,
        "depth_metre": depth * _UNITS[depth_unit],
        "load_newton": load * _UNITS[load_unit],
    }
    meta: dict[str, object] = {"instrument": "Hysitron", "started": first.replace(_MARK, "").strip()}
    if _MARK in first:
        meta = {"instrument": "Hysitron", "simulated": True}
    return (Measurement(technique="indentation", columns=columns, meta=meta),)


def _rows(body: str, first_line: int) -> list[list[float]]:
    rows = []
    for number, line in enumerate(body.lstrip("\r\n").splitlines(), first_line):
        cells = line.split("\t")
        if not line.strip():
            continue
        try:
            rows.append([float(cell) for cell in cells[:3]])
        except ValueError:
            raise InputError(f"{line[:40]!r} is not a row of numbers", f"line {number}") from None
        if len(rows[-1]) < 3 or not np.all(np.isfinite(rows[-1])):
            raise InputError(
                f"unknown layout: {line[:40]!r}", f"line {number}", "expected three numbers: depth, load and time"
            )
    return rows


def write(measurement: Measurement) -> bytes:
    """Write depth (nm), load (µN) and time (s) in this format; simulated tests are marked in the first line."""
    names = ("depth_metre", "load_newton", "test_time_second")
    depth, load, time = (np.asarray(measurement[name], dtype=float) for name in names)
    started = str(measurement.meta.get("started", _NO_DATE))
    first = f"{started}  {_MARK}" if measurement.is_simulated else started
    lines = [first, "", f"Number of Points = {len(time)}", "Depth (nm)\tLoad (µN)\tTime (s)"]
    lines += [f"{h * 1e9:.6f}\t{p * 1e6:.6f}\t{t:.6f}" for h, p, t in zip(depth, load, time, strict=True)]
    return ("\n".join(lines) + "\n").encode("latin-1")
