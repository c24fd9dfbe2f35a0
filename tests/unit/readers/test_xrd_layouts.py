"""Formats of diffractograms without a public file of known licence: written here byte by byte from their layouts.

The layouts are those published by others who read these files; each test names its source. They were not tried on real
files, which the documentation says.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all

COUNTS = np.array([110, 121, 144, 400, 900, 1600, 961, 225, 169, 100], dtype=float)
ANGLES = 20 + 0.02 * np.arange(len(COUNTS))


def _is_read(measurement: Measurement, reader: str, counts: np.ndarray = COUNTS) -> None:
    assert measurement.source is not None
    assert measurement.source.reader == reader
    assert measurement["two_theta_degree"] == pytest.approx(ANGLES, abs=1e-5)
    assert measurement["intensity_count"] == pytest.approx(counts)


def _floats(values: np.ndarray) -> bytes:
    return values.astype("<f4").tobytes()


def _placed(size: int, **fields: tuple[int, bytes]) -> bytearray:
    made = bytearray(size)
    for place, value in fields.values():
        made[place : place + len(value)] = value
    return made


def raw1(follows: int = 0, mark: bytes = b"RAW ") -> bytes:
    """Version 1 of the DIFFRAC-AT manual (xylib, bruker_raw.cpp): a head of 156 bytes, then floats."""
    head = struct.pack("<Iff", len(COUNTS), 1.5, 0.02) + struct.pack("<I4xf", 0, 20.0) + struct.pack("<3f", *[-1e6] * 3)
    head += b"quartz".ljust(32, b"\0") + struct.pack("<2f", 1.54056, 1.54439) + bytes(72) + struct.pack("<I", follows)
    return mark + head + _floats(COUNTS)


@pytest.mark.parametrize("mark", [b"RAW ", b""])
def test_raw_version_1(tmp_path: Path, mark: bytes) -> None:
    """Early programs did not repeat the mark in further ranges."""
    path = tmp_path / "a.raw"
    path.write_bytes(raw1(1) + raw1(0, mark))
    both = read_all(path)
    assert len(both) == 2
    for one in both:
        _is_read(one, "siemens_raw")
        assert one.meta["sample"] == "quartz"
        assert one.meta["counting_time_second"] == 1.5
        assert one.meta["wavelength_angstrom"] == pytest.approx(1.54056)
    path.write_bytes(raw1(1))
    with pytest.raises(InputError, match="truncated"):
        read_all(path)


def raw2(length: int = 60) -> bytes:
    """Version 2 of the DIFFRAC-AT manual (xylib, bruker_raw.cpp): 256 bytes, then ranges with their own heads."""
    file = _placed(
        256,
        mark=(0, b"RAW2" + struct.pack("<H", 2)),
        date=(168, b"02-Mar-1995 10:11:12"),
        tube=(188, b"Co" + struct.pack("<3f", 1.78896, 1.79285, 0.5)),
    )
    head = struct.pack("<HHIfff", length, len(COUNTS), 0, 2.0, 0.02, 20.0).ljust(length, b"\0")
    return bytes(file) + 2 * (head + _floats(COUNTS))


def test_raw_version_2(tmp_path: Path) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(raw2())
    both = read_all(path)
    assert len(both) == 2
    _is_read(both[1], "siemens_raw")
    assert both[0].meta["anode"] == "Co"
    assert both[0].meta["wavelength_ratio"] == pytest.approx(0.5)
    path.write_bytes(raw2()[:-8])
    with pytest.raises(InputError, match="8 of 10 points"):
        read_all(path)


def raw3(width: int = 4, starts: tuple[float, ...] = (10.0,), phi: tuple[float, ...] = (0.0,)) -> bytes:
    """RAW1.01 (DIFFRAC plus XCH manual, appendix A, as in xylib): heads of 712 and 304 bytes, records of `width`."""
    file = _placed(712, mark=(0, b"RAW1.01"), count=(12, struct.pack("<I", len(starts))))
    file[608:610] = b"Cu"
    file[616:656] = struct.pack("<5d", 1.5418, 1.54056, 1.54439, 1.39222, 0.5)
    made = bytes(file)
    for theta, turn in zip(starts, phi, strict=True):
        head = _placed(
            304,
            span=(0, struct.pack("<II4d", 304, len(COUNTS), theta, 20.0, 0.0, turn)),
            step=(176, struct.pack("<d", 0.02)),
            time=(192, struct.pack("<f", 1.0)),
            record=(252, struct.pack("<II", width, 0)),
        )
        rows = np.zeros((len(COUNTS), width // 4), "<f4")
        rows[:, 0] = COUNTS
        rows[:, 1:] = 77.0
        made += bytes(head) + rows.tobytes()
    return made


@pytest.mark.parametrize("width", [4, 8, 12])
def test_raw_version_3_with_more_values_at_each_point(tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(raw3(width, (10.0, 10.0), (0.0, 0.0)))
    both = read_all(path)
    assert len(both) == 2
    _is_read(both[1], "bruker_raw")


def test_ranges_at_steps_of_another_axis_are_a_map(tmp_path: Path) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(raw3(4, (9.5, 10.0, 10.5, 11.0), (0.0,) * 4))
    with pytest.raises(InputError, match=r"map of reciprocal space .4 scans.*theta"):
        read_all(path)
    path.write_bytes(raw3(4, (10.0,) * 4, (0.0, 30.0, 60.0, 90.0)))
    with pytest.raises(InputError, match="step of phi"):
        read_all(path)


def philips(version: bytes, points: int) -> bytes:
    """V3 and V5 (specification sent to the authors of xylib, philips_raw.cpp; wavelengths as in PyXRD)."""
    head = _placed(
        {b"V3RD": 250, b"V5RD": 810}[version],
        mark=(0, version),
        tube=(84, bytes([3, 2, 3])),
        waves=(94, struct.pack("<3d", 1.93604, 1.93998, 0.5)),
        sample=(146, b"hematite"),
        angles=(214, struct.pack("<3d", 0.02, 20.0, 20.0 + 0.02 * (len(COUNTS) - 1))),
    )
    packed = np.round(10 * np.sqrt(COUNTS[:points])).astype("<u2")
    return bytes(head) + packed.tobytes()


@pytest.mark.parametrize("version", [b"V3RD", b"V5RD"])
def test_philips_rd_and_sd(tmp_path: Path, version: bytes) -> None:
    path = tmp_path / "a.rd"
    path.write_bytes(philips(version, 10))
    measurement = read(path)
    _is_read(measurement, "philips_rd", np.floor(0.01 * np.round(10 * np.sqrt(COUNTS)) ** 2))
    assert measurement.meta["anode"] == "Fe"
    assert measurement.meta["sample"] == "hematite"
    assert measurement.meta["wavelength_angstrom"] == pytest.approx(1.93604)
    path.write_bytes(philips(version, 9))  # nine points in nine steps: PyXRD places them in the middle
    assert read(path)["two_theta_degree"][0] == pytest.approx(20.01)
    path.write_bytes(philips(version, 6))
    with pytest.raises(InputError, match="6 of 9 points"):
        read(path)


def rigaku_parts(stated: int = len(COUNTS)) -> bytes:
    """Parts PI and DA (a fork of xylib, rigaku_raw.cpp; the count and the place of the data: two readers in Python)."""
    head = _placed(1600, mark=(0, b"FI\0\0\xd8"), waves=(1212, struct.pack("<2d", 1.54059, 1.54441)))
    angles = _placed(838, mark=(0, b"PI"), angles=(826, struct.pack("<3f", 20.0, ANGLES[-1], 0.02)))
    data = b"DA" + bytes(14) + struct.pack("<I", stated) + _floats(COUNTS)
    return bytes(head) + 2 * (bytes(angles) + data)


def rigaku_fixed(begin: int) -> bytes:
    """A fixed head with the angles at byte 3004 (two readers differ in where the counts begin: 3058 or 3074)."""
    head = _placed(
        begin,
        mark=(0, b"FI\0\0\1"),
        waves=(984, struct.pack("<2d", 1.54059, 1.54441)),
        angles=(3000, struct.pack("<4f", 4.0, 20.0, ANGLES[-1], 0.02)),
    )
    return bytes(head) + _floats(COUNTS)


def test_rigaku_raw(tmp_path: Path) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(rigaku_parts())
    both = read_all(path)
    assert len(both) == 2
    _is_read(both[1], "rigaku_raw")
    for begin in (3058, 3074):
        path.write_bytes(rigaku_fixed(begin))
        measurement = read(path)
        _is_read(measurement, "rigaku_raw")
        assert measurement.meta["wavelength2_angstrom"] == pytest.approx(1.54441)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (rigaku_parts(7), "unknown layout: 7 points"),
        (rigaku_parts()[:-8], "8 of 10 points"),
        (rigaku_fixed(5000), "unknown layout: 5000 bytes"),
        (rigaku_fixed(3058)[:3040], "truncated"),
        (b"FI" + bytes(4000), "unknown layout of a Rigaku"),
    ],
)
def test_rigaku_raw_of_another_layout_is_not_guessed(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert what in f"{caught.value} {caught.value.hint}"


def stoe(width: int = 4, use: int = 0, second: float = 0.0) -> bytes:
    """RAW_1.06: records of 512 bytes (declarations of STOE's header as published with DASH, and a reader in Python)."""
    head = _placed(
        512,
        mark=(0, b"RAW_1.06Powdat\0\0" + b"02-Mar-21 10:11".ljust(16, b"\0") + b"LaB6"),
        waves=(322, struct.pack("<2f", 1.54059, second)),
        types=(360, struct.pack("<4h", 3, 1, 1, use)),
        done=(376, struct.pack("<2h", 1, 1)),
        last=(476, struct.pack("<2H", 5, 0)),
        heads=(480, struct.pack("<8H", 4, *[0] * 7)),
    )
    factor = 10.0
    span = _placed(
        512,
        points=(34, struct.pack("<3H", len(COUNTS), 0, 1 if width == 2 else 0)),
        scan=(40, struct.pack("<8f", factor, 20.0, 10.0, ANGLES[-1], 10.0 + 0.09, 0.02, 0.01, 30.0)),
        extremes=(120, struct.pack("<2I", int(10 * COUNTS.min()), int(10 * COUNTS.max()))),
    )
    body = (factor * COUNTS).astype(f"<i{width}").tobytes().ljust(512, b"\0")
    return bytes(head) + bytes(1024) + bytes(span) + body


@pytest.mark.parametrize("width", [2, 4])
def test_stoe_raw(tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(stoe(width))
    measurement = read(path)
    _is_read(measurement, "stoe_raw")
    assert measurement.meta["sample"] == "LaB6"
    assert measurement.meta["wavelength_ratio"] == 0.0  # no second wavelength: a monochromator leaves K-alpha-1
    assert measurement.meta["counting_time_second"] == 30.0


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (stoe(use=2), "another value of omega"),
        (stoe()[:-512], "2048 of 2560 bytes"),
        (stoe().replace(b"RAW_1.06", b"RAW_1.03"), "version 1.03"),
        (stoe().replace(struct.pack("<I", 16000), struct.pack("<I", 16001), 1), "16001 are stated"),
    ],
)
def test_stoe_raw_that_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "a.raw"
    path.write_bytes(content)
    with pytest.raises(InputError, match=what):
        read(path)


