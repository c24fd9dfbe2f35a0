"""Percentiles, span and means of size distributions."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Sample; D10 (µm); D50 (µm); D90 (µm); Span; D[3,2] (µm); D[4,3] (µm)"


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ("x; 2.1; 6.4; 14.8; 1.98; 4.6; 7.6", set()),
        ("x; 2.1; 14.8; 6.4; 0.29; 4.6; 7.6", {"D90 of x is not below D50"}),
        ("x; 2.1; 6.4; 14.8; 2.31; 4.6; 7.6", {"span of x"}),  # D90 / D50
        ("x; 2.1; 6.4; 14.8; 1.98; 7.6; 4.6", {"D[4,3] of x is not below D[3,2]"}),
    ],
)
def test_row(row: str, failing: set[str]) -> None:
    made = report(("Table 1", "Sizes of the powders", f"{HEAD}\n{row}"), rules=("particle_sizes",))
    found = findings(made, "particle_sizes")
    assert len(found) == 4
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == failing
