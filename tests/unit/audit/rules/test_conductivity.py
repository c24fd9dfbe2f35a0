"""Conductivity from thickness, resistance and area."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict


@pytest.mark.parametrize(
    ("geometry", "value", "sigma", "verdict"),
    [
        ("Diameter (mm)", "10.00", "0.2505", Verdict.HOLDS),
        ("Diameter (mm)", "10.00", "2.505", Verdict.FAILS),
        ("Diameter (mm)", "10.00", "0.0626", Verdict.FAILS),  # radius for diameter
        ("Area (cm2)", "0.7854", "0.2505", Verdict.HOLDS),
    ],
)
def test_pellet(geometry: str, value: str, sigma: str, verdict: Verdict) -> None:
    head = f"Materials; Thickness (mm); {geometry}; Resistance (Ω); Electronic conductivity (S cm-1)"
    table = f"{head}\nA; 0.812; {value}; 0.4127; {sigma}"
    found = findings(report(("Table 1", "Pellets", table), rules=("conductivity",)), "conductivity")
    assert [finding.verdict for finding in found] == [verdict]
