"""Real Raman files: the facts of their source, and what a cut or damaged file says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused, UnrecognisedFile
from halfcell.readers import read
from halfcell.techniques import raman

FACTS = [  # file, reader, points, column, least, greatest
    ("renishaw_test_spectrum.wdf", "renishaw_wdf", 36, "wavelength_nanometre", 326.016, 328.981),
    ("renishaw_test_exptime1_acc1.wdf", "renishaw_wdf", 1015, "raman_shift_per_cm", -789.916, 1662.69),
    ("jobinyvon_test_spec.xml", "horiba_xml", 34, "wavelength_nanometre", 522.574, 537.361),
    ("charisma_S0B_BW532.txt", "bwtek_text", 1801, "raman_shift_per_cm", 145.99, 4010.28),
    ("charisma_Sil_BW532.txt", "bwtek_text", 1801, "raman_shift_per_cm", 145.99, 4010.28),
    ("charisma_S0B_Ho785_OP03.txt", "raman_text", 10257, "raman_shift_per_cm", 120.111, 2499.98),
    ("PI_S0N_50x.spe", "princeton_spe", 1340, "wavelength_nanometre", 534.0005, 557.355),
    ("bwtek_PST.spc", "galactic_spc", 3808, "raman_shift_per_cm", 175.0, 3982.0),
    ("opus_test.0", "bruker_opus", 4096, "wavenumber_per_cm", 51.8926, 4000.66),
]


@pytest.mark.parametrize(("name", "reader", "points", "column", "low", "high"), FACTS)
def test_facts(data: Path, name: str, reader: str, points: int, column: str, low: float, high: float) -> None:
    measurement = read(data / "spectra" / "raman" / name)
    assert measurement.source is not None
    assert measurement.source.reader == reader
    axis = measurement[column]
    assert len(axis) == points
    assert (axis.min(), axis.max()) == (pytest.approx(low, rel=2e-6), pytest.approx(high, rel=2e-6))
    assert np.isfinite(measurement["intensity_count"]).all()


def test_vendor_maximum(data: Path) -> None:
    measurement = read(data / "spectra" / "raman" / "renishaw_test_spectrum.wdf")
    assert measurement["intensity_count"].max() == pytest.approx(272.7143, abs=5e-5)


def test_trivista_is_refused_with_a_reason(data: Path) -> None:
    with pytest.raises(UnrecognisedFile, match=r"\.tvf"):
        read(data / "spectra" / "raman" / "trivista_spec.tvf")


@pytest.mark.parametrize("name", [facts[0] for facts in FACTS if facts[1] != "raman_text"])
def test_truncated_files_say_so(data: Path, tmp_path: Path, name: str) -> None:
    content = (data / "spectra" / "raman" / name).read_bytes()
    path = tmp_path / name
    keep = 0.93 if name.endswith((".spc", ".wdf")) else 0.3
    path.write_bytes(content[: int(len(content) * keep)] if not name.endswith(".txt") else content[:12000])
    with pytest.raises(InputError, match=r"truncated|damaged|missing|no spectrum"):
        read(path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("renishaw_test_exptime1_acc1.wdf", "no reader recognises the file"),
        ("opus_test.0", "the directory of blocks is outside the file"),
        ("jobinyvon_test_spec.xml", "no reader recognises the file"),
    ],
)
def test_corrupted_files_say_so(data: Path, tmp_path: Path, name: str, words: str) -> None:
    content = bytearray((data / "spectra" / "raman" / name).read_bytes())
    for place in range(12, min(len(content), 400)):
        content[place] ^= 0x5A
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read(tmp_path / name)


WAFERS = [("charisma_S0B_BW532.txt", 520.10, 0.35), ("charisma_Sil_BW532.txt", 520.39, 0.35)]


@pytest.mark.parametrize(("name", "half_height", "room"), WAFERS)
def test_silicon_line_of_a_real_spectrometer(data: Path, name: str, half_height: float, room: float) -> None:
    """Its line has a tail to low wavenumbers: with it the fit reaches the noise; the maximum is above the middle.

    The positions of the manifest are those of symmetric peaks; the maximum of the recorded line is near 520.6.
    """
    measurement = read(data / "spectra" / "raman" / name)
    result = raman.analyse(measurement, raman.Settings())
    codes = {note.code for note in result.notes}
    assert "asymmetric_line" in codes
    assert "raman_lack_of_fit" not in codes
    found = result["Si.position"]
    assert half_height < found.value < half_height + 2 * room
    for window, degree in (((400.0, 600.0), 2), ((450.0, 590.0), 1), ((430.0, 570.0), 2)):
        settings = raman.Settings(window_per_cm=window, baseline_degree=degree)
        other = raman.analyse(measurement, settings)["Si.position"].value
        assert abs(other - found.value) < min(found.std or 0, 0.2)


def test_the_wafers_line_shape_fits_another_wafer(data: Path) -> None:
    """Tail and Gaussian part learned from one wafer leave nothing to explain in the other, measured the next day."""
    folder = data / "spectra" / "raman"
    wafer = raman.TECHNIQUE.references["wafer"](read(folder / "charisma_S0B_BW532.txt"), raman.Settings())
    result = raman.analyse(read(folder / "charisma_Sil_BW532.txt"), raman.Settings(wafer=wafer))
    assert any(n.code == "asymmetric_line" and "that of the wafer" in n.text for n in result.notes)
    assert "raman_lack_of_fit" not in {n.code for n in result.notes}
    assert abs(result["Si.shift"].value) < 2 * (result["Si.shift"].std or 0)
    assert (result["Si.shift"].std or 0) < 0.25


@pytest.fixture(scope="module")
def smoothed(data: Path) -> raman.RamanResult:
    """A wafer at 785 nm, whose software smoothed the points and whose axis is 5 1/cm off."""
    return raman.analyse(read(data / "spectra" / "raman" / "charisma_S0B_Ho785_OP03.txt"), raman.Settings())


def test_smoothed_points_are_not_counted_as_independent(smoothed: raman.RamanResult) -> None:
    result = smoothed
    assert "smoothed_data" in {n.code for n in result.notes}
    assert "amorphous_area_share" not in result.quantities
    (text,) = (n.text for n in result.notes if n.code == "amorphous_refused")
    assert "0.4(3), is noise" in text


def test_a_band_that_is_not_seen_has_an_upper_limit(data: Path) -> None:
    result = raman.analyse(read(data / "spectra" / "raman" / "charisma_S0B_BW532.txt"), raman.Settings())
    (note,) = (n for n in result.notes if n.code == "amorphous_not_seen")
    assert note.level == "doubt"
    assert "its area share is below 0.08" in note.text  # with what the baseline may hide


def test_laser_line_of_the_file_is_doubted_and_can_be_set(data: Path) -> None:
    spectrum = read(data / "spectra" / "raman" / "jobinyvon_test_spec.xml")
    assert [note.code for note in spectrum.notes] == ["wrong_laser_line"]
    with pytest.raises(InputError, match=r"all Raman shifts are negative.*set laser_nm"):
        raman.analyse(spectrum, raman.Settings())
    with pytest.raises(InputError, match=r"runs from 300 to 827 1/cm"):  # 34 points: too few, but the axis is right
        raman.analyse(spectrum, raman.Settings(laser_nm=514.5))
    with pytest.raises(InputError, match="already a Raman shift"):
        raman.analyse(read(data / "spectra" / "raman" / "bwtek_PST.spc"), raman.Settings(laser_nm=514.5))


def test_a_set_laser_line_moves_the_shift(data: Path) -> None:
    spectrum = read(data / "spectra" / "raman" / "PI_S0N_50x.spe")
    own = raman.analyse(spectrum, raman.Settings())["Si.position"].value
    moved = raman.analyse(spectrum, raman.Settings(laser_nm=spectrum.meta["laser_nm"] - 0.01))["Si.position"].value
    assert moved - own == pytest.approx(1e7 * 0.01 / spectrum.meta["laser_nm"] ** 2, abs=0.02)


def test_infrared_wavenumbers_are_told(data: Path) -> None:
    (note,) = read(data / "spectra" / "raman" / "opus_test.0").notes
    assert (note.code, "infrared" in note.text) == ("no_laser_line", True)


def test_polystyrene_is_told_where_its_line_is(data: Path) -> None:
    with pytest.raises(Refused, match=r"sharpest line of the spectrum is at 100[0-4] 1/cm"):
        raman.analyse(read(data / "spectra" / "raman" / "bwtek_PST.spc"), raman.Settings())


def test_labspec_text_goes_round(tmp_path: Path) -> None:
    from halfcell.readers.spectra import raman_text

    made = raman.simulate(raman.Parameters(title="wafer"), np.random.default_rng(0))
    path = tmp_path / "wafer.txt"
    path.write_bytes(raman_text.write(made))
    back = read(path)
    assert back.is_simulated
    assert back.meta["laser_nm"] == 532.0
    assert np.allclose(back["raman_shift_per_cm"], made["raman_shift_per_cm"], atol=5.1e-5)
    assert np.array_equal(back["intensity_count"], made["intensity_count"])


def test_an_uncalibrated_axis_is_doubted(smoothed: raman.RamanResult) -> None:
    result = smoothed
    assert result["Si.position"].value == pytest.approx(525.6, abs=0.2)
    assert "axis_uncalibrated" in {note.code for note in result.notes if note.level == "doubt"}


@pytest.mark.parametrize("region", ["silicon", "carbon"])
def test_a_neon_lamp_has_no_line_of_silicon_or_carbon(data: Path, region: str) -> None:
    """A rise of its background was given as a line at 528(2) 1/cm, 30(20) 1/cm wide."""
    measurement = read(data / "more" / "raman" / "renishaw_nCal.spc")
    with pytest.raises(Refused, match="above the noise"):
        raman.analyse(measurement, raman.Settings(region=region))
