"""Rigaku .asc and .dat diffractograms (text with ``*BEGIN`` and ``*COUNT``), of one or several groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import SINGLE_BYTE, numbers, pattern, rate_to_counts, uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".asc", ".dat", ".txt")

_KEY = re.compile(r"^\*(\w+)\s*=\s*(.*)$")
_TARGETS = {"24": "Cr", "26": "Fe", "27": "Co", "29": "Cu", "42": "Mo", "47": "Ag"}  # atomic numbers


def recognises(raw: RawFile) -> bool:
    """Whether the head has the keys ``*TYPE`` and ``*GROUP_COUNT`` or ``*BEGIN`` of the format."""
    text = raw.head[:65536].decode(SINGLE_BYTE)
    return bool(
        re.search(r"^\*TYPE\s*=", text, re.MULTILINE) and re.search(r"^\*(BEGIN|GROUP_COUNT)", text, re.MULTILINE)
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every group.

    Raises
    ------
    InputError
        If a group does not end, is shorter than its head states, or is not over 2theta.
    """
    common: dict[str, str] = {}
    found: list[Measurement] = []
    head: dict[str, str] | None = None
    rows: list[str] = []
    for line in (line.strip() for line in raw.read().decode(SINGLE_BYTE).splitlines()):
        if line == "*BEGIN":
            head, rows = {}, []
        elif line == "*END" and head is not None:
            found.append(_group(common | head, rows))
            head = None
        elif match := _KEY.match(line):
            (common if head is None else head)[match[1]] = match[2].strip()
        elif head is not None and line and not line.startswith(("#", "*")):
            rows.append(line)
    if head is not None or not found:
        raise InputError("the file ends within a group", hint="the file is truncated")
    stated = common.get("GROUP_COUNT", "")
    if stated.isdigit() and int(stated) != len(found):
        raise InputError(f"{len(found)} of {stated} groups found", hint="the file is truncated")
    return tuple(found)


def _group(head: Mapping[str, str], rows: Sequence[str]) -> Measurement:
    kind = head.get("SCAN_AXIS", "2theta/theta")
    if "2theta" not in kind.lower().replace("-", ""):
        raise InputError(f"a scan over {kind}", hint="only scans over 2theta are read")
    stated = round(_number(head, "COUNT") or 0)
    given = [row for row in rows if row != "..."]
    counts = numbers(" ".join(given).replace(",", " "))
    if len(counts) != stated or len(given) != len(rows):
        raise InputError(
            f"{len(counts)} of {stated} points found", hint="the file is truncated, or lines were left out"
        )
    start, step, stop = (_number(head, key) for key in ("START", "STEP", "STOP"))
    if start is None or step is None:
        raise InputError("a group without *START or *STEP", hint="export it again")
    if stop is not None and abs(start + step * (stated - 1) - stop) > 1.5 * abs(step):
        what = f"{stated} points from {start:g} in steps of {step:g} do not end at {stop:g} degrees"
        raise InputError(what, hint="unknown layout of the head")
    notes: tuple[Note, ...] = ()
    meta = _meta(head)
    if "cps" in head.get("YUNIT", "").lower():
        speed = _number(head, "SPEED")  # degrees per minute, or seconds per step in a step scan
        seconds = speed if "step" in head.get("SCAN_MODE", "").lower() or not speed else 60 * abs(step) / speed
        counts, notes, meta["intensity_unit"] = rate_to_counts(counts, seconds)
    return pattern(uniform(start, step, stated), counts, meta, notes)


def _meta(head: Mapping[str, str]) -> dict[str, Json]:
    target = head.get("TARGET", "")
    return {
        "sample": head.get("SAMPLE", ""),
        "anode": _TARGETS.get(target, target if target.isalpha() else ""),
        "wavelength_angstrom": _number(head, "WAVE_LENGTH1"),
        "wavelength2_angstrom": _number(head, "WAVE_LENGTH2"),
        "started": head.get("DATE", ""),
        "instrument": head.get("GONIO", ""),
        "intensity_unit": "counts",
    }


def _number(head: Mapping[str, str], key: str) -> float | None:
    try:
        return float(head[key]) if head.get(key) else None
    except ValueError as error:
        raise InputError(f"*{key} is {head[key]!r}, not a number", hint="unknown layout of the head") from error
