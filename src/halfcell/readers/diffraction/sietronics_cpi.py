"""Sietronics .cpi diffractograms (text, ``SIETRONICS XRD SCAN``).

The layout is that of the example in xylib; it was not tried on a real file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import SINGLE_BYTE, numbers, pattern, plausible_wavelengths, uniform

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".cpi",)

_FIRST, _DATA = "SIETRONICS XRD SCAN", "SCANDATA"
_HEAD = 9  # lines before the counts


def recognises(raw: RawFile) -> bool:
    """Whether the first line is that of the format."""
    return raw.head.startswith(_FIRST.encode())


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the scan: first and last angle, step, anode, wavelength, date, time per step, sample, counts.

    Raises
    ------
    InputError
        If a line of the head is not what the format has there, or the points are not as many as the angles ask for.
    """
    lines = [line.strip() for line in raw.read().decode(SINGLE_BYTE).splitlines()]
    if _DATA not in lines:
        raise InputError(f"no line {_DATA}", hint="copy or export it again")
    begin = lines.index(_DATA)
    if begin < _HEAD:
        what = f"unknown layout: {_DATA} in line {begin + 1}, expected in line {_HEAD + 1}"
        raise InputError(what, hint="export it as xy")
    start, stop, step = (_number(lines, place) for place in (1, 2, 3))
    counts = numbers(" ".join(lines[begin + 1 :]))
    if step <= 0:
        raise InputError(f"line 4: a step of {step:g}", hint="unknown layout of the head")
    stated = round((stop - start) / step) + 1
    if len(counts) != stated:
        raise InputError(f"{len(counts)} of {stated} points found", hint="the file is truncated or damaged")
    meta: dict[str, Json] = {
        **plausible_wavelengths(_number(lines, 5)),
        "anode": lines[4],
        "started": lines[6],
        "counting_time_second": _number(lines, 7),
        "sample": lines[8],
        "intensity_unit": "counts",
    }
    return (pattern(uniform(start, step, stated), counts, meta),)


def _number(lines: list[str], place: int) -> float:
    try:
        return float(lines[place])
    except ValueError as error:
        what = f"unknown layout: line {place + 1} is {lines[place][:30]!r}, expected a number"
        raise InputError(what, hint="export it as xy") from error
