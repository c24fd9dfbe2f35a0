"""Readers of diffractograms: real files to the manifest's facts, damaged files refused, what is written reads back."""

from __future__ import annotations

import bz2
import contextlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.readers.diffraction import bruker_uxd, panalytical_xrdml, xrd_columns

REAL = {  # file: reader, points, first and last angle, highest count (0: not in the manifest)
    "bruker_BT86.raw": ("bruker_raw", 2374, 3.0, 40.0, 5774),
    "bruker_BT86.uxd": ("bruker_uxd", 2374, 3.0, 40.0, 5774),
    "bruker_Cu3Au-1.raw": ("bruker_raw", 3901, 22.0, 100.0, 138),
    "bruker_xrdpattern.raw": ("bruker_raw", 4059, 37.0001, 120.0046, 94855),
    "panalytical_XRD-918-16_10.xrdml": ("panalytical_xrdml", 5027, 4.00657, 69.99937, 100168),
    "rigaku_powder.rasx": ("rigaku_rasx", 2726, 10.0, 119.0, 1698.5085),
    "bruker_23-012-AG.brml": ("bruker_brml", 2001, 44.0, 48.0, 495559.8),
    "gsas_FAP.XRA": ("gsas_histogram", 5753, 15.0, 130.04, 19693),
    "NIST660C_LaB6.gsas": ("gsas_histogram", 8378, 15.0066, 124.9991, 37133),
    "dara_TiO2_0p4009-ZnO_0p6010--8min.xrdml": ("panalytical_xrdml", 8282, 10.00943, 99.99442, 14028),
    "dara_NiO_0p6007-Bi2O3_0p4008--8min.xrdml": ("panalytical_xrdml", 8282, 10.00943, 99.99442, 12775),
    "LaB6_d500_si_psd.xye.bz2": ("xrd_columns", 17381, 4.57208, 150.5783, 14379.37019),
}
TEXT = ["bruker_BT86.uxd", "panalytical_XRD-918-16_10.xrdml", "NIST660C_LaB6.gsas"]
BINARY = ["bruker_BT86.raw", "bruker_xrdpattern.raw", "rigaku_powder.rasx", "bruker_23-012-AG.brml"]
WRITERS = {"a.xrdml": panalytical_xrdml, "a.uxd": bruker_uxd, "a.xy": xrd_columns}


@pytest.fixture(scope="module")
def xrd(data: Path) -> Path:
    """The folder of real diffractograms."""
    return data / "spectra" / "xrd"


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_gives_what_its_text_says(xrd: Path, name: str) -> None:
    reader, points, first, last, top = REAL[name]
    measurement = read(xrd / name)
    angles = measurement["two_theta_degree"]
    assert measurement.source is not None
    assert measurement.source.reader == reader
    assert len(measurement) == points
    assert angles[[0, -1]] == pytest.approx([first, last], abs=5e-4)
    assert measurement["intensity_count"].max() == pytest.approx(top)
    assert not measurement.is_simulated


def test_rigaku_ras_holds_two_scans(xrd: Path) -> None:
    scans = read_all(xrd / "rigaku_inas.ras.bz2")
    assert [(len(m), m.source.reader if m.source else "") for m in scans] == [
        (1501, "rigaku_ras"),
        (2501, "rigaku_ras"),
    ]
    assert scans[0]["two_theta_degree"][[0, -1]] == pytest.approx([26.5, 32.5])
    assert scans[1]["intensity_count"][0] == pytest.approx(23.9509)


def test_truncated_ras_is_refused(xrd: Path, tmp_path: Path) -> None:
    content = bz2.decompress((xrd / "rigaku_inas.ras.bz2").read_bytes())
    path = tmp_path / "cut.ras"
    path.write_bytes(content[: int(0.7 * len(content))])
    with pytest.raises(InputError, match="truncated"):
        read_all(path)


def test_every_file_is_read_or_refused_with_a_reason(xrd: Path) -> None:
    assert {path.name for path in xrd.iterdir()} - set(REAL) == {"bruker_raw1_format1.raw", "rigaku_inas.ras.bz2"}


GSAS = {
    "BANK 1 4 1 CONST 2000.0 2.0 0 0 STD": ["     100 1   110      90     105"],
    "BANK 1 4 1 CONST 2000.0 2.0 0 0 ESD": ["   100.0    10.0   110.0    10.5    90.0     9.5   105.0    10.2"],
    "BANK 1 4 4 CONST 2000.0 2.0 0 0 FXYE": ["2000.0 100 10", "2002.0 110 10.5", "2004.0 90 9.5", "2006.0 105 10.2"],
}


@pytest.mark.parametrize("head", GSAS)
def test_each_form_of_gsas_gives_the_same_scan(tmp_path: Path, head: str) -> None:
    path = tmp_path / "made.gsas"
    path.write_text("\n".join(["a title", head, *GSAS[head]]) + "\n", encoding="utf-8")
    back = read(path)
    assert back["two_theta_degree"] == pytest.approx([20.0, 20.02, 20.04, 20.06])
    assert back["intensity_count"] == pytest.approx([100, 110, 90, 105])
    assert ("intensity_std_count" in back) == ("STD" not in head)


