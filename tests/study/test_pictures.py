"""Pictures in a study: the text file beside one is a part of it, and a panel declares what it shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import halfcell
from halfcell.core.quantity import Quantity
from halfcell.readers.common.picture_sidecar import write_hitachi
from halfcell.readers.images import plain_picture
from halfcell.techniques.layer_thickness import Parameters, simulate

STUDY = """title = "Cross-sections"
[raw]
layer_thickness = "raw/{sample}_{state}.jpg"
[settings.layer_thickness]
collector_um = 0.0
[[table]]
id = "S1"
technique = "layer_thickness"
[[figure]]
id = "S2"
panels = [
  { technique = "layer_thickness", samples = ["A"], set = { crop = [0, 0, 300, 200], gamma = 0.8 } },
  { technique = "layer_thickness", show = "thicknesses" },
]
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study of two states of a coating, with a picture and a sidecar of each."""
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "samples.csv").write_text("name\nA\n")
    (tmp_path / "raw").mkdir()
    for state, thickness in (("2 V", 20.0), ("0 V", 26.0)):
        shown = Parameters(columns=320, rows=260, thickness_um=thickness, pixel_nm=250.0)
        made = simulate(shown, np.random.default_rng(1))
        (tmp_path / f"raw/A_{state}.jpg").write_bytes(plain_picture.write(made))
        (tmp_path / f"raw/A_{state}.txt").write_bytes(write_hitachi(made, f"A_{state}.jpg"))
    return tmp_path


def _thickness(folder: Path) -> Quantity:
    study = halfcell.Study(folder / "study.toml")
    outcome = study.run()
    assert not outcome.unmatched
    table = study.table("S1")
    numbers = [entry.quantity for entry in table.rows[0] if entry is not None and entry.quantity is not None]
    return numbers[0]


@pytest.mark.slow
def test_the_scale_beside_a_picture_is_part_of_it(study: Path) -> None:
    """A corrected text file changes the scale, and with it all lengths, although the picture is the same."""
    first = _thickness(study)
    for text in (study / "raw").glob("*.txt"):
        text.write_text(text.read_text().replace("PixelSize=250", "PixelSize=500"))
    assert _thickness(study).value == pytest.approx(2.0 * first.value)
