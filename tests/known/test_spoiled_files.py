"""Spoiled files that ended in an exception which was not ours: each kind is refused now."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np
import pytest

from halfcell.audit import Settings, audit_file
from halfcell.core.errors import InputError
from halfcell.readers import read_all
from halfcell.readers.common.size_histogram import histogram


def _refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert " failed: " not in str(caught.value)
    return str(caught.value)


def test_a_count_of_forty_thousand_digits(data: Path, tmp_path: Path) -> None:
    """Python converts at most 4,300 digits."""
    content = (data / "eis/pyimpspec/data.i2b").read_bytes()
    before, _, after = content.partition(b"\n\n") if b"\n\n" in content else content.partition(b"\r\n\r\n")
    _refused(tmp_path / "data.i2b", before + b"\n\n" + b"9" * 40_000 + after)


def test_a_number_beyond_the_largest_float(data: Path, tmp_path: Path) -> None:
    text = (data / "materials/sorption/NaY N2 77K.json").read_text(encoding="utf-8")
    spoiled = text.replace('"loading": 0.248454', f'"loading": {"9" * 400}')
    assert "unknown layout: int too large" in _refused(tmp_path / "a.json", spoiled.encode())


def test_a_stated_median_of_zero() -> None:
    edges, share = np.array([1.0, 2.0, 4.0, 8.0]), np.array([25.0, 50.0, 25.0])
    with pytest.raises(InputError, match="that of the instrument 0 um"):
        histogram(edges, share, {"vendor": {"d50": 0.0}})


def test_a_picture_without_columns(data: Path, tmp_path: Path) -> None:
    """Tag 256 of a TIFF is the width (TIFF 6.0, section 3)."""
    content = bytearray((data / "materials/em/test_tiff_Zeiss_SEM_512pix.tif").read_bytes())
    place = next(m.end() for m in re.finditer(rb"\x00\x01[\x03\x04]\x00\x01\x00\x00\x00", content))
    content[place : place + 4] = bytes(4)
    _refused(tmp_path / "a.tif", bytes(content))


def test_a_spectrum_before_the_beginning_of_its_file(data: Path, tmp_path: Path) -> None:
    """The directory of an OPUS file holds type, length in words and place of each block; the place is signed."""
    content = bytearray((data / "spectra/raman/opus_test.0").read_bytes())
    start, _, count = struct.unpack_from("<3i", content, 12)
    for entry in range(start, start + 12 * count, 12):
        if struct.unpack_from("<i", content, entry + 4)[0] > 250:  # values, no parameters
            struct.pack_into("<i", content, entry + 8, -4000)
    assert "unknown layout" in _refused(tmp_path / "opus_test.0", bytes(content))


def test_elements_hundreds_deep(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(f"<article><body><p>{'<italic>' * 300}deep{'</italic>' * 300}</p></body></article>")
    with pytest.raises(InputError, match="nested too deep"):
        audit_file(path, Settings(checklist="none"))
