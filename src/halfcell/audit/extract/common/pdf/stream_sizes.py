"""The size of a PDF when unpacked, measured before it is parsed: decompression bombs are refused."""

from __future__ import annotations

import re
import zlib
from typing import Any, Final

from halfcell.audit.extract.common.document_counts import check_count
from halfcell.core.errors import InputError
from halfcell.core.limits import (
    MAX_CONTENT_PARTS,
    MAX_FILTERS,
    MAX_LINKS,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_PREDICTOR_COLUMNS,
    MAX_SLOW_STREAM,
    MAX_STREAMS,
)

MAX_STREAM = 128 * 2**20  # bytes of one unpacked stream
MAX_ALL = 1024 * 2**20  # bytes of all streams together
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_IN_DIGITS = re.compile(rb"/(?:ASCIIHexDecode|AHx)\s*/Fl(?:ateDecode)?\b")  # no program writes it
_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]*)\]")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_COLUMNS = re.compile(rb"/(?:Columns|Colors|BitsPerComponent)\s+(\d{1,18})")
_STEP = 2**20  # bytes that are unpacked at once
_BOMB = "it looks like a decompression bomb"


def check_stream_sizes(content: bytes) -> None:
    """Unpack each compressed stream step by step, keeping nothing.

    Raises
    ------
    InputError
        If a stream unpacks to more than `MAX_STREAM`, all together to more than `MAX_ALL`, or one is compressed twice;
        or if there are more streams or objects than any document has.
    """
    check_count(content.count(b"endstream") + content.count(b"stream\n"), 3 * MAX_STREAMS, "streams")
    check_count(content.count(b" obj"), MAX_OBJECTS, "objects")
    check_count(content.count(b"/Annot"), MAX_LINKS, "links and remarks")
    check_count(sum(1 for _ in _PAGE.finditer(content)), MAX_PAGES, "pages")
    parts = max((match[1].count(b" R") for match in _CONTENTS.finditer(content)), default=0)
    check_count(parts, MAX_CONTENT_PARTS, "streams on one page")
    if any(int(match[1]) > MAX_PREDICTOR_COLUMNS for match in _COLUMNS.finditer(content)):
        raise InputError("a stream states rows of more than a million columns", hint=_BOMB)
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


_PACKED: Final = ("FlateDecode", "Fl")
_SLOW: Final = {"RunLengthDecode": 64, "RL": 64, "LZWDecode": 1, "LZW": 1}  # how much a byte may unpack to


def unpacked(stream: Any) -> bytes:
    """The content of a stream of pdfminer.

    Raises
    ------
    InputError
        If it is packed by too many filters, or by one that takes seconds for its size.
    """
    if not hasattr(stream, "get_data"):
        return b""
    filters = [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]
    slow = [_SLOW[name] for name in filters if name in _SLOW]
    raw = getattr(stream, "rawdata", None) or b""
    packed_twice = slow and any(name in {*_PACKED, *_SLOW} for name in filters[:-1])
    if len(filters) > MAX_FILTERS or packed_twice or (slow and max(slow) * len(raw) > MAX_SLOW_STREAM):
        raise InputError("a stream of drawing operators is packed in an unusual way", hint=f"{_BOMB}; print it anew")
    data: bytes = stream.get_data()
    return data
