"""Diffractograms of other tubes, axes and makers: what their heads state is used, and the numbers are right."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Settings

SILICON = Settings(elements=("Si",))
MORE = Path("more") / "xrd"


def codes(of: Measurement) -> set[str]:
    return {note.code for note in of.notes}


@pytest.mark.parametrize("name", ["si.udf", "si_rigaku.asc"])
def test_silicon_of_other_makers(data: Path, name: str) -> None:
    measurement = read(data / MORE / name)
    assert len(measurement["two_theta_degree"]) == 4001
    result = diffraction.analyse(measurement, SILICON)
    cell = result["Si.lattice_a"]
    assert cell.value == pytest.approx(5.4310, abs=5e-4)  # made with this


def test_an_export_and_its_original_are_the_same_scan(data: Path) -> None:
    text, original = (read(data / MORE / f"210520step1_30min{suffix}") for suffix in (".csv", ".xrdml"))
    assert np.allclose(text["two_theta_degree"], original["two_theta_degree"], atol=1e-6)
    assert np.array_equal(text["intensity_count"], original["intensity_count"])
    names = ("anode", "wavelength_angstrom", "wavelength2_angstrom", "wavelength_ratio", "counting_time_second")
    assert {n: text.meta[n] for n in names} == {n: original.meta[n] for n in names}


def test_a_map_is_no_powder_diffractogram(data: Path) -> None:
    with pytest.raises(InputError, match="map of reciprocal space"):
        read_all(data / MORE / "rsm_1.xrdml.bz2")


def test_raw_with_two_values_for_each_point(data: Path) -> None:
    measurement = read(data / MORE / "bruker_raw4_scrambled.raw")
    x, y = measurement["two_theta_degree"], measurement["intensity_count"]
    assert (len(x), x[0], x[-1]) == (7134, 10.0, pytest.approx(85.0413, abs=1e-4))
    assert (y.min(), y.max(), y[0]) == pytest.approx((-164.53447, 11330.587, 283.7692))


def test_jcamp(data: Path) -> None:
    measurement = read(data / MORE / "test.jdx")
    x, y = measurement["two_theta_degree"], measurement["intensity_count"]
    assert (len(x), x[0], x[-1], y[0], y[-1]) == (2443, 20.0, 79.9968, 1096.0, 3782.0)


@pytest.mark.parametrize(("name", "wave", "points"), [("D1A5.dat", 1.9114, 1680), ("PSI_DMC.dat", 1.494, 3200)])
def test_neutrons_are_read_and_not_taken_for_x_rays(data: Path, name: str, wave: float, points: int) -> None:
    measurement = read(data / MORE / name)
    assert (len(measurement["intensity_count"]), measurement.meta["wavelength_angstrom"]) == (points, wave)
    assert (measurement["intensity_std_count"] > 0).all()
    with pytest.raises(Refused, match="neutron"):
        diffraction.analyse(measurement, Settings())


def test_a_description_with_lines_left_out_is_no_scan(data: Path) -> None:
    with pytest.raises(InputError, match="points found"):
        read(data / MORE / "ExampleRigaku.dat")


def test_text_export_with_labels_of_a_detector(cases: Path) -> None:
    result = diffraction.analyse(read(cases / "14-xrd-bruker-xy-txt" / "Data.xy.txt"), SILICON)
    assert result["Si.scherrer_size"].value == pytest.approx(15.0, abs=0.3)


@pytest.mark.parametrize(
    ("name", "wave"),
    [
        ("synchrotron_0p207.xy", 0.207),
        ("co_tube.xy", 1.78900),  # K-alpha-1
        ("co_tube.xy", 1.79026),  # the mean of the doublet
        ("mo_tube.xy", 0.7107),
    ],
)
def test_silicon_with_other_radiation(cases: Path, name: str, wave: float) -> None:
    """A synchrotron line has no K-alpha-2: with one, the cell was 5.4353(2)."""
    measurement = read(cases / "15-xrd-other-tubes" / name)
    result = diffraction.analyse(measurement, Settings(elements=("Si",), wavelength_angstrom=wave))
    assert result["Si.lattice_a"].value == pytest.approx(5.4310, abs=6e-4)
    assert result["Si.scherrer_size"].value == pytest.approx(15.0, abs=0.3)
    # the (440) and (620) lines of these files are two to four times as high as silicon has them: no other phase
    assert not {"phases_incomplete", "unexplained_lines"} & {note.code for note in result.notes}


@pytest.mark.parametrize("name", ["synchrotron_0p207.xy", "co_tube.xy", "mo_tube.xy"])
def test_without_the_radiation_no_size_is_given(cases: Path, name: str) -> None:
    result = diffraction.analyse(read(cases / "15-xrd-other-tubes" / name), SILICON)
    assert "wavelength_assumed" in {note.code for note in result.notes}
    assert not any("size" in quantity for quantity in result.quantities)


@pytest.mark.slow
def test_a_displaced_specimen(cases: Path) -> None:
    result = diffraction.analyse(read(cases / "17-xrd-displaced" / "displaced.xy"), Settings())
    assert result.phases == ("Si",)
    assert result["displacement"].value == pytest.approx(-0.18, abs=0.01)
    assert result["Si.lattice_a"].value == pytest.approx(5.4310, abs=4e-4)
    assert result["Si.scherrer_size"].value == pytest.approx(15.0, abs=0.3)


HEADS = {
    "q (1/A)  I": lambda q: q,
    "# q_nm^-1   I": lambda q: 10 * q,
    "Q [Å⁻¹], Intensity": lambda q: q,
    "d (Å), counts": lambda q: 2 * np.pi / q,
    "d [nm]; intensity": lambda q: 0.2 * np.pi / q,
    "theta (deg), counts": lambda q: np.degrees(np.arcsin(q * 1.540593 / 4 / np.pi)),
    "2theta [rad], counts": lambda q: 2 * np.arcsin(q * 1.540593 / 4 / np.pi),
    "2theta [deg], counts": lambda q: 2 * np.degrees(np.arcsin(q * 1.540593 / 4 / np.pi)),
}


@pytest.mark.parametrize("head", HEADS)
def test_the_axis_is_what_the_head_says(tmp_path: Path, head: str) -> None:
    """A line at d = 3.14 angstrom stays there; read as degrees, q gave 4.43 and other spacings."""
    q = np.linspace(1.0, 6.0, 500)
    y = 100 + 1000 * np.exp(-(((q - 2 * np.pi / 3.14) / 0.02) ** 2))
    file = tmp_path / "scan.xy"
    file.write_text(head + "\n" + "\n".join(f"{x:.7g}\t{n:.3f}" for x, n in zip(HEADS[head](q), y, strict=True)) + "\n")
    measurement = read(file)
    x, n = measurement["two_theta_degree"], measurement["intensity_count"]
    wave = measurement.meta.get("wavelength_angstrom", 1.540593)
    assert wave / 2 / np.sin(np.radians(x[np.argmax(n)]) / 2) == pytest.approx(3.14, abs=0.02)
    assert ("axis_converted" in codes(measurement)) == (not head.startswith("2theta [deg]"))


def test_a_q_without_a_unit_is_not_guessed(tmp_path: Path) -> None:
    file = tmp_path / "scan.xy"
    file.write_text("q\tI\n" + "\n".join(f"{1 + i / 100}\t5" for i in range(100)) + "\n")
    with pytest.raises(InputError, match="without a unit"):
        read(file)


def test_a_short_axis_without_a_name_is_doubted(tmp_path: Path) -> None:
    file = tmp_path / "scan.xy"
    file.write_text("\n".join(f"{1 + i / 100}\t5" for i in range(100)) + "\n")
    assert "axis_unnamed" in codes(read(file))


@pytest.mark.parametrize("line", ["Theta: 2.5", "Th metal", "theta = 0.5 deg", "d: 200 mm", "Q-factor"])
def test_other_lines_of_a_head_name_no_axis(tmp_path: Path, line: str) -> None:
    file = tmp_path / "scan.xy"
    file.write_text(line + "\n" + "\n".join(f"{10 + i / 10:g}\t5" for i in range(100)) + "\n")
    measurement = read(file)
    assert measurement["two_theta_degree"][0] == 10.0
    assert not measurement.notes


def test_the_wavelength_may_be_stated_in_many_ways(tmp_path: Path) -> None:
    ways = {
        "# Wavelength: 1.0332e-10 m": 1.0332,
        "# wavelength = 0.15406 nm": 1.5406,
        "lambda 0.4127 A": 0.4127,
        "K-Alpha1 wavelength,1.788996": 1.788996,
        "X-ray energy: 30 keV": 0.413281,
    }
    for line, wave in ways.items():
        file = tmp_path / "scan.xy"
        file.write_text(f"{line}\n2theta counts\n" + "\n".join(f"{5 + i / 10}\t5" for i in range(100)) + "\n")
        assert read(file).meta["wavelength_angstrom"] == pytest.approx(wave, rel=1e-5)


def test_rates_and_other_third_columns_are_no_counts_and_no_uncertainty(tmp_path: Path) -> None:
    file = tmp_path / "scan.xy"
    file.write_text("2theta,cps,calc\n" + "\n".join(f"{5 + i / 10},7,9" for i in range(100)) + "\n")
    measurement = read(file)
    assert measurement.meta["intensity_unit"] == "cps"
    assert {"count_rate", "third_column"} <= codes(measurement)
    assert "intensity_std_count" not in measurement


XRDML = ("dara_TiO2_0p4009-ZnO_0p6010--8min.xrdml", "panalytical_XRD-918-16_10.xrdml")


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("name", XRDML)
def test_values_that_an_xrdml_list_lost_are_noticed(data: Path, tmp_path: Path, name: str, lost: int) -> None:
    """The file states start and end only; the strips of the detector (55 um at 290 and 240 mm) make the step known."""
    text = (data / "spectra" / "xrd" / name).read_text(encoding="utf-8")
    assert not {"values_missing"} & {note.code for note in read(data / "spectra" / "xrd" / name).notes}
    values = re.search(r"<(?:intensities|counts)[^>]*>([^<]*)<", text)
    assert values is not None
    listed = values[1].split()
    path = tmp_path / name
    path.write_text(text.replace(values[1], " ".join(listed[:1000] + listed[1000 + lost :])), encoding="utf-8")
    assert "values_missing" in {note.code for note in read(path).notes}
