"""Pictures and their sidecars written here in the layouts of Hitachi, JEOL and TESCAN; spectra in EMSA dialects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.readers.common.picture_sidecar import sidecar
from halfcell.readers.common.pixel_size import PixelSize, pixel_size

if TYPE_CHECKING:
    from pathlib import Path

Image = pytest.importorskip("PIL.Image")


def _picture(path: Path, columns: int = 64, rows: int = 48) -> Path:
    Image.fromarray(np.arange(rows * columns, dtype=np.uint8).reshape(rows, columns)).save(path)
    return path


@pytest.mark.parametrize(
    ("size", "unit", "wanted"),
    [
        (8.0, "", None),
        (1.0, None, None),
        (1.0, "pix", None),
        (0.0, "nm", None),
        (float("nan"), "nm", None),
        (2.0, "A", PixelSize(0.2, 0.2)),
        (1.5, "µm", PixelSize(1500.0, 1500.0)),
        (0.0122, "n_m", PixelSize(0.0122, 0.0122)),
        (0.27, "1 / nm", PixelSize(0.27, 0.27, "reciprocal")),
        (0.01, "1/Å", PixelSize(0.1, 0.1, "reciprocal")),
        (0.27, "nm^-1", PixelSize(0.27, 0.27, "reciprocal")),
    ],
)
def test_only_a_unit_of_length_calibrates(size: float, unit: str | None, wanted: PixelSize | None) -> None:
    found = pixel_size(size, unit, size, unit)
    if wanted is None:
        assert found is None
    else:
        assert found is not None
        assert (found.height, found.width) == pytest.approx((wanted.height, wanted.width))
        assert found.space == wanted.space


def test_a_length_across_and_a_frequency_down_are_no_pixel() -> None:
    assert pixel_size(1.0, "nm", 1.0, "1/nm") is None


def test_a_plain_picture_is_uncalibrated(tmp_path: Path) -> None:
    found = read(_picture(tmp_path / "sem.png"))
    assert "uncalibrated" in {note.code for note in found.notes}
    assert found["image"].shape == (48, 64)


def test_hitachi_states_nanometres_for_its_own_columns(tmp_path: Path) -> None:
    path = _picture(tmp_path / "sem.png")
    lines = ("InstructName=S-4800", "PixelSize=12.40234", "DataSize=64x48", "AcceleratingVoltage=15000 Volt", "")
    (tmp_path / "sem.txt").write_text("\r\n".join(("[SemImageFile]", *lines)))
    found = read(path)
    assert found.meta["pixel_width_nm"] == 12.40234
    assert found.meta["beam_kilovolt"] == 15.0
    assert found.meta["sidecar"] == "sem.txt"


def test_a_picture_that_was_resized_has_other_pixels(tmp_path: Path) -> None:
    path = _picture(tmp_path / "sem.png")
    (tmp_path / "sem.txt").write_text("[SemImageFile]\nPixelSize=10\nDataSize=128x96\n")
    found = read(path)
    assert found.meta["pixel_width_nm"] == 20.0
    assert "picture_resized" in {note.code for note in found.notes}


def test_a_picture_that_was_cropped_has_no_scale(tmp_path: Path) -> None:
    path = _picture(tmp_path / "sem.png", columns=40, rows=48)
    (tmp_path / "sem.txt").write_text("[SemImageFile]\nPixelSize=10\nDataSize=128x96\n")
    found = read(path)
    assert "pixel_width_nm" not in found.meta
    assert {"picture_resized", "uncalibrated"} <= {note.code for note in found.notes}


@pytest.mark.parametrize("mark", ["$", "$$"])
def test_jeol_is_by_its_magnification_where_the_bar_agrees(tmp_path: Path, mark: str) -> None:
    from halfcell.core.raw import RawFile

    path = _picture(tmp_path / "sem.png")
    lines = ["CM_MAG 50000", "CM_ACCEL_VOLT 15.00", "SM_MICRON_BAR 53", "SM_MICRON_MARKER 100nm"]
    (tmp_path / "sem.txt").write_text("".join(f"{mark}{line}\n" for line in lines))
    by_bar = sidecar(RawFile(path), (48, 64)).size
    assert by_bar is not None
    assert by_bar.width == pytest.approx(100.0 / 53.0)
    finer = sidecar(RawFile(path), (48, 64), dots_per_inch=25.4e6 / (1.875 * 50000)).size
    assert finer is not None
    assert finer.width == pytest.approx(1.875)
    wrong = sidecar(RawFile(path), (48, 64), dots_per_inch=72.0).size  # of a program that saved it again
    assert wrong is not None
    assert wrong.width == pytest.approx(100.0 / 53.0)


def test_tescan_states_metres(tmp_path: Path) -> None:
    path = _picture(tmp_path / "sem.png")
    (tmp_path / "sem.hdr").write_text(
        "[MAIN]\nDevice=MIRA3\n[SEM]\nPixelSizeX=4.88e-09\nPixelSizeY=4.88e-09\nHV=5000\n"
    )
    found = read(path)
    assert found.meta["pixel_width_nm"] == pytest.approx(4.88)
    assert found.meta["beam_kilovolt"] == 5.0


HEAD = """#FORMAT      : EMSA/MAS Spectral Data File
#NPOINTS : 4
#XUNITS : {unit}
#DATATYPE : {kind}
#XPERCHAN : {step}
#OFFSET : 0
"""


@pytest.mark.parametrize(
    ("unit", "kind", "step", "rows"),
    [
        ("eV", "Y", 10.0, "1,\n2,\n3,\n4,\n"),
        ("keV", "Y", 0.01, "1, 2\n3, 4\n"),
        ("Energy (EV)", "XY", 10.0, "0.0, 1.0\n10.0, 2.0\n20.0, 3.0\n30.0, 4.0\n"),
        ("keV", "XY", 0.01, "0.00 1\n0.01 2\n0.02 3\n0.03 4\n"),
    ],
)
def test_dialects_of_emsa_give_the_same_spectrum(tmp_path: Path, unit: str, kind: str, step: float, rows: str) -> None:
    path = tmp_path / "a.msa"
    path.write_text(HEAD.format(unit=unit, kind=kind, step=step) + "#SPECTRUM :\n" + rows + "#ENDOFDATA :\n")
    found = read(path)
    assert found["energy_kiloelectronvolt"] == pytest.approx([0.0, 0.01, 0.02, 0.03])
    assert found["count"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert not found.notes


def test_a_spectrum_that_is_cut_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.msa"
    path.write_text(HEAD.format(unit="eV", kind="Y", step=10.0) + "#SPECTRUM :\n1\n2\n3\n")
    assert "channels_missing" in {note.code for note in read(path).notes}


def test_an_axis_in_another_unit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.msa"
    path.write_text(HEAD.format(unit="channel", kind="Y", step=1.0) + "#SPECTRUM :\n1\n2\n3\n4\n#ENDOFDATA :\n")
    with pytest.raises(InputError, match="not eV or keV"):
        read(path)
