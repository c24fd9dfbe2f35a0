"""Bruker Esprit pictures and X-ray maps (.bcf)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
QUICK = True
SUFFIXES = (".bcf",)
_MAGIC = b"AAMVHFSS"
_CHUNK_SIZE, _CHUNKS = 0x128, 0x148  # places of both numbers in the head
_HEAD, _CHUNK_HEAD = 0x138, 32  # bytes


def recognises(raw: RawFile) -> bool:
    """Whether the file is a Bruker container."""
    return raw.head.startswith(_MAGIC)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures and the map.

    Raises
    ------
    InputError
        If the file is shorter than its head says, or damaged: RosettaSciIO unpacks it without looking where a damaged
        file leads it, which may end the process that it runs in; it has one of its own.
    """
    if len(raw.head) >= _CHUNKS + 4:
        [size], [number] = (struct.unpack_from("<I", raw.head, place) for place in (_CHUNK_SIZE, _CHUNKS))
        needed = _HEAD + number * size - _CHUNK_HEAD
        with raw.on_disk() as path:
            there = path.stat().st_size
        if there < needed:
            raise InputError(f"the file holds {there} of {needed} bytes", raw.name, "the file was cut off")
    else:
        raise InputError("the file ends within its head", raw.name, "the file was cut off")
    return measurements(raw, "bruker", "Bruker Esprit", apart=True)
