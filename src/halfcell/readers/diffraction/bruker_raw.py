"""Bruker/Siemens RAW diffractograms (binary): RAW1.01 and RAW4.00, of one or several ranges."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_SCAN
from halfcell.core.result import Note
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.diffractogram import SINGLE_BYTE, pattern, same_angles_again, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".raw",)

_V3_FILE, _V3_RANGE = 712, 304  # bytes of the two headers of RAW1.01
_V3_RECORDS = {0, *range(4, 65, 4)}  # bytes of a point: the counts, then other values; 0 is not stated
_V4_FILE, _V4_RANGE = 61, 160
_V4_DRIVE, _V4_DRIVES = 50, {"Theta": "theta", "Chi": "chi", "Phi": "phi"}


def recognises(raw: RawFile) -> bool:
    """Whether the file starts like one of these versions (versions 1 and 2 have a reader of their own)."""
    return raw.head[:7] in {b"RAW1.01", b"RAW4.00"}


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every range.

    Raises
    ------
    InputError
        If the file is shorter than its headers state, or its ranges are those of a map.
    """
    content = raw.read()
    try:
        found, axes = _parse_v3(content) if content.startswith(b"RAW1.01") else _parse_v4(content)
    except struct.error as error:
        raise InputError("the file is truncated in a header", hint="copy it from the instrument again") from error
    for axis, places in axes.items():
        if what := same_angles_again(found, axis, places):
            raise InputError(what, hint="it is no powder diffractogram; measure or export a single scan over 2theta")
    return found


def _text(content: bytes, start: int, length: int) -> str:
    return content[start : start + length].split(b"\0")[0].decode(SINGLE_BYTE).strip()


