"""Impedance against known circuits: Boukamp's test circuit and dummy cells, in real instrument files."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.measurement import Measurement
from halfcell.readers import read, read_all
from halfcell.techniques.impedance import Settings, analyse

TC1 = Settings(circuit="R0-p(R1,C1)-p(R2,W2)", compare=False)  # 100, 200 || 0.8 uF, 500 || W 1767.77
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


def test_boukamps_circuit_in_four_digits(data: Path) -> None:
    """The .P00 file prints 4 to 5 digits: the truth is within its own uncertainty, and within 2e-4."""
    measurement = read(data / "eis/pyimpspec/data.P00")
    assert max(errors(measurement).values()) < 2e-4
    result = analyse(measurement, TC1)
    for name, truth in TC1_TRUTH.items():
        assert abs(result[name].value - truth) < 3 * (result[name].std or 0.0), name


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
