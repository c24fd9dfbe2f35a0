"""Pictures of electron microscopes: the size of a pixel of every real file, or the word uncalibrated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from halfcell.readers import read_all

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.measurement import Measurement

pytest.importorskip("rsciio", reason="needs the extra microscopy")
pytest.importorskip("tifffile", reason="needs the extra microscopy")

# nm of height and width, as the file's own source or its tests state; of the 512-pixel Zeiss picture as its drawn bar
# shows: 200 nm are 17 pixels (the 5.825 nm in its head are those of a screen of 1024 columns)
IN_NM = {
    "materials/em/Camera Ceta Imaging Micro.emd": (3.138837, 3.138837),
    "materials/em/FEI-Helios-Ebeam-8bits.tif": (3372.4, 3372.4),
    "materials/em/Fei HAADF-DE_location.dm3": (5.506073, 5.506073),
    "materials/em/JEOL-SightX-TEM-mag-dummy.tif.gz": (1.820789, 1.820789),
    "materials/em/Zeiss_micromechanics.tif": (158.6893, 158.6893),
    "materials/em/dmTest_float32_nonSquare_diffPixelSize.dm3": (0.2, 1.0),
    "materials/em/fei_example_tem_stack.emd": (8.172883e-3, 8.172883e-3),
    "materials/em/olympus_SIS.tif": (0.023928, 0.023928),
    "materials/em/test_TEM.bcf": (0.7710048, 0.7710048),
    "materials/em/test_dm_image_um_unit.dm3": (168.6747, 168.6747),
    "materials/em/test_loading_image_saved_with_imageJ.tif": (168.6747, 168.6747),
    "materials/em/test_tiff_Zeiss_SEM_1k.tif": (2614.514, 2614.514),
    "materials/em/test_tiff_Zeiss_SEM_512pix.tif": (11.649976, 11.649976),
    "microscopy/edx/Elid2Version4.elid": (975.7793, 975.7793),
    "microscopy/lattice/Acquisition_18.emd.gz": (0.01224652, 0.01224652),
    "microscopy/particles/SiO2_HAADF_Image.hspy": (8.55245, 8.55245),
}
PER_NM = {
    "materials/em/Camera Ceta Diffraction Micro.emd": 0.1144297,
    "materials/em/JEOL-SightX-SAED-dummy.tif.gz": 0.272254,
}
UNCALIBRATED = (
    "materials/em/FEI-Helios-navcam-with-no-IRBeam.tif",
    "materials/em/bismuth.dm3",
    "microscopy/edx/Hitachi_TM3030Plus.bcf",
    "microscopy/saed/au_xgrating_20cm.tif",
)


def _picture(path: Path) -> Measurement:
    return next(m for m in read_all(path) if m.technique == "microscopy")


@pytest.mark.parametrize("name", IN_NM)
def test_a_pixel_has_the_size_that_its_file_states(data: Path, name: str) -> None:
    meta = _picture(data / name).meta
    assert (meta["pixel_height_nm"], meta["pixel_width_nm"]) == pytest.approx(IN_NM[name], rel=1e-6)


@pytest.mark.parametrize("name", PER_NM)
def test_a_diffraction_pattern_has_pixels_in_reciprocal_length(data: Path, name: str) -> None:
    meta = _picture(data / name).meta
    assert meta["pixel_width_per_nm"] == pytest.approx(PER_NM[name], rel=1e-6)
    assert "pixel_width_nm" not in meta


@pytest.mark.parametrize("name", UNCALIBRATED)
def test_a_size_without_a_unit_of_length_is_uncalibrated(data: Path, name: str) -> None:
    picture = _picture(data / name)
    assert not any(key.startswith("pixel_") for key in picture.meta)
    assert "uncalibrated" in {note.code for note in picture.notes}


def test_the_preview_beside_a_scaled_picture_is_left_out(data: Path) -> None:
    assert len(read_all(data / "materials/em/olympus_SIS.tif")) == 1


def test_spectra_of_emsa_dialects(data: Path) -> None:
    edax = read_all(data / "microscopy/edx/EDAX_CoO_647_leo_edax_test.msa")[0]
    assert edax.meta["beam_kilovolt"] == 10.0
    assert edax.meta["atomic_numbers_stated"] == "8,27,16"
    assert edax["energy_kiloelectronvolt"][-1] == pytest.approx(20.475)
    nist = read_all(data / "microscopy/edx/nist_K412/III-E K412[0][4].msa")[0]
    assert nist["energy_kiloelectronvolt"][:2] == pytest.approx([1.63032e-3, 1.63032e-3 + 9.99856e-3])
    assert nist.meta["probe_current_nanoampere"] == 1.11355
    assert nist["count"][:3].tolist() == [4.0, 4.0, 6.0]


def test_spectra_of_velox(data: Path) -> None:
    spectra = read_all(data / "microscopy/edx/SrTiO3_EDS-STO.emd")
    assert max(m["count"].sum() for m in spectra) == 190830
    assert spectra[0]["energy_kiloelectronvolt"][0] == pytest.approx(-0.25)
