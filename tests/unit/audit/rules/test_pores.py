"""Areas and volumes of pores, and their mean width."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = (
    "Sample; BET area (m2 g-1); Micropore area (m2 g-1); External area (m2 g-1); Total pore volume (cm3 g-1); "
    "Micropore volume (cm3 g-1); Pore width 4V/A (nm)"
)


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ("x; 53.6; 21.4; 32.2; 0.160; 0.0235; 11.9", set()),
        ("x; 53.6; 21.4; 62.2; 0.160; 0.0235; 11.9", {"External area of x within BET area"}),
        ("x; 53.6; 21.4; 32.2; 0.016; 0.0235; 1.2", {"Micropore volume of x within Total pore volume"}),
        ("x; 53.6; 21.4; 32.2; 0.160; 0.0235; 6.0", {"Pore width 4V/A of x"}),  # 2 V / A
    ],
)
def test_row(row: str, failing: set[str]) -> None:
    found = findings(report(("Table 1", "Pores", f"{HEAD}\n{row}"), rules=("pores",)), "pores")
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == failing


def test_a_width_of_another_model_is_no_error() -> None:
    table = "Sample; BET area (m2 g-1); Total pore volume (cm3 g-1); Average pore size (nm)\nx; 53.6; 0.160; 3.8"
    assert not report(("Table 1", "Pores", table), rules=("pores",)).alarms
