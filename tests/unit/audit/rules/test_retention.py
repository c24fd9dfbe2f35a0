"""Retention and the capacities that are printed with it."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; Initial charge capacity (mAh g-1); Reversible capacity after 100 cycles (mAh g-1); Retention (%)"


@pytest.mark.parametrize(("retention", "verdict"), [("91.4", Verdict.HOLDS), ("94.1", Verdict.SEEN)])
def test_against_the_first_charge(retention: str, verdict: Verdict) -> None:
    table = f"{HEAD}\nSi; 1255.4; 1147.4; {retention}"
    found = findings(report(("Table 1", "Anodes in half cells", table), rules=("retention",)), "retention")
    assert [finding.verdict for finding in found] == [verdict]


def test_implied_reference_is_held_against_theory() -> None:
    """130 mAh/g at a retention of 40 % means 325 mAh/g at first, which is more than NCM811 can have."""
    head = "Anode; Cathode; Discharge capacity (mAh g-1); Capacity retention (%); Refs."
    good, bad = f"{head}\nSi; NCM811; 130 (X=100); 80.0; [1]", f"{head}\nSi; NCM811; 130 (X=100); 40.0; [1]"
    assert report(("Table 1", "Full cells", good), rules=("retention",)).alarms == ()
    alarm = report(("Table 1", "Full cells", bad), rules=("retention",)).alarms[0]
    assert "323.3 to 326.7" in alarm.explain