def test_gsas_time_of_flight_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tof.gsas"
    path.write_text(
        "title\nBANK 1 4 1 SLOG 1000 2000 0.001 0 STD\n     100     110      90     105\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="SLOG"):
        read(path)


def test_several_ranges_are_several_measurements(xrd: Path) -> None:
    ranges = read_all(xrd / "bruker_raw1_format1.raw")
    spans = [(len(m), *m["two_theta_degree"][[0, -1]]) for m in ranges]
    assert np.allclose(spans, [(101, 10, 20), (26, 30, 35), (51, 40, 45)])


@pytest.mark.parametrize("name", [n for n in REAL if n in TEXT + BINARY])
@pytest.mark.parametrize("seed", range(4))
def test_corrupted_file_gives_no_traceback(xrd: Path, tmp_path: Path, name: str, seed: int) -> None:
    """Bytes overwritten at random: either the file still reads, or the error says what is wrong."""
    rng = np.random.default_rng(seed)
    content = bytearray((xrd / name).read_bytes())
    for place in rng.integers(0, min(len(content), 6000), 60):
        content[place] = rng.integers(0, 256)
    path = tmp_path / name
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):
        assert all(np.isfinite(m["intensity_count"]).all() for m in read_all(path))


@pytest.mark.parametrize("name", ["rigaku_powder.rasx", "bruker_23-012-AG.brml"])
@pytest.mark.parametrize("count", [1, 19, 48, 501])
def test_archive_that_lost_bytes_gives_no_traceback(xrd: Path, tmp_path: Path, name: str, count: int) -> None:
    content = (xrd / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: len(content) // 2] + content[len(content) // 2 + count :])
    with contextlib.suppress(InputError):
        read_all(path)
        assert name.startswith("bruker")  # its scan may lie elsewhere in the archive


def test_encoding_that_does_not_exist_is_refused(xrd: Path, tmp_path: Path) -> None:
    content = (xrd / "panalytical_XRD-918-16_10.xrdml").read_bytes()
    path = tmp_path / "a.xrdml"
    path.write_bytes(content.replace(b"UTF-8", b"UTF-0", 1))
    with pytest.raises(InputError, match="not well formed"):
        read_all(path)


def _measurement(counts: np.ndarray, simulated: bool) -> Measurement:
    angles = 20 + 0.02 * np.arange(len(counts))
    meta = {"simulated": True} if simulated else {}
    return Measurement(
        technique="diffraction",
        columns={"two_theta_degree": angles, "intensity_count": counts},
        meta={"sample": "Si/Sn-10", "anode": "Cu", "wavelength_angstrom": 1.540593, **meta},
    )


@pytest.mark.parametrize("name", WRITERS)
@given(counts=arrays(np.int64, st.integers(60, 80), elements=st.integers(0, 10**7)), simulated=st.booleans())
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, counts: np.ndarray, simulated: bool
) -> None:
    writer: ModuleType = WRITERS[name]
    path = tmp_path_factory.mktemp("written") / name
    path.write_bytes(writer.write(_measurement(counts.astype(float), simulated)))
    back = read(path)
    assert np.array_equal(back["intensity_count"], counts)
    assert np.allclose(back["two_theta_degree"], 20 + 0.02 * np.arange(len(counts)), atol=1e-5)
    assert back.is_simulated is simulated


COLUMNS = {
    "point.xy": "20.00 100\n20.02 110\n20.04 90\n",
    "comma.xy": "20,00 100\n20,02 110\n20,04 90\n",
    "semicolon.csv": "2Theta;Counts\n20,00;100,0\n20,02;110,0\n20,04;90,0\n",
    "comma.csv": "2theta,intensity\n20.00,100\n20.02,110\n20.04,90\n",
    "spaced.csv": "Angle (2θ), Intensity\n20.00, 100\n20.02, 110\n20.04, 90\n",
    "tab.txt": "# 2 Theta\tI\n20,00\t100\n20,02\t110\n20,04\t90\n",
    "head.xye": "' a comment\n20.00 100 10\n20.02 110 10.5\n20.04 90 9.5\n",
    "down.xy": "20.04 90\n20.02 110\n20.00 100\n",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_plain_columns_are_read_whatever_parts_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(COLUMNS[name], encoding="utf-8")
    back = read(path)
    assert back["two_theta_degree"] == pytest.approx([20.0, 20.02, 20.04])
    assert back["intensity_count"] == pytest.approx([100, 110, 90])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("20.00 100\n20.02 110\nnonsense here\n", "line 3"),
        ("20.00 100\n20.02 110\n20.04\n", "line 3"),
        ("20.00 100\n20.02 110\n20.01 90\n", "ascend"),
        ("220.00 100\n220.02 110\n220.04 90\n", "angles from 220"),
    ],
)
def test_damaged_columns_say_where(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "bad.xy"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        read(path)


def test_other_columns_are_left_to_others(tmp_path: Path) -> None:
    """Two columns in a .csv or .txt whose head does not say 2theta are no diffractogram."""
    path = tmp_path / "iv.csv"
    path.write_text("voltage,current\n0.1,1e-3\n0.2,2e-3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no reader recognises the file"):
        read(path)


def test_points_without_uncertainty_are_told(xrd: Path) -> None:
    measurement = read(xrd / "LaB6_d500_si_psd.xye.bz2")
    assert [note.code for note in measurement.notes] == ["unweighted_points"]
    lines = bz2.decompress((xrd / "LaB6_d500_si_psd.xye.bz2").read_bytes()).decode().split("\n")
    assert measurement["intensity_std_count"][0] == float(lines[0].split()[2])
