"""Rigaku RAS diffractograms (text), of one or several scans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import SINGLE_BYTE, numbers
from halfcell.readers.common.rigaku_scan import axis_positions, no_map, scan

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".ras",)

_KEY = re.compile(r'^\*(\S+)\s+"(.*)"\s*$')


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the RAS data mark."""
    return raw.head.lstrip()[:15] == b"*RAS_DATA_START"


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan.

    Raises
    ------
    InputError
        If a scan is shorter than its header states, or not a scan over 2theta, or the scans are those of a map.
    """
    found: list[Measurement] = []
    heads: list[dict[str, str]] = []
    head: dict[str, str] = {}
    rows: list[str] | None = None
    for line in raw.read().decode(SINGLE_BYTE).splitlines():
        if line.startswith("*RAS_HEADER_START"):
            head = {}
        elif line.startswith("*RAS_INT_START"):
            rows = []
        elif line.startswith("*RAS_INT_END") and rows is not None:
            found.append(_scan(rows, head))
            heads.append(head)
            rows = None
        elif match := _KEY.match(line):
            head[match[1]] = match[2]
        elif rows is not None:
            rows.append(line)
    if rows is not None or not found:
        raise InputError("the file ends within a scan", hint="the file is truncated")
    no_map(found, [axis_positions(one) for one in heads])
    return tuple(found)


def _scan(rows: list[str], head: dict[str, str]) -> Measurement:
    values = numbers(" ".join(rows))
    if len(values) % 3:
        raise InputError(f"{len(values)} numbers are not rows of three", hint="copy or export it again")
    if "MEAS_SCAN_STEP" in head:
        head["STEP"] = head["MEAS_SCAN_STEP"]
    return scan(values.reshape(-1, 3), head)
