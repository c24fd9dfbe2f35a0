"""Impedance against known circuits: Boukamp's test circuit and dummy cells, in real instrument files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.techniques.impedance import Settings, analyse

TC1 = Settings(circuit="R0-p(R1,C1)-p(R2,W2)", compare=False)  # 100, 200 || 0.8 uF, 500 || W 1767.77
COLUMNS = ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
TC1_TRUTH = {"R0": 100.0, "R1": 200.0, "C1": 0.8e-6, "R2": 500.0, "W2": 1767.7670}


def errors(measurement: Measurement) -> dict[str, float]:
    """Relative error of each parameter of Boukamp's circuit."""
    result = analyse(measurement, TC1)
    return {name: abs(result[name].value / truth - 1) for name, truth in TC1_TRUTH.items()}


FORMATS = (
    "case-multiple-spectra.csv",
    "case-multiple-spectra.mpt",
    "case-negative-real-imaginary.csv",
    "data-comma-decimal-separator.csv",
    "data-comma.csv",
    "data-header-variant-1.csv",
    "data-header-variant-4.csv",
    "data.dfr",
    "data.dta",
    "data.i2b",
    "data.idf",
    "data.ids",
    "data.mpt",
    "data.ods",
    "data.pssession",
    "data.xlsx",
    "data.z",
)


@pytest.mark.parametrize("name", FORMATS)
def test_boukamps_circuit_in_every_format(data: Path, name: str) -> None:
    for measurement in read_all(data / "eis/pyimpspec" / name):
        assert max(errors(measurement).values()) < 1e-5


SIX_DIGITS = {"data.idf", "data.ids"}


def as_p00_prints(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rounded as the .P00 file prints: five digits from 10 to 100 and 1000 to 10 000, four in the decades between."""
    digits = [5 if int(np.floor(np.log10(abs(value)))) % 2 else 4 for value in values]
    return np.array([float(f"{value:.{n - 1}e}") for value, n in zip(values, digits, strict=True)])


@pytest.mark.parametrize("name", FORMATS)
def test_four_digits_hold_the_same_spectrum(data: Path, name: str) -> None:
    """Every number of .P00 is that of the other format, rounded; so is the fit: what differs is the rounding alone.

    Of a file of six digits a number next to a tie may be rounded to the other side.
    """
    printed = read(data / "eis/pyimpspec/data.P00")
    expected = analyse(printed, TC1)
    for measurement in read_all(data / "eis/pyimpspec" / name):
        columns = {column: as_p00_prints(measurement[column]) for column in COLUMNS}
        for column, values in columns.items():
            apart = np.abs(values / printed[column] - 1)
            assert apart.max() <= (2e-5 if name in SIX_DIGITS else 0.0), column
        rounded = analyse(Measurement(technique="impedance", columns=columns), TC1)
        for parameter in TC1_TRUTH:
            assert rounded[parameter].value == pytest.approx(expected[parameter].value, rel=1e-5), parameter


def test_boukamps_circuit_in_four_digits(data: Path) -> None:
    """The rounding of .P00 alone: the truth is within the fit's own uncertainty, and within 2e-4."""
    result = analyse(read(data / "eis/pyimpspec/data.P00"), TC1)
    for name, truth in TC1_TRUTH.items():
        assert abs(result[name].value - truth) < 3 * (result[name].std or 0.0), name
        assert result[name].value == pytest.approx(truth, rel=2e-4), name


def test_exponents_left_free_are_found(data: Path) -> None:
    """A capacitor is a CPE of exponent 1, a Warburg element one of exponent 0.5."""
    circuit = "Rs-p(Rint,CPEint)-p(Rct,CPEct)"
    result = analyse(read(data / "eis/pyimpspec/data.dfr"), Settings(circuit=circuit, compare=False))
    expected = {"Rs": 100, "Rint": 200, "CPEint_Q": 0.8e-6, "CPEint_n": 1, "Rct": 500, "CPEct_Q": 4e-4, "CPEct_n": 0.5}
    for name, value in expected.items():
        assert result[name].value == pytest.approx(value, rel=1e-5), name


@pytest.mark.parametrize("repeat", [1, 2])
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, {"R0": (29.13, 0.04), "R1": (46.65, 0.09), "C1": (10.43e-6, 0.05e-6)}),
        (2, {"R0": (149.7, 0.3), "R1": (502.9, 0.7), "C1": (31.2e-9, 0.1e-9)}),
        (3, {"R0": (1504.0, 3.0), "R1": (4632.0, 8.0), "C1": (20.2e-9, 0.1e-9)}),
    ],
)
def test_dummy_circuits(data: Path, number: int, repeat: int, expected: dict[str, tuple[float, float]]) -> None:
    """Values and standard deviations of the MANIFEST; outliers kept as there."""
    measurement = read(data / f"eis/impedance.py/Circuit{number}_EIS_{repeat}.z")
    result = analyse(measurement, Settings(circuit="R0-p(R1,C1)", outliers="keep", compare=False))
    for name, (value, std) in expected.items():
        assert result[name].value == pytest.approx(value, abs=std), name
        assert result[name].std == pytest.approx(std, rel=0.5), name


@pytest.mark.parametrize(
    ("number", "resistance"), [(1, 46.65), (2, 502.9), pytest.param(3, 4632.0, marks=pytest.mark.slow)]
)
def test_dummy_circuits_without_a_circuit(data: Path, number: int, resistance: float) -> None:
    """Nobody names a circuit: one arc of the MANIFEST's resistance, to be quoted, and nothing refused."""
    for repeat in (1, 2):
        result = analyse(read(data / f"eis/impedance.py/Circuit{number}_EIS_{repeat}.z"), Settings())
        assert result.circuit.startswith("L-Rs-p(R1,CPE1)"), result.circuit
        assert result["R1"].value == pytest.approx(resistance, rel=0.006)
        assert result["CPE1_n"].value == pytest.approx(1.0, abs=0.01)
        assert result.arcs[0]["quoted"]
        assert not [n for n in result.notes if n.level == "refused"]


@pytest.mark.parametrize("name", ["data.P00", "data.idf", "data.dfr"])
def test_boukamps_circuit_without_a_circuit(data: Path, name: str) -> None:
    result = analyse(read(data / "eis/pyimpspec" / name), Settings())
    assert result.circuit == "Rs-p(Rint,CPEint)-p(Rct,CPEct)"
    assert result["Rint"].value == pytest.approx(200, rel=5e-4)
    assert result["Rct"].value == pytest.approx(500, rel=5e-4)
    assert not [n for n in result.notes if n.level in {"doubt", "refused"}]


def test_circuit_asked_for_is_refused_where_it_is_not_determined(data: Path) -> None:
    """A dummy cell of one arc and a circuit of two: what it does not determine is refused, with the way out."""
    circuit = "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"
    result = analyse(read(data / "eis/impedance.py/Circuit1_EIS_1.z"), Settings(circuit=circuit))
    refused = [note for note in result.notes if note.level == "refused"]
    assert [note.code for note in refused] == ["undetermined"]
    assert 'circuit = "auto"' in refused[0].text
    assert "W" in refused[0].text
    assert "W" not in result.quantities
