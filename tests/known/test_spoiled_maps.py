"""Bruker maps with spoiled bytes: the library that unpacks them crashes with some, which must not end the program."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read_all

pytest.importorskip("rsciio", reason="needs the extra microscopy")
_HEAD = 0x148  # bytes that are checked before


@pytest.mark.slow
def test_spoiled_bytes_are_an_error_or_a_picture(data: Path, tmp_path: Path) -> None:
    """The first of them ends RosettaSciIO 0.15 with a signal (segmentation fault)."""
    content = (data / "materials/em/test_TEM.bcf").read_bytes()
    read_at_all = 0
    for seed in range(6):
        rng = random.Random(seed)
        spoiled = bytearray(content)
        for _ in range((1, 64, 512)[seed % 3]):
            spoiled[rng.randrange(_HEAD, len(spoiled))] = rng.randrange(256)
        path = tmp_path / f"spoiled{seed}.bcf"
        path.write_bytes(bytes(spoiled))
        with contextlib.suppress(InputError):
            assert read_all(path)
            read_at_all += 1
    assert read_at_all < 6


def test_a_map_is_read_in_a_process_of_its_own(data: Path) -> None:
    pictures = read_all(data / "materials/em/test_TEM.bcf")
    assert {one.technique for one in pictures} == {"microscopy", "edx"}
