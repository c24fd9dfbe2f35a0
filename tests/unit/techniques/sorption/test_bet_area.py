"""The BET area of a branch."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.maths.monolayer import area, bet_loading
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.bet_area import bet_area
from halfcell.techniques.sorption.branches import Branch

PRESSURE = np.concatenate([np.linspace(0.01, 0.35, 35), np.linspace(0.4, 0.95, 12)])


def _isotherm(**meta: object) -> Measurement:
    return Measurement(technique="sorption", columns={"relative_pressure": PRESSURE}, meta=meta)


def test_area_and_c_of_an_exact_isotherm_come_back() -> None:
    """10 cm3 STP/g of nitrogen, 0.162 nm2 each: 43.5 m2/g (ISO 9277)."""
    found = bet_area(Branch(pressure=PRESSURE, loading=bet_loading(PRESSURE, 10.0, 100.0)), _isotherm(), Settings())
    quantities = found.findings.quantities
    assert quantities["bet_area"].value == pytest.approx(43.5, abs=0.1)
    assert quantities["bet_area"].value == pytest.approx(area(10.0, 0.162), rel=1e-3)
    assert any(q.value == pytest.approx(100.0, rel=0.02) for q in quantities.values())


def test_a_branch_without_a_valid_window_has_no_area() -> None:
    hollow = Branch(pressure=PRESSURE, loading=5.0 * PRESSURE**2)
    found = bet_area(hollow, _isotherm(), Settings())
    assert "bet_area" not in found.findings.quantities
    assert "refused" in [note.level for note in found.findings.notes]