def cpi(counts: np.ndarray = COUNTS) -> str:
    """The example in xylib, cpi.cpp."""
    head = ["SIETRONICS XRD SCAN", "20.00", "20.18", "0.020", "Cu", "1.54056", "1-1-1996", "0.600", "CaO", "SCANDATA"]
    return "\n".join([*head, *(f"{value:.0f}" for value in counts)]) + "\n"


def test_sietronics(tmp_path: Path) -> None:
    path = tmp_path / "a.cpi"
    path.write_text(cpi(), encoding="utf-8")
    measurement = read(path)
    _is_read(measurement, "sietronics_cpi")
    assert measurement.meta["anode"] == "Cu"
    assert measurement.meta["sample"] == "CaO"
    path.write_text(cpi(COUNTS[:7]), encoding="utf-8")
    with pytest.raises(InputError, match="7 of 10 points"):
        read(path)
    path.write_text(cpi().replace("0.020", "fast"), encoding="utf-8")
    with pytest.raises(InputError, match="line 4 is 'fast', expected a number"):
        read(path)


CIF = """data_silicon
_pd_block_id 'silicon'
_diffrn_radiation_probe x-ray
_diffrn_radiation_wavelength 1.54056(2)
{head}
loop_
{items}
"""


def _cif(head: str, items: str, rows: list[str]) -> str:
    return CIF.format(head=head, items=items) + "\n".join(rows) + "\n"


