"""Fractions of a composition."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; Si (at%); Sn (at%); C (at%)"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("D; 30.1; 10.2; 59.7", Verdict.HOLDS),
        ("D; 30.1; 10.2; 59.8", Verdict.HOLDS),
        ("D; 30.1; 20.1; 59.7", Verdict.FAILS),
        ("D; 30.1; 10.2; 49.7", Verdict.SEEN),
    ],
)
def test_shares(row: str, verdict: Verdict) -> None:
    others = "A; 50.0; 20.0; 30.0\nB; 40.5; 19.5; 40.0\nC; 60.0; 10.0; 30.0"
    made = report(("Table 1", "EDX", f"{HEAD}\n{others}\n{row}"), rules=("composition",))
    assert findings(made, "composition")[-1].verdict is verdict
