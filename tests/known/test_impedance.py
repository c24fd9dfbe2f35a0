"""Impedance against known circuits: Boukamp's test circuit and dummy cells, in real instrument files."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.readers import read
from halfcell.techniques.impedance import Settings, analyse

TC1 = Settings(circuit="R0-p(R1,C1)-p(R2,W2)", compare=False)  # 100, 200 || 0.8 uF, 500 || W 1767.77
TC1_TRUTH = {"R0": 100.0, "R1": 200.0, "C1": 0.8e-6, "R2": 500.0, "W2": 1767.7670}


def boukamp(path: Path) -> dict[str, float]:
    """Relative error of each parameter of Boukamp's circuit."""
    result = analyse(read(path), TC1)
    return {name: abs(result[name].value / truth - 1) for name, truth in TC1_TRUTH.items()}


def test_boukamp_zplot(data: Path) -> None:
    assert max(boukamp(data / "eis/pyimpspec/data.z").values()) < 1e-5


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
