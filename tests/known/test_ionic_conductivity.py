"""Blocking spectra of a file whose circuit is known: 170 + 1300 ohm before a CPE (data of other hands)."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.readers import read_all
from halfcell.techniques.ionic_conductivity import Settings, analyse

SET = Settings(thickness_um=650, diameter_mm=10, temperature_degc=25, pressure_mpa=300)
LENGTH_OVER_AREA = 0.065 / 0.7853981633974483


@pytest.mark.parametrize("name", ["block80.csv", "block89.csv", "block95.csv", "block89_10uF.csv"])
def test_resistance_before_the_tail(data: Path, name: str) -> None:
    """Rs-p(R1,CPE1)-CPE2 with 170 and 1300 ohm and 0.1 % noise (MANIFEST of the data)."""
    result = analyse(read_all(data / "more" / "eis" / name)[0], SET)
    found = result["resistance"]
    assert found.value == pytest.approx(1470, abs=3 * (found.std or 0))
    assert (found.std or 0) < 2
    assert result["conductivity"].value == pytest.approx(LENGTH_OVER_AREA / 1470, rel=2e-3)
