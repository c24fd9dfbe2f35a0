"""Scherrer sizes."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; 2θ (°); FWHM (°); Crystallite size (nm)"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("Si; 28.44; 0.843; 9.7", Verdict.HOLDS),  # K = 0.9, Cu K alpha
        ("Si; 28.44; 0.843; 10.2", Verdict.HOLDS),  # K = 0.94
        ("Si; 28.44; 0.843; 19.4", Verdict.FAILS),  # half width taken for full width
        ("Si; 28.44; 0.843; 0.97", Verdict.FAILS),
    ],
)
def test_scherrer(row: str, verdict: Verdict) -> None:
    found = findings(report(("Table 1", "Powders", f"{HEAD}\n{row}"), rules=("crystallite_size",)), "crystallite_size")
    assert [finding.verdict for finding in found] == [verdict]


def test_printed_wavelength_is_used() -> None:
    table = "Materials; 2θ (°); FWHM (°); Wavelength (Å); Crystallite size (nm)\nSi; 12.95; 0.843; 0.7093; 4.3"
    found = findings(report(("Table 1", "Powders", table), rules=("crystallite_size",)), "crystallite_size")
    assert [finding.verdict for finding in found] == [Verdict.HOLDS]
