"""What a PDF unpacks to is measured before it is parsed: a stream that unfolds without bound is refused."""

from __future__ import annotations

import re
import zlib

from halfcell.core.errors import InputError

MAX_STREAM = 128 * 2**20  # bytes of one unpacked stream
MAX_ALL = 1024 * 2**20  # bytes of all together
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_STEP = 2**20


def check(content: bytes) -> None:
    """Unpack each deflated stream step by step, keeping nothing.

    Raises
    ------
    InputError
        If a stream unfolds to more than `MAX_STREAM`, all together to more than `MAX_ALL`, or one is packed twice.
    """
    if _TWICE.search(content):
        raise InputError("a stream is packed twice", hint="it looks like a bomb; print it to a new PDF")
    total = 0
    for match in _STREAM.finditer(content):
        start = match.end()
        if content[start : start + 1] in {b"\x78", b"\x58", b"\x68", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"}:
            total += _size(memoryview(content)[start:])
        if total > MAX_ALL:
            raise InputError(f"it unpacks to more than {MAX_ALL >> 20} MiB", hint="it looks like a bomb")


def _size(packed: memoryview) -> int:
    """Bytes of one stream, unpacked piece by piece; what is damaged ends where the damage is."""
    unpacker = zlib.decompressobj()
    size, place = 0, 0
    try:
        while not unpacker.eof and place < len(packed):
            size += len(unpacker.decompress(unpacker.unconsumed_tail or packed[place : place + _STEP], _STEP))
            if not unpacker.unconsumed_tail:
                place += _STEP
            if size > MAX_STREAM:
                raise InputError(f"a stream unpacks to more than {MAX_STREAM >> 20} MiB", hint="it looks like a bomb")
    except zlib.error:
        pass
    return size
