"""Siemens DIFFRAC-AT .raw diffractograms (binary), versions 1 (RAW) and 2 (RAW2), of one or several ranges.

The layout is that of the DIFFRAC-AT manual, as xylib reads it; it was not tried on a real file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_SCAN
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.diffractogram import SINGLE_BYTE, pattern, plausible_wavelengths, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".raw",)

_V1_RANGE = 156  # bytes of a range's head with its mark
_V2_FILE, _V2_RANGE = 256, 48  # bytes of the head of the file, and the least of that of a range


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with ``RAW2``, or with ``RAW`` and a blank."""
    return raw.head[:4] in {b"RAW ", b"RAW2"} and b"\0" in raw.head[:512]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every range.

    Raises
    ------
    InputError
        If the file is shorter than its heads state.
    """
    content = raw.read()
    try:
        return _version1(content) if content.startswith(b"RAW ") else _version2(content)
    except struct.error as error:
        raise InputError("the file ends within a head", hint="the file is truncated") from error


def _counts(content: bytes, begin: int, steps: int) -> NDArray[np.float64]:
    if not 0 < steps <= MAX_SCAN:
        raise InputError(f"a range of {steps} steps", hint="unknown layout of the head")
    if begin + 4 * steps > len(content):
        held = max(len(content) - begin, 0) // 4
        raise InputError(f"{held} of {steps} points found", hint="the file is truncated")
    with np.errstate(invalid="ignore"):
        return floats(content, "<f4", steps, begin)


def _version1(content: bytes) -> tuple[Measurement, ...]:
    """Each range has a head of 156 bytes, whose mark early programs left out from the second range on."""
    found: list[Measurement] = []
    place, follows = 0, 1
    while follows:
        begin = place + 4 if content[place : place + 4] == b"RAW " else place
        steps, seconds, step = struct.unpack_from("<Iff", content, begin)
        start = struct.unpack_from("<f", content, begin + 20)[0]
        first, second = struct.unpack_from("<2f", content, begin + 68)
        follows = struct.unpack_from("<I", content, begin + 148)[0]
        place = begin + _V1_RANGE - 4
        meta: dict[str, Json] = {
            **plausible_wavelengths(round(first, 6), round(second, 6)),
            "sample": content[begin + 36 : begin + 68].split(b"\0")[0].decode(SINGLE_BYTE).strip(),
            "counting_time_second": round(seconds, 6) if seconds > 0 else None,
            "intensity_unit": "counts",
        }
        found.append(pattern(uniform(round(start, 5), round(step, 6), steps), _counts(content, place, steps), meta))
        place += 4 * steps
    return tuple(found)


def _version2(content: bytes) -> tuple[Measurement, ...]:
    """The head of the file has 256 bytes; each range states the length of its own head."""
    ranges = struct.unpack_from("<H", content, 4)[0]
    if not ranges:
        raise InputError("no range of data", hint="nothing was measured, or unknown layout of the head")
    first, second, ratio = struct.unpack_from("<3f", content, 190)
    common: dict[str, Json] = {
        **plausible_wavelengths(round(first, 6), round(second, 6), round(ratio, 4)),
        "anode": content[188:190].decode(SINGLE_BYTE).strip("\0 "),
        "started": content[168:188].split(b"\0")[0].decode(SINGLE_BYTE).strip(),
        "intensity_unit": "counts",
    }
    found: list[Measurement] = []
    place = _V2_FILE
    for _ in range(ranges):
        length, steps, _, seconds, step, start = struct.unpack_from("<HHIfff", content, place)
        if length < _V2_RANGE:
            what = f"unknown layout: a range's head of {length} bytes at byte {place}, at least {_V2_RANGE} expected"
            raise InputError(what, hint="export it as UXD, XRDML or xy")
        meta = common | {"counting_time_second": round(seconds, 6) if seconds > 0 else None}
        counts = _counts(content, place + length, steps)
        found.append(pattern(uniform(round(start, 5), round(step, 6), steps), counts, meta))
        place += length + 4 * steps
    return tuple(found)
