"""Bruker OPUS binary spectra (.0, .1 ...): the single-channel or Raman spectrum block and its axis.

Header: magic 0x0A0A 0xFEFE, version, offset and length of a directory of 12-byte entries (type, channel, text type,
extra; length in 4-byte words; offset). A block of data type 0x0F with its parameter block 0x1F (``NPT`` points, ``FXV``
and ``LXV`` first and last x, ``CSF`` scale) is the spectrum. Layout known from public descriptions (brukeropusreader).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.raman_spectrum import AxisUnit, raman

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9")
_MAGIC = b"\x0a\x0a\xfe\xfe"
_DATA, _PARAMETERS = 0x0F, 0x1F
_UNITS: dict[str, AxisUnit] = {"RSH": "1/cm", "WN": "absolute 1/cm", "NM": "nm"}


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the signature of OPUS."""
    return raw.head.startswith(_MAGIC)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum."""
    content = raw.read()
    blocks = _directory(content, raw.name)
    data = next((b for b in blocks if b[0] == _DATA), None)
    described = next((b for b in blocks if b[0] == _PARAMETERS), None)
    if data is None or described is None:
        raise InputError("the file has no spectrum block", raw.name, "interferograms are not supported")
    if described[2] + described[1] > len(content):
        raise InputError("the block with the axis is beyond the end", raw.name, "the file is truncated")
    words = _parameters(content[described[2] : described[2] + described[1]])
    try:
        points, first, last = int(words["NPT"]), float(words["FXV"]), float(words["LXV"])
        unit = _UNITS[str(words.get("DXU", "WN"))]
    except (KeyError, ValueError) as error:
        raise InputError(f"the spectrum's axis is not described ({error})", raw.name) from error
    if points < 2 or data[2] < 0:
        raise InputError(f"unknown layout: {points} values at byte {data[2]}", raw.name, "export it again")
    if data[2] + 4 * points > len(content):
        raise InputError(f"fewer than {points} values", raw.name, "the file is truncated")
    values = floats(content, "<f4", points, data[2]) * float(words.get("CSF", 1.0))
    meta = {"instrument": "Bruker (OPUS)"}
    return (raman(np.linspace(first, last, points), values, unit, meta, raw.name),)


def _directory(content: bytes, where: str) -> list[tuple[int, int, int]]:
    """Type, length in bytes and offset of each block."""
    if len(content) < 24:
        raise InputError("the file is truncated in its header", where)
    start, _, count = struct.unpack_from("<3i", content, 12)
    if not 0 < count < 1000 or start < 24 or start + 12 * count > len(content):
        raise InputError("the directory of blocks is outside the file", where, "the file is truncated")
    entries = [struct.unpack_from("<B3xii", content, start + 12 * i) for i in range(count)]
    return [(kind, 4 * words, place) for kind, words, place in entries]


def _parameters(block: bytes) -> dict[str, int | float | str]:
    """Parameters by their three-letter names."""
    found: dict[str, int | float | str] = {}
    place = 0
    while place + 8 <= len(block):
        name = block[place : place + 3].decode("ascii", "replace")
        kind, words = struct.unpack_from("<HH", block, place + 4)
        value = block[place + 8 : place + 8 + 2 * words]
        if name == "END" or len(value) < 2 * words:
            break
        found[name] = _value(kind, value)
        place += 8 + 2 * words
    return found


def _value(kind: int, value: bytes) -> int | float | str:
    if kind == 0 and len(value) >= 4:
        return int(struct.unpack_from("<i", value)[0])
    if kind == 1 and len(value) >= 8:
        return float(struct.unpack_from("<d", value)[0])
    return value.split(b"\0")[0].decode("latin-1")
