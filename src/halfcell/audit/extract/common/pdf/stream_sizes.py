"""The size of a PDF when unpacked, measured before it is parsed: decompression bombs are refused."""

from __future__ import annotations

import re
import zlib

from halfcell.core.errors import InputError

MAX_STREAM = 128 * 2**20  # bytes of one unpacked stream
MAX_ALL = 1024 * 2**20  # bytes of all streams together
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_IN_DIGITS = re.compile(rb"/(?:ASCIIHexDecode|AHx)\s*/Fl(?:ateDecode)?\b")  # no program writes it
_STEP = 2**20  # bytes that are unpacked at once
_BOMB = "it looks like a decompression bomb"


def check_stream_sizes(content: bytes) -> None:
    """Unpack each compressed stream step by step, keeping nothing.

    Raises
    ------
    InputError
        If a stream unpacks to more than `MAX_STREAM`, all together to more than `MAX_ALL`, or one is compressed twice.
    """
    if _TWICE.search(content) or _IN_DIGITS.search(content):
        raise InputError("a stream is compressed twice", hint=f"{_BOMB}; print it to a new PDF")
    total = 0
    for match in _STREAM.finditer(content):
        start = match.end()
        if content[start : start + 1] in {b"\x78", b"\x58", b"\x68", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"}:
            total += _size(memoryview(content)[start:])
        if total > MAX_ALL:
            raise InputError(f"the PDF unpacks to more than {MAX_ALL >> 20} MiB", hint=_BOMB)


def _size(packed: memoryview) -> int:
    """The unpacked size of one stream in bytes; a damaged one counts up to the damage."""
    unpacker = zlib.decompressobj()
    size, place = 0, 0
    try:
        while not unpacker.eof and place < len(packed):
            size += len(unpacker.decompress(unpacker.unconsumed_tail or packed[place : place + _STEP], _STEP))
            if not unpacker.unconsumed_tail:
                place += _STEP
            if size > MAX_STREAM:
                what = f"a stream unpacks to more than {MAX_STREAM >> 20} MiB"
                raise InputError(what, hint=_BOMB)
    except zlib.error:
        pass
    return size
