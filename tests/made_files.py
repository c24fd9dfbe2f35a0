"""Files that are written here after the descriptions of their formats, where no real file is among the data."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest


def edax_spc(counts: np.ndarray, version: float = 0.7) -> bytes:
    """EDAX's SPECTRUM-V70: a head of 3840 bytes, then a long per channel."""
    head = bytearray(3840)
    for place, layout, values in (
        (0, "<ff", (version, 4.4)),
        (16, "<h4b", (2022, 29, 8, 14, 10)),
        (24, "<ii", (3840 + 4 * len(counts), 3840)),
        (32, "<H", (len(counts),)),
        (384, "<i", (5,)),
        (448, "<fff", (0.0, 20.48, 30.0)),
        (460, "<ff", (-1.0, 35.5)),
        (512, "<f", (35.0,)),
        (532, "<f", (10.0,)),
        (638, "<h3H", (3, 8, 27, 16)),
    ):
        struct.pack_into(layout, head, place, *values)
    return bytes(head) + counts.astype("<u4").tobytes() + bytes(512)


def jeol_eds(counts: np.ndarray, amounts: tuple[tuple[int, float, float], ...]) -> bytes:
    """JEOL's layout as RosettaSciIO describes it: head, counts, excluded and selected elements, amounts, settings."""
    head = bytearray(458)
    struct.pack_into("<iih", head, 0, 2, 2, 0)
    struct.pack_into("<d", head, 10, 44018.5)
    struct.pack_into("<80s", head, 18, b"035")
    struct.pack_into("<dd", head, 258, 60.0, 61.5)
    struct.pack_into("<dd", head, 362, 0.01, -0.002)
    struct.pack_into("<i", head, 454, len(counts))
    behind = struct.pack("<iiHi", 0, 1, 10, 1)
    behind += struct.pack("<iHiiHH14s4d32sii", 2, 22, 1, 0, 437, 465, b"", 4.5, 0, 0, 0, b"Ti K", 2, 1)
    behind += struct.pack("<idH", 1, 4.508, 22) + b"\x03Ti\0\x02Ka" + struct.pack("<i", 1)
    behind += struct.pack("<i", len(amounts))
    if amounts:
        behind += struct.pack("<iiidii", 0, 0, 0, 0.0, 0, 0)
    for number, weight, atoms in amounts:
        behind += struct.pack("<iHii5d", 2, number, 1, 0, 4.5, 0.0, weight, 0.5, atoms)
        behind += struct.pack("<16s5diid", b"TiO2", 0.0, 0.0, 100.0, 0.0, 0.0, 0, 0, 0.0)
    behind += struct.pack("<i16s16s16sdd", 5, b"EX24221M1G5T", b"JEM-ARM200F", b"ED", 200.0, 1.0)
    behind += struct.pack("<38s5d", b"", 133.0, 3.8, 11.5, 0.0, 19.2)
    return bytes(head) + counts.astype("<i4").tobytes() + behind + bytes(300)


def oxford_h5oina(path: Path, cells: tuple[int, int], *, with_spectra: bool = True) -> np.ndarray:
    """Oxford Instruments' H5OINA, format version 7.0: a map of EDS and an electron image."""
    h5py = pytest.importorskip("h5py", reason="needs the extra hdf5")
    rows, columns = cells
    counts = np.random.default_rng(2).poisson(3.0, (rows * columns, 256)).astype("i4")
    with h5py.File(path, "w") as file:
        file["Format Version"] = "7.0"
        head, made = file.create_group("1/EDS/Header"), file.create_group("1/EDS/Data")
        numbers = {"Channel Width": 20.0, "Start Channel": -200.0, "Beam Voltage": 15.0, "X Step": 0.5, "Y Step": 0.25}
        numbers |= {"X Cells": columns, "Y Cells": rows, "Detector Elevation": np.radians(35.0)}
        for name, value in numbers.items():
            head[name] = np.array([value])
        head["Acquisition Date"] = ["2024-05-06T07:08:09"]
        made["Live Time"] = np.full((rows * columns, 1), 0.01)
        if with_spectra:
            made["Spectrum"] = counts
        for symbol, share in (("Si", 46.0), ("O", 54.0)):
            made[f"Composition/{symbol}"] = np.full((rows * columns, 1), share)
        image_head, image = file.create_group("1/Electron Image/Header"), file.create_group("1/Electron Image/Data")
        for name, value in {"X Cells": 40, "Y Cells": 30, "X Step": 0.1, "Y Step": 0.1}.items():
            image_head[name] = np.array([value])
        image["SE/SE Image 1"] = np.arange(1200, dtype="u1").reshape(-1, 1)
    return counts


def tia_ser(image: np.ndarray, pixel_metre: float = 2e-10) -> bytes:
    """FEI's TIA series, version 0x210, of one picture: head, one dimension, offsets, picture, time."""
    rows, columns = image.shape
    dimension = struct.pack("<iddii6si", 1, 0.0, 1.0, 0, 6, b"Number", 0)
    start = 30 + len(dimension) + 8
    element = struct.pack("<ddi", 0.0, pixel_metre, 0) * 2 + struct.pack("<hii", 2, columns, rows)
    element += image[::-1].astype("<u2").tobytes()
    tag = struct.pack("<hhi", 0x4152, 0, 1500000000)
    head = struct.pack("<hhhiiiiii", 0x4949, 0x0197, 0x0210, 0x4122, 0x4152, 1, 1, 30 + len(dimension), 1)
    return head + dimension + struct.pack("<ii", start, start + len(element)) + element + tag


def plain_picture(image: np.ndarray, kind: str) -> bytes:
    """PNG, JPEG or BMP of 8 bits, as Pillow writes it."""
    picture = pytest.importorskip("PIL.Image")
    buffer = io.BytesIO()
    picture.fromarray(np.clip(image, 0, 255).astype("u1")).save(buffer, kind)
    return buffer.getvalue()


def picture(rows: int = 96, columns: int = 128) -> np.ndarray:
    """Round particles on a noisy ground."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:rows, 0:columns]
    grey = 40.0 + 10.0 * rng.normal(size=(rows, columns))
    for _ in range(20):
        grey += 120.0 * (np.hypot(x - rng.uniform(0, columns), y - rng.uniform(0, rows)) < 7.0)
    return np.clip(np.round(grey), 0, 255)


def made_file(name: str) -> bytes:
    """A file of the formats above, by its name."""
    rng = np.random.default_rng(3)
    if name == "made.h5oina":
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            oxford_h5oina(Path(folder) / name, (4, 6))
            return (Path(folder) / name).read_bytes()
    made = {
        "made.spc": lambda: edax_spc(rng.poisson(20.0, 1024).astype(float)),
        "made.eds": lambda: jeol_eds(rng.poisson(20.0, 1024).astype(float), ((22, 54.2, 28.5), (8, 45.4, 71.4))),
        "made.ser": lambda: tia_ser(picture()),
        "made.png": lambda: plain_picture(picture(), "PNG"),
        "made.jpg": lambda: plain_picture(picture(), "JPEG"),
        "made.bmp": lambda: plain_picture(picture(), "BMP"),
    }
    return made[name]()