def _counts(content: bytes, start: int, steps: int, width: int = 4) -> NDArray[np.float64]:
    """The counts of a range: the first 4-byte float of each point, which may have more values behind it."""
    if not 0 < steps <= MAX_SCAN:
        raise InputError(f"a range of {steps} steps", hint="unknown layout of the head")
    if start < 0 or start + width * steps > len(content):
        held = max(len(content) - start, 0) // width
        raise InputError(f"{held} of {steps} points found", hint="the file is truncated")
    with np.errstate(invalid="ignore"):  # a damaged file may have signalling NaN; `pattern` refuses them
        return floats(content, "<f4", steps * width // 4, start)[:: width // 4]


def _parse_v3(content: bytes) -> tuple[tuple[Measurement, ...], dict[str, list[float]]]:
    """RAW1.01: file header of 712 bytes, then each range's header, supplement and records that begin with a float.

    Also where theta, chi and phi stood at the start of each range.
    """
    ranges = struct.unpack_from("<I", content, 12)[0]
    if not 0 < ranges < 10_000:
        raise InputError(f"{ranges} ranges", hint="unknown layout of the head")
    radius = struct.unpack_from("<f", content, 564)[0]
    average, alpha1, alpha2, _, ratio = struct.unpack_from("<5d", content, 616)
    common = _waves(alpha1 or average, alpha2, ratio) | {
        "sample": _text(content, 326, 60),
        "started": f"{_text(content, 16, 10)} {_text(content, 26, 10)}".strip(),
        "anode": _text(content, 608, 4),
        "radius_mm": radius if radius > 0 else None,
    }
    found, start = [], _V3_FILE
    axes: dict[str, list[float]] = {"theta": [], "chi": [], "phi": []}
    for _ in range(ranges):
        length, steps, theta, two_theta, chi, phi = struct.unpack_from("<II4d", content, start)
        if length != _V3_RANGE:
            what = f"unknown layout: a range header of {length} bytes at byte {start}, expected {_V3_RANGE}"
            raise InputError(what, hint="export it as UXD, XRDML or xy")
        step = struct.unpack_from("<d", content, start + 176)[0]
        seconds = struct.unpack_from("<f", content, start + 192)[0]
        width, supplement = struct.unpack_from("<II", content, start + 252)
        if width not in _V3_RECORDS:
            raise InputError(f"{width} bytes per point", hint="4 to 64 are supported: export it as UXD, XRDML or xy")
        begin = start + length + supplement
        meta = common | {"counting_time_second": seconds, "intensity_unit": "counts"}
        found.append(pattern(uniform(two_theta, step, steps), _counts(content, begin, steps, width or 4), meta))
        for name, place in (("theta", theta), ("chi", chi), ("phi", phi)):
            axes[name].append(place)
        start = begin + (width or 4) * steps
    return tuple(found), axes


def _waves(alpha1: float, alpha2: float, ratio: float) -> dict[str, Json]:
    sound = 0.1 < alpha1 < 10
    return {
        "wavelength_angstrom": alpha1 if sound else None,
        "wavelength2_angstrom": alpha2 if sound and 0.1 < alpha2 < 10 else None,
        "wavelength_ratio": ratio if sound and 0 <= ratio <= 1 else None,
    }


def _parse_v4(content: bytes) -> tuple[tuple[Measurement, ...], dict[str, list[float]]]:
    """RAW4.00: file header of 61 bytes, segments (type, length, content), then the ranges."""
    meta: dict[str, Json] = {"started": f"{_text(content, 12, 12)} {_text(content, 24, 10)}".strip()}
    place = _V4_FILE
    while (kind := struct.unpack_from("<I", content, place)[0]) not in {0, 160}:
        length = struct.unpack_from("<I", content, place + 4)[0]
        if length < 8:
            raise InputError(f"a segment of {length} bytes at {place}", hint="copy or export it again")
        if kind == 10 and _text(content, place + 12, 24) == "SAMPLEID":
            meta["sample"] = _text(content, place + 36, length - 36)
        elif kind == 30:
            _, alpha1, alpha2, _, ratio = struct.unpack_from("<5d", content, place + 72)
            meta |= _waves(alpha1, alpha2, ratio) | {"anode": _text(content, place + 116, 4)}
        place += length
    found: list[Measurement] = []
    axes: dict[str, list[float]] = {}
    while place + _V4_RANGE <= len(content) and struct.unpack_from("<I", content, place)[0] in {0, 160}:
        for axis, start in _drives_v4(content, place).items():
            axes.setdefault(axis, []).append(start)
        measurement, place = _range_v4(content, place, meta)
        found.append(measurement)
    if not found:
        raise InputError("no range of data", hint="copy or export it again")
    return tuple(found), axes


def _drives_v4(content: bytes, place: int) -> dict[str, float]:
    """Where the drives of the goniometer stood at the start of a range, from the segments between head and data."""
    found: dict[str, float] = {}
    end = place + _V4_RANGE + struct.unpack_from("<I", content, place + 140)[0]
    place += _V4_RANGE
    while place + 8 <= min(end, len(content)):
        kind, length = struct.unpack_from("<II", content, place)
        name = _V4_DRIVES.get(_text(content, place + 12, 24)) if kind == _V4_DRIVE and length >= 64 else None
        if name and place + 64 <= len(content):
            found[name] = struct.unpack_from("<d", content, place + 56)[0]
        place += max(length, 8)
    return found


def _range_v4(content: bytes, place: int, common: dict[str, Json]) -> tuple[Measurement, int]:
    scan = _text(content, place + 32, 24)
    start, step, steps, seconds = struct.unpack_from("<ddIf", content, place + 72)
    width, supplement = struct.unpack_from("<II", content, place + 136)
    if width not in {4, 8}:
        raise InputError(f"{width} bytes per point", hint="4 or 8 are supported: export it as UXD, XRDML or xy")
    begin = place + _V4_RANGE + supplement
    counts = _counts(content, begin, steps, width)
    meta = common | {"scan": scan, "counting_time_second": seconds, "intensity_unit": "counts"}
    notes: tuple[Note, ...] = ()
    if "coupled" not in scan.lower() and "2theta" not in scan.lower():
        notes = (Note("doubt", "scan_type", f"the scan is of type {scan!r}: the angles may not be 2theta"),)
    return pattern(uniform(start, step, steps), counts, meta, notes), begin + width * steps
