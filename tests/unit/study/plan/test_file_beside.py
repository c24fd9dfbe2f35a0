"""What belongs to a raw file: the text of a picture, the numbers of a map."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.study.plan.file_beside import file_beside


@pytest.mark.parametrize(
    ("file", "beside", "found"),
    [
        ("map.rpl", "map.raw", "map.raw"),
        ("map.rpl", "other.raw", None),
        ("map.rpl", "map.txt", None),
        ("picture.tif", "picture.txt", "picture.txt"),
        ("picture.tif", "picture.raw", None),
        ("spectrum.msa", "spectrum.txt", None),
    ],
)
def test_what_is_beside_a_file(tmp_path: Path, file: str, beside: str, found: str | None) -> None:
    (tmp_path / "raw").mkdir()
    for name in (file, beside):
        (tmp_path / "raw" / name).touch()
    assert file_beside(tmp_path, f"raw/{file}") == (f"raw/{found}" if found else None)
