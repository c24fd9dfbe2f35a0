"""Theoretical capacities of hosts and mixtures."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import report

HEAD = "Materials; Initial discharge capacity (mAh g-1); Initial charge capacity (mAh g-1)"


@pytest.mark.parametrize(
    ("row", "alarms"),
    [
        ("Pristine Si; 4100.0; 3275.4", 0),  # the first lithiation holds side reactions
        ("Pristine Si; 4100.0; 3975.4", 1),  # Li22Si5 is not reached at room temperature
        ("Si/Sn-20; 3262.1; 2955.7", 0),
        ("Si/Sn-20; 3462.1; 3295.7", 1),  # 80 % Si + 20 % Sn hold 3062
        ("Unknownium; 9999.0; 9999.0", 0),
    ],
)
def test_hosts_and_mixtures(row: str, alarms: int) -> None:
    assert (
        len(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{row}"), rules=("theoretical_capacity",)).alarms)
        == alarms
    )


@pytest.mark.parametrize(("areal", "alarms"), [("1.65", 0), ("1.98", 1)])
def test_areal_over_loading(areal: str, alarms: int) -> None:
    table = f"Anode; Cathode; Cathode loading (mg cm-2); Areal capacity (mAh cm-2)\nSi; LFP; 10.2; {areal}"
    assert len(report(("Table 1", "Full cells", table), rules=("theoretical_capacity",)).alarms) == alarms
