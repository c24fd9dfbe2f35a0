"""Works of an indentation."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Sample; Total deformation energy (nJ); Elastic deformation energy (nJ); We/Wt (%)"


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ("x; 12.40; 5.21; 42.0", set()),
        ("x; 5.21; 12.40; 42.0", {"Elastic deformation energy of x within Total deformation energy", "We/Wt of x"}),
        ("x; 12.40; 5.21; 58.0", {"We/Wt of x"}),  # the plastic share
    ],
)
def test_row(row: str, failing: set[str]) -> None:
    found = findings(
        report(("Table 1", "Indentation", f"{HEAD}\n{row}"), rules=("indentation_work",)), "indentation_work"
    )
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == failing
