"""STOE .raw powder diffractograms (binary, RAW_1.05 and RAW_1.06), of one or several ranges.

The layout is that of STOE's declarations as used by DASH; it was not tried on a real file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import SINGLE_BYTE, pattern, plausible_wavelengths, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".raw",)

_RECORD = 512  # bytes; records are numbered from one
_RANGES = 8  # at most in one file
_WAVES, _SCAN_TYPE, _USE, _DONE, _HISTORY, _LAST, _HEADS = 322, 360, 366, 378, 472, 476, 480
_OMEGA_SCAN = 2
_MAPS = {2: "omega", 3: "the position of the sample"}  # what changes from range to range
_BACKGROUND, _STRIPPED = 6, 7  # bits of the history of a range


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with ``RAW_1.`` like those of STOE."""
    return raw.head[:6] == b"RAW_1."


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every range that was measured.

    Raises
    ------
    InputError
        If the version is not known, the ranges are those of a map, or the file is shorter than its head states.
    """
    content = raw.read()
    version = content[4:8].decode(SINGLE_BYTE)
    if version not in {"1.05", "1.06"}:
        raise InputError(f"STOE RAW version {version} is not known", hint="export it as xy; 1.05 and 1.06 are read")
    if len(content) < _RECORD:
        raise InputError(f"{len(content)} bytes, the head has {_RECORD}", hint="the file is truncated")
    last = struct.unpack_from("<H", content, _LAST)[0]
    if last * _RECORD > len(content):
        raise InputError(f"{len(content)} of {last * _RECORD} bytes found", hint="the file is truncated")
    use, done = (struct.unpack_from("<h", content, place)[0] for place in (_USE, _DONE))
    if use in _MAPS:
        what = f"a series of {done} scans, each at another value of {_MAPS[use]}"
        raise InputError(what, hint="it is no powder diffractogram; export a single scan over 2theta")
    if not 0 < done <= _RANGES:
        raise InputError(f"{done} ranges measured", hint="nothing was measured, or unknown layout of the head")
    heads = struct.unpack_from(f"<{done}H", content, _HEADS)
    return tuple(_range(content, (head - 1) * _RECORD) for head in heads)


def _range(content: bytes, place: int) -> Measurement:
    if not _RECORD <= place <= len(content) - _RECORD:
        raise InputError(f"a range at byte {place}", hint="unknown layout: copy or export it again")
    points, _, form = struct.unpack_from("<3H", content, place + 34)
    factor, start, _, stop, _, step, _, seconds = struct.unpack_from("<8f", content, place + 40)
    start, stop, step = (round(value, 6) for value in (start, stop, step))
    counts = _counts(content, place + _RECORD, points, 2 if form == 1 else 4) / max(factor, 1.0)
    angles = uniform(start, step, points)
    if abs(angles[-1] - stop) > 1.5 * abs(step):
        what = f"{points} points from {start:g} in steps of {step:g} do not end at {stop:g} degrees"
        raise InputError(what, hint="unknown layout of the head")
    least, most = struct.unpack_from("<2I", content, place + 120)
    if most and not np.isclose([counts.min(), counts.max()], np.array([least, most]) / max(factor, 1.0)).all():
        what = f"counts from {counts.min():g} to {counts.max():g}, {least} to {most} are stated"
        raise InputError(what, hint="copy or export it again")
    meta = _meta(content) | {"counting_time_second": round(seconds, 6) if seconds > 0 else None}
    return pattern(angles, counts, meta, _notes(content, place))


def _counts(content: bytes, begin: int, points: int, width: int) -> NDArray[np.float64]:
    if begin + width * points > len(content):
        held = max(len(content) - begin, 0) // width
        raise InputError(f"{held} of {points} points found", hint="the file is truncated")
    return np.frombuffer(content, f"<i{width}", points, begin).astype(float)


def _meta(content: bytes) -> dict[str, Json]:
    first, second = struct.unpack_from("<2f", content, _WAVES)
    waves = plausible_wavelengths(round(first, 6), round(second, 6))
    if second == 0 and waves["wavelength_angstrom"]:
        waves["wavelength_ratio"] = 0.0  # a focusing monochromator leaves K-alpha-1 only
    title = content[32:112].split(b"\0")[0].decode(SINGLE_BYTE).strip()
    started = content[16:32].split(b"\0")[0].decode(SINGLE_BYTE).strip()
    return {**waves, "sample": title, "started": started, "intensity_unit": "counts"}


def _notes(content: bytes, place: int) -> tuple[Note, ...]:
    """What was done to the data before, and whether the scan is over 2theta."""
    notes: tuple[Note, ...] = ()
    if struct.unpack_from("<h", content, _SCAN_TYPE)[0] == _OMEGA_SCAN:
        notes = (Note("doubt", "scan_type", "the scan is over omega: the angles may not be 2theta"),)
    done = struct.unpack_from("<H", content, place + 118)[0] | struct.unpack_from("<H", content, _HISTORY)[0]
    if done >> _BACKGROUND & 1:
        text = "the file says that a background was subtracted before; counting noise is unknown"
        notes += (Note("doubt", "negative_counts", text),)
    if done >> _STRIPPED & 1:
        text = "the file says that K-alpha-2 was stripped; set wavelength_ratio = 0"
        notes += (Note("doubt", "stripped", text),)
    return notes
