"""Pictures that are written are read back: grey values, the size of a pixel, and that they are simulated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.readers import read_all
from halfcell.readers.common.picture_sidecar import write_hitachi
from halfcell.readers.images import digital_micrograph, plain_picture

META = {"title": "Si", "pixel_height_nm": 0.02, "pixel_width_nm": 0.025}


def _made(*, simulated: bool) -> Measurement:
    grey = np.add.outer(np.arange(40.0), 2.0 * np.arange(60.0))
    return Measurement(technique="microscopy", columns={"image": grey}, meta={**META, "simulated": simulated})


@pytest.mark.parametrize("simulated", [True, False])
def test_dm3(tmp_path: Path, simulated: bool) -> None:
    pytest.importorskip("rsciio", reason="needs the extra microscopy")
    (tmp_path / "a.dm3").write_bytes(digital_micrograph.write(_made(simulated=simulated)))
    [read] = read_all(tmp_path / "a.dm3")
    assert np.array_equal(read["image"], _made(simulated=simulated)["image"])
    assert (read.meta["pixel_height_nm"], read.meta["pixel_width_nm"]) == pytest.approx((0.02, 0.025))
    assert read.is_simulated is simulated


@pytest.mark.parametrize("simulated", [True, False])
def test_jpeg_with_the_text_file_of_a_hitachi(tmp_path: Path, simulated: bool) -> None:
    made = _made(simulated=simulated)
    (tmp_path / "a.jpg").write_bytes(plain_picture.write(made))
    (tmp_path / "a.txt").write_bytes(write_hitachi(made, "a.jpg"))
    [read] = read_all(tmp_path / "a.jpg")
    assert np.abs(read["image"] - made["image"]).max() < 6.0
    assert read.meta["pixel_width_nm"] == pytest.approx(0.025)
    assert read.is_simulated is simulated
