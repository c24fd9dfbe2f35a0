"""Renishaw WiRE spectra (.wdf): single spectra, series and maps.

The file is a chain of blocks, each a 4-letter name, a 32-bit id and a 64-bit size with the 16-byte head included.
Read here: ``WDF1`` (header), ``DATA`` (intensities, float32), ``XLST`` (axis: kind, unit, float32 values).
Layout from the format descriptions in py-wdf-reader and rosettasciio (facts, not code).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_SPECTRA
from halfcell.readers.common.binary_numbers import floats
from halfcell.readers.common.raman_spectrum import AxisUnit, raman

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".wdf",)
_HEAD = struct.Struct("<4sIQ")
_UNITS: dict[int, AxisUnit] = {1: "1/cm", 2: "absolute 1/cm", 3: "nm"}


def recognises(raw: RawFile) -> bool:
    """Whether the first block is WDF1 and 512 bytes long."""
    return raw.head[:4] == b"WDF1" and len(raw.head) > 512 and _HEAD.unpack_from(raw.head)[2] == 512


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read each spectrum of the file."""
    content = raw.read()
    points, count = struct.unpack_from("<I", content, 60)[0], struct.unpack_from("<Q", content, 72)[0]
    blocks = _blocks(content, raw.name)
    if not points or not 0 < count <= MAX_SPECTRA:
        raise InputError(
            f"the header states {count} spectra of {points} points", raw.name, "unknown layout: copy it again"
        )
    data = _floats(blocks, b"DATA", points * count, raw.name, skip=0).reshape(count, points)
    axis = _floats(blocks, b"XLST", points, raw.name, skip=8)
    unit = _UNITS.get(struct.unpack_from("<I", blocks[b"XLST"], 4)[0])
    if unit is None:
        raise InputError("the axis is neither a Raman shift nor a wavelength", raw.name)
    meta = _meta(content)
    return tuple(raman(axis, row, unit, meta | {"spectrum": i + 1}, raw.name) for i, row in enumerate(data))


def _blocks(content: bytes, where: str) -> dict[bytes, bytes]:
    """The blocks by name (the first of each)."""
    found: dict[bytes, bytes] = {}
    start = 0
    while start + _HEAD.size <= len(content):
        name, _, size = _HEAD.unpack_from(content, start)
        if size < _HEAD.size or start + size > len(content):
            raise InputError(f"block {name!r} at byte {start} extends beyond the end", where, "the file is truncated")
        found.setdefault(name, content[start + _HEAD.size : start + size])
        start += size
    return found


def _floats(blocks: dict[bytes, bytes], name: bytes, count: int, where: str, skip: int) -> NDArray[np.float64]:
    block = blocks.get(name, b"")
    if len(block) < skip + 4 * count:
        raise InputError(
            f"block {name.decode()} is missing or shorter than {count} values", where, "the file is truncated"
        )
    return floats(block, "<f4", count, skip)


def _meta(content: bytes) -> dict[str, Json]:
    """Title, program and laser line from the header."""
    laser = struct.unpack_from("<f", content, 156)[0]
    text = {
        "title": content[240:400].split(b"\0")[0].decode("utf-8", "replace").strip(),
        "program": content[96:120].split(b"\0")[0].decode("utf-8", "replace").strip(),
        "instrument": "Renishaw",
    }
    found: dict[str, Json] = {key: value for key, value in text.items() if value}
    return found | ({"laser_nm": 1e7 / laser} if laser > 0 else {})
