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


@pytest.mark.parametrize("cells", ["125.5 (96.1%); 119.8 (91.7%)", "125.5 (96.1); 119.8 (91.7)"])
def test_retentions_in_brackets_after_two_numbers_of_cycles(cells: str) -> None:
    """125.5/130.6 = 96.1 %, 119.8/130.6 = 91.7 %."""
    head = "Sample; 1st cycle (mAh g-1); 100th cycle (mAh g-1) (retention); 300th cycle (mAh g-1) (retention)"
    table = f"{head}\nLNMO; 128.3; 117.2 (91.3%); 104.9 (81.8%)\nLNMO-Ti; 130.6; {cells}"
    found = findings(report(("Table 1", "Half cells", table), rules=("retention",)), "retention")
    assert [finding.verdict for finding in found] == [Verdict.HOLDS] * 4
    wrong = report(("Table 1", "Half cells", table.replace("91.7", "97.1")), rules=("retention",))
    assert [(alarm.places[0].row, alarm.places[0].column) for alarm in wrong.alarms] == [(2, 3)]


def test_retentions_in_columns_of_their_own_after_two_numbers_of_cycles() -> None:
    head = "Sample; Initial capacity (mAh g-1); Capacity after 100 cycles (mAh g-1); Retention after 100 cycles (%)"
    more = "Capacity after 300 cycles (mAh g-1); Retention after 300 cycles (%)"
    table = f"{head}; {more}\nLNMO; 128.3; 117.2; 91.3; 104.9; 81.8\nLNMO-Ti; 130.6; 125.5; 96.1; 119.8; 97.1"
    found = findings(report(("Table 1", "Half cells", table), rules=("retention",)), "retention")
    assert sorted(finding.verdict for finding in found) == [Verdict.HOLDS] * 3 + [Verdict.SEEN]
