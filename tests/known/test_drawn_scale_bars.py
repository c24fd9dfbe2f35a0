"""Scale bars that microscopes drew into real pictures, found and held against the scale of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.techniques.microscopy import Settings, analyse

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("rsciio", reason="needs the extra microscopy")
pytest.importorskip("tifffile", reason="needs the extra microscopy")
# label (nm) of the bar as one reads it in the picture
BARS = {
    "test_tiff_Zeiss_SEM_1k.tif": 200e3,
    "test_tiff_Zeiss_SEM_512pix.tif": 200.0,
    "FEI-Helios-Ebeam-8bits.tif": 500e3,
}
WITHOUT = ("Zeiss_micromechanics.tif", "olympus_SIS.tif", "test_loading_image_saved_with_imageJ.tif")


@pytest.mark.parametrize("name", BARS)
def test_a_drawn_bar_agrees_with_the_scale_of_its_file(data: Path, name: str) -> None:
    picture = read(data / "materials/em" / name)
    (note,) = (note for note in analyse(picture, Settings()).notes if note.code == "drawn_bar")
    label = f"{BARS[name] / 1e3:g} µm" if BARS[name] >= 1e3 else f"{BARS[name]:g} nm"
    assert f": {label}" in note.text


@pytest.mark.parametrize("name", BARS)
def test_a_label_that_is_typed_calibrates_by_the_bar_that_is_found(data: Path, name: str) -> None:
    picture = read(data / "materials/em" / name)
    result = analyse(picture, Settings(scale_bar_nm=BARS[name]))
    pixel = result["pixel_size"]
    assert abs(pixel.value / picture.meta["pixel_width_nm"] - 1.0) < 0.02
    assert [note.level for note in result.notes if note.code == "scale_set"] == ["info"]
    wrong = analyse(picture, Settings(scale_bar_nm=0.5 * BARS[name]))
    assert "scales_disagree" in {note.code for note in wrong.notes if note.level == "doubt"}


@pytest.mark.parametrize("name", WITHOUT)
def test_a_picture_without_a_bar_has_none(data: Path, name: str) -> None:
    picture = read(data / "materials/em" / name)
    assert not {note.code for note in analyse(picture, Settings()).notes} & {"drawn_bar", "drawn_bar_odd"}
    with pytest.raises(InputError, match="no scale bar"):
        analyse(picture, Settings(scale_bar_nm=100.0))