def test_powder_cif(tmp_path: Path) -> None:
    """The powder dictionary of the IUCr (International Tables G, chapter 4.2); gemmi reads the syntax."""
    path = tmp_path / "a.cif"
    span = "_pd_meas_2theta_range_min 20.0\n_pd_meas_2theta_range_max 20.18\n_pd_meas_2theta_range_inc 0.02"
    path.write_text(_cif(span, "_pd_meas_counts_total", [f"{c:.0f}" for c in COUNTS]), encoding="utf-8")
    measurement = read(path)
    _is_read(measurement, "pd_cif")
    assert measurement.meta["wavelength_angstrom"] == pytest.approx(1.54056)
    rows = [f"{x:.2f} {c:.1f}({10 * np.sqrt(c):.0f})" for x, c in zip(ANGLES, COUNTS, strict=True)]
    path.write_text(_cif("", "_pd_meas_2theta_scan\n_pd_meas_intensity_total", rows), encoding="utf-8")
    measurement = read(path)
    _is_read(measurement, "pd_cif")
    assert measurement["intensity_std_count"] == pytest.approx(np.sqrt(COUNTS), abs=0.06)


def test_powder_cif_that_lost_points(tmp_path: Path) -> None:
    path = tmp_path / "a.cif"
    rows = [f"{x:.2f} {c:.1f}" for x, c in zip(ANGLES, COUNTS, strict=True)]
    text = _cif("_pd_meas_number_of_points 10", "_pd_meas_2theta_scan\n_pd_meas_intensity_total", rows[:-1])
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="9 of 10 points"):
        read(path)
    path.write_text(text.replace("x-ray", "neutron").replace(" 10\n", " 9\n"), encoding="utf-8")
    assert read(path).meta["radiation"] == "neutrons"


