"""Galactic / Thermo spectra (.spc), in the new little-endian layout.

512-byte header (flags, version 0x4B, exponent, number of points, first and last x, number of sub-files), then per
sub-file a 32-byte header and the values: float32 if the exponent is -128, otherwise integers x 2^(exponent - 32).
Layout after "A Brief Guide to SPC File Format", Galactic Industries 1997.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.raman_spectrum import AxisUnit, raman

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Array = NDArray[np.float64]

VERSION = "2"
SUFFIXES = (".spc",)
_HEADER, _SUB = 512, 32
_UNITS: dict[int, AxisUnit] = {1: "absolute 1/cm", 3: "nm", 13: "1/cm"}
_SHORT, _MULTI, _OWN_X, _SHARED_X = 0x01, 0x04, 0x40, 0x80


def recognises(raw: RawFile) -> bool:
    """Whether the version byte is 0x4B and the number of points and the axis type are possible."""
    head = raw.head
    if len(head) < _HEADER or head[1] != 0x4B:
        return False
    points, subs = struct.unpack_from("<i", head, 4)[0], struct.unpack_from("<i", head, 24)[0]
    return 0 < points < 2**24 and 0 < subs < 2**20 and head[28] <= 31


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read each sub-file."""
    content = raw.read()
    flags, exponent, kind = content[0], struct.unpack_from("<b", content, 3)[0], content[28]
    points, subs = struct.unpack_from("<i", content, 4)[0], struct.unpack_from("<i", content, 24)[0]
    if flags & _OWN_X:
        raise InputError("each spectrum has its own axis (XYXY)", raw.name, "export the spectra one by one")
    if kind not in _UNITS:
        raise InputError(f"axis type {kind} is not a Raman shift, wavenumber or wavelength", raw.name)
    place = _HEADER
    if flags & _SHARED_X:
        axis = _values(content, place, points, "<f4", raw.name)
        place += 4 * points
    else:
        first, last = struct.unpack_from("<dd", content, 8)
        axis = np.linspace(first, last, points)
    found = []
    for number in range(subs if flags & _MULTI else 1):
        values, place = _sub(content, place, points, exponent, bool(flags & _SHORT), raw.name)
        found.append(raman(axis, values, _UNITS[kind], {"spectrum": number + 1} | _meta(content), raw.name))
    return tuple(found)


def _sub(
    content: bytes, place: int, points: int, exponent: int, short: bool, where: str
) -> tuple[NDArray[np.float64], int]:
    """The values of one sub-file and the offset of the next."""
    if place + _SUB > len(content):
        raise InputError("a spectrum is missing", where, "the file is truncated")
    own = struct.unpack_from("<b", content, place + 1)[0]
    power = own or exponent
    place += _SUB
    form = "<f4" if power == -128 else "<i2" if short else "<i4"
    values = _values(content, place, points, form, where)
    scale = 1.0 if power == -128 else 2.0 ** (power - (16 if short else 32))
    return values * scale, place + points * np.dtype(form).itemsize


def _values(content: bytes, place: int, points: int, form: str, where: str) -> Array:
    if place + points * np.dtype(form).itemsize > len(content):
        raise InputError(f"fewer than {points} values", where, "the file is truncated")
    return floats(content, form, points, place)


def _meta(content: bytes) -> dict[str, Json]:
    note = content[88:218].split(b"\0")[0].decode("latin-1").strip()
    return {"title": note} if note else {}
