"""Files of microscopes that were cut off: RosettaSciIO would end the program (BCF) or never return (ELID)."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read_all


@pytest.mark.parametrize("name", ["materials/em/test_TEM.bcf", "microscopy/edx/Elid2Version4.elid"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.999])
def test_a_file_that_was_cut_off_is_an_error(data: Path, tmp_path: Path, name: str, part: float) -> None:
    content = (data / name).read_bytes()
    path = tmp_path / Path(name).name
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(InputError, match=r"bytes|ends within|truncated"):
        read_all(path)


def test_a_dm3_that_was_cut_off_is_an_error(data: Path, tmp_path: Path) -> None:
    content = (data / "materials/em/test_dm_image_um_unit.dm3").read_bytes()
    path = tmp_path / "cut.dm3"
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(InputError, match="cannot be read"):
        read_all(path)
