"""Gatan DigitalMicrograph pictures and spectra (.dm3, .dm4)."""

from __future__ import annotations

import dataclasses
import struct
from typing import TYPE_CHECKING

import numpy as np

from halfcell.readers.common.microscope_signals import measurements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".dm3", ".dm4")
_MARK = "simulated by halfcell"
_CODES = {"H": 4, "I": 5, "f": 6}  # numbers of the format: unsigned short, unsigned long, float
_FLOATS = 2  # kind of picture: 32-bit floats
_VERSIONS = (b"\0\0\0\x03", b"\0\0\0\x04")


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the version number of DigitalMicrograph, 3 or 4."""
    return raw.head[:4] in _VERSIONS


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the pictures."""
    found = measurements(raw, "digitalmicrograph")
    return tuple(
        dataclasses.replace(one, meta={**one.meta, "simulated": True}) if _MARK in str(one.meta.get("title")) else one
        for one in found
    )


def write(measurement: Measurement) -> bytes:
    """Write a picture or a diffraction pattern as DM3 of 32-bit floats; simulated data are marked in its name."""
    image = np.asarray(measurement["image"], dtype="<f4")
    meta = measurement.meta
    rows, columns = image.shape
    kind, unit = ("per_nm", "1/nm") if "pixel_width_per_nm" in meta else ("nm", "nm")
    sizes = (float(meta[f"pixel_width_{kind}"]), float(meta[f"pixel_height_{kind}"]))
    axes = [
        _group("", [_number("Origin", "f", 0.0), _number("Scale", "f", size), _text("Units", unit)]) for size in sizes
    ]
    data = _leaf("Data", (20, _CODES["f"], image.size), image.tobytes())
    held = [
        _group("Calibrations", [_group("Dimension", axes)]),
        data,
        _number("DataType", "I", _FLOATS),
        _group("Dimensions", [_number("", "I", columns), _number("", "I", rows)]),
        _number("PixelDepth", "I", image.itemsize),
    ]
    name = f"{meta.get('title', '')}{f' - {_MARK}' if measurement.is_simulated else ''}"
    entry = _group("", [_group("ImageData", held), _group("ImageTags", []), _text("Name", name)])
    shown = _group("DocumentObjectList", [_group("", [_number("ImageSource", "I", 0)])])
    tree = _tags([shown, _group("ImageList", [entry])])
    return struct.pack(">3I", 3, len(tree), 1) + tree + bytes(8)  # version 3, little endian, closing zeros


def _tags(tags: Sequence[bytes]) -> bytes:
    """Tags of one level: neither sorted nor open, their number, themselves."""
    return bytes(2) + struct.pack(">I", len(tags)) + b"".join(tags)


def _named(kind: int, name: str, body: bytes) -> bytes:
    return bytes([kind]) + struct.pack(">H", len(name)) + name.encode("latin-1") + body


def _group(name: str, tags: Sequence[bytes]) -> bytes:
    return _named(20, name, _tags(tags))


def _leaf(name: str, described: Sequence[int], raw: bytes) -> bytes:
    """A tag with data: how they are laid out, then the bytes."""
    return _named(21, name, b"%%%%" + struct.pack(f">I{len(described)}I", len(described), *described) + raw)


def _number(name: str, kind: str, value: float) -> bytes:
    return _leaf(name, [_CODES[kind]], struct.pack(f"<{kind}", value))


def _text(name: str, text: str) -> bytes:
    return _leaf(name, (20, _CODES["H"], len(text)), text.encode("utf-16-le"))
