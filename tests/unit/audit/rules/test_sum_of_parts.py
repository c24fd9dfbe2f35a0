"""Totals and their parts."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; Plastic deformation energy (nJ); Elastic deformation energy (nJ); Total deformation energy (nJ)"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("A; 11.81; 4.14; 15.95", Verdict.HOLDS),
        ("A; 11.81; 4.14; 15.96", Verdict.HOLDS),  # each part may be off by half a last digit
        ("A; 11.81; 4.14; 15.97", Verdict.FAILS),
        ("A; 11.81; -; 11.81", Verdict.HOLDS),
        ("A; 11.81; -; 12.81", Verdict.FAILS),
    ],
)
def test_sum(row: str, verdict: Verdict) -> None:
    found = findings(report(("Table 1", "Particles", f"{HEAD}\n{row}"), rules=("sum_of_parts",)), "sum_of_parts")
    assert [finding.verdict for finding in found] == [verdict]


def test_other_units_are_no_parts() -> None:
    table = "Materials; Plastic energy (nJ); Total energy (mAh)\nA; 1.0; 2.0"
    assert findings(report(("Table 1", "", table)), "sum_of_parts") == []
