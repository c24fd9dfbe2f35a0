"""Rigaku .raw diffractograms (binary, ``FI``), of one or several scans.

Rigaku does not publish the layout: it is what others found in their files. It was not tried on a real file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.diffractogram import pattern, plausible_wavelengths, uniform

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".raw",)

# Rigaku does not publish the layout. Two are known from what others found in their files: one with parts named PI
# (angles) and DA (counts), and one with a fixed head. Both are read only if the number of points that follows from the
# angles is that of the file.
_ANGLES_IN_PART, _COUNT_IN_PART, _DATA_IN_PART = 826, 16, 20  # bytes after PI; after DA
_PART_WAVES = 1212
_FIXED_WAVES, _FIXED_ANGLES = 984, 3004
_FIXED_HEAD = (3016, 3300)  # bytes between which the counts begin


class _Range(NamedTuple):
    start: float
    stop: float
    step: float

    @property
    def points(self) -> int:
        return round((self.stop - self.start) / self.step) + 1

    @property
    def is_sound(self) -> bool:
        steps = (self.stop - self.start) / self.step if self.step > 1e-5 else -1.0
        inside = np.isfinite(self).all() and -20 <= self.start < self.stop <= 180
        return bool(inside and 1 < steps < 1e6 and abs(steps - round(steps)) < 0.02)


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with ``FI`` and is binary."""
    return raw.head[:2] == b"FI" and b"\0" in raw.head[:64]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every scan.

    Raises
    ------
    InputError
        If the layout is none of those known, or the file ends before the points that its angles ask for.
    """
    content = raw.read()
    found = _in_parts(content) or _with_fixed_head(content)
    if not found:
        what = f"unknown layout of a Rigaku .raw file: no angles after a mark PI, or at byte {_FIXED_ANGLES}"
        raise InputError(what, hint="export it from the instrument's software as .ras, .asc or text")
    return tuple(found)


def _range(content: bytes, place: int) -> _Range | None:
    if place + 12 > len(content):
        return None
    with np.errstate(all="ignore"):
        made = _Range(*(round(value, 6) for value in struct.unpack_from("<3f", content, place)))
        return made if made.is_sound else None


def _in_parts(content: bytes) -> list[Measurement]:
    """Scans as parts: PI with the angles, then DA with a count and 4-byte floats."""
    found: list[Measurement] = []
    place = 0
    while (place := content.find(b"PI", place)) >= 0:
        scan = _range(content, place + _ANGLES_IN_PART)
        mark = content.find(b"DA", place + _ANGLES_IN_PART + 12) if scan else -1
        if scan is None or mark < 0:
            place += 2
            continue
        stated = int.from_bytes(content[mark + _COUNT_IN_PART : mark + _DATA_IN_PART], "little")
        if stated != scan.points:
            what = f"unknown layout: {stated} points are stated at byte {mark + _COUNT_IN_PART}"
            raise InputError(f"{what}, the angles ask for {scan.points}", hint="export it as .ras, .asc or text")
        found.append(_scan(content, scan, mark + _DATA_IN_PART, _PART_WAVES))
        place = mark + _DATA_IN_PART + 4 * scan.points
    return found


def _with_fixed_head(content: bytes) -> list[Measurement]:
    """One scan: the counts are the end of the file."""
    scan = _range(content, _FIXED_ANGLES)
    if scan is None:
        return []
    begin = len(content) - 4 * scan.points
    if begin < _FIXED_HEAD[0]:
        held = (len(content) - _FIXED_HEAD[0]) // 4
        raise InputError(f"at most {held} of {scan.points} points found", hint="the file is truncated")
    if begin > _FIXED_HEAD[1]:
        what = f"unknown layout: {begin} bytes before the {scan.points} points that the angles ask for"
        raise InputError(what, hint="export it from the instrument's software as .ras, .asc or text")
    return [_scan(content, scan, begin, _FIXED_WAVES)]


def _scan(content: bytes, scan: _Range, begin: int, waves: int) -> Measurement:
    if begin + 4 * scan.points > len(content):
        held = (len(content) - begin) // 4
        raise InputError(f"{held} of {scan.points} points found", hint="the file is truncated")
    with np.errstate(invalid="ignore"):
        counts = floats(content, "<f4", scan.points, begin)
    first, second = struct.unpack_from("<2d", content, waves)
    meta: dict[str, Json] = {**plausible_wavelengths(first, second), "intensity_unit": "counts"}
    return pattern(uniform(scan.start, scan.step, scan.points), counts, meta)
