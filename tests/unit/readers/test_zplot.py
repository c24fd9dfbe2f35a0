"""ZPlot files: real ones, cut and damaged ones, and a round trip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.readers.impedance import zplot
from halfcell.techniques.impedance import Parameters, simulate

REAL = {
    "impedance.py/exampleDataZPlot.z": (21, 3.0e5, 1.4777e2, -1.1335e1),
    "impedance.py/exampleDataZPlot_noComments.z": (31, 3.0e5, 6.4262e2, -8.5821e1),
    "impedance.py/exampleDataAutolab.txt": (41, 1e4, 0.013785863964281, 0.007191946305823),
    "impedance.py/Circuit1_EIS_1.z": (48, 5.0e4, 2.9036e1, 6.3662e-1),
    "impedance.py/Circuit2_EIS_1.z": (56, 3.0e5, 1.4777e2, -1.1335e1),
    "impedance.py/Circuit3_EIS_2.z": (53, 1.5e5, 1.4920e3, 1.1789e1),
    "pyimpspec/data.z": (29, 1e4, 1.090092e2, -2.655568e1),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_gives_what_its_text_says(data: Path, name: str) -> None:
    count, frequency, real, imaginary = REAL[name]
    measurement = read(data / "eis" / name)
    assert measurement.technique == "impedance"
    assert measurement.source is not None
    assert measurement.source.reader == "zplot"
    assert len(measurement) == count
    assert measurement["frequency_hertz"][0] == frequency
    assert measurement["real_impedance_ohm"][0] == real
    assert measurement["imaginary_impedance_ohm"][0] == imaginary


def test_short_sweep_is_said(data: Path) -> None:
    notes = read(data / "eis/impedance.py/exampleDataZPlot_noComments.z").notes
    assert [note.code for note in notes] == ["short_sweep"]
    assert read(data / "eis/impedance.py/Circuit1_EIS_1.z").notes == ()


@pytest.mark.parametrize("share", [0.3, 0.95, 0.999])
def test_a_cut_file_is_refused(data: Path, tmp_path: Path, share: float) -> None:
    content = (data / "eis/impedance.py/Circuit1_EIS_1.z").read_bytes()
    path = tmp_path / "cut.z"
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(InputError, match=r"cut\.z"):
        read(path)


def test_a_damaged_value_is_named_with_line_and_column(data: Path, tmp_path: Path) -> None:
    content = (data / "eis/impedance.py/Circuit1_EIS_1.z").read_bytes()
    path = tmp_path / "damaged.z"
    path.write_bytes(content.replace(b"2.9046E+01", b"2.9#46E+01"))
    with pytest.raises(InputError, match=r"line 125, column Z'\(a\): '2.9#46E\+01' is not a number"):
        read(path)


def test_a_written_spectrum_is_read_back(tmp_path: Path) -> None:
    made = simulate(Parameters(sample="Si", cycle=10), np.random.default_rng(0))
    path = tmp_path / "made.z"
    path.write_bytes(zplot.write(made))
    assert b"simulated by halfcell" in path.read_bytes()
    again = read(path)
    assert again.is_simulated
    assert again.meta["sample"] == "Si"
    for name in ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"):
        assert np.allclose(again[name], made[name], rtol=1e-9)