SPEC = """#F a.spec
#E 1145450191
#D Sat Jul 22 13:05:06 2006
#O0 Two Theta  Theta  energy

#S 1  ascan  th 9 11 2 1
#P0 20 10 17.0
#N 3
#L Theta  Monitor  Detector
9 1000 5
10 1000 50

#S 2  a2scan  tth 20 20.18 th 10 10.09 9 1
#D Sat Jul 22 13:06:06 2006
#P0 20 10 17.0
#N 4
#L Two Theta  Theta  Monitor  Detector
"""


def _spec(monitor: np.ndarray) -> str:
    rows = zip(ANGLES, monitor, COUNTS * monitor / monitor.mean(), strict=True)
    return SPEC + "".join(f"{x:.4f} {x / 2:.4f} {m:.6f} {c:.6f}\n" for x, m, c in rows)


def test_spec_scans(tmp_path: Path) -> None:
    """The format as SPEC (certif.com) and silx describe it; 17 keV from the motor's position."""
    path = tmp_path / "a.spec"
    path.write_text(_spec(np.full(10, 1000.0)), encoding="utf-8")
    measurement = read(path)
    _is_read(measurement, "spec_scans")
    assert measurement.meta["wavelength_angstrom"] == pytest.approx(12.39842 / 17.0)
    assert measurement.meta["wavelength_ratio"] == 0.0
    assert {note.code for note in measurement.notes} == {"detector", "other_scans"}
    path.write_text(_spec(np.linspace(1200.0, 800.0, 10)), encoding="utf-8")
    measurement = read(path)
    _is_read(measurement, "spec_scans")
    assert "monitor" in {note.code for note in measurement.notes}


def test_spec_files_that_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.spec"
    path.write_text(_spec(np.full(10, 1000.0)) + "20.20 10.1 1000\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 28: 3 numbers for 4 columns"):
        read(path)
    path.write_text(_spec(np.full(10, 1000.0)).replace("a2scan  tth", "mesh  tth"), encoding="utf-8")
    with pytest.raises(InputError, match="a map"):
        read(path)


def _uxd(phi: float) -> str:
    head = ["_DRIVE='COUPLED'", "_STEPSIZE=0.02", "_STEPCOUNT=10", "_START=20.0", f"_PHI={phi}", "_COUNTS"]
    return "\n".join([*head, " ".join(f"{c:.0f}" for c in COUNTS)]) + "\n"


def test_uxd_ranges_at_steps_of_phi_are_a_map(tmp_path: Path) -> None:
    path = tmp_path / "a.uxd"
    path.write_text("_FILEVERSION=2\n" + "".join(_uxd(5.0 * i) for i in range(3)), encoding="utf-8")
    with pytest.raises(InputError, match="map of reciprocal space"):
        read_all(path)
    path.write_text("_FILEVERSION=2\n" + 3 * _uxd(5.0), encoding="utf-8")  # the same again and again is a series
    assert len(read_all(path)) == 3


def _ras(omega: float) -> str:
    head = {"MEAS_SCAN_AXIS_X": "2-Theta", "MEAS_COND_AXIS_NAME-0": "Omega", "MEAS_COND_AXIS_POSITION-0": omega}
    rows = "\n".join(f"{x:.2f} {c:.0f} 1.0" for x, c in zip(ANGLES, COUNTS, strict=True))
    fields = "\n".join(f'*{key} "{value}"' for key, value in head.items())
    return f"*RAS_HEADER_START\n{fields}\n*RAS_HEADER_END\n*RAS_INT_START\n{rows}\n*RAS_INT_END\n"


def test_ras_scans_at_steps_of_omega_are_a_map(tmp_path: Path) -> None:
    path = tmp_path / "a.ras"
    path.write_text("*RAS_DATA_START\n" + "".join(_ras(10 + 0.1 * i) for i in range(3)), encoding="utf-8")
    with pytest.raises(InputError, match="step of omega"):
        read_all(path)
    path.write_text("*RAS_DATA_START\n" + 3 * _ras(10.0), encoding="utf-8")
    assert len(read_all(path)) == 3
