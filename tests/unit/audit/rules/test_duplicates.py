"""Values shared by different cells."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

HEAD = "Anode; Cathode; Mass of cathode (mg); Capacity (mAh g-1)"


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("A; NCM811; 15.23; 179.0\nB; NCM811; 15.23; 187.4", 1),
        ("A; NCM811; 15.23; 179.0\nB; NCM811; 15.24; 187.4", 0),
        ("A; NCM811; 15.2; 179.0\nB; NCM811; 15.2; 187.4", 0),  # three digits alone are no wonder
        ("A; NCM811; 15.23; 179.0\n; ; ; 152.5", 0),  # a merged cell is one cell
    ],
)
def test_shared(rows: str, count: int) -> None:
    made = report(("Table 1", "Full cells", f"{HEAD}\n{rows}"), rules=("duplicates",))
    assert len(findings(made, "duplicates")) == count
    assert made.alarms == ()


def test_sums_are_no_measured_values() -> None:
    head = "Electrode; Active material (wt%); Carbon (wt%); Binder (wt%); Sum (wt%)"
    table = f"{head}\nA; 95; 3; 2; 100.0\nB; 93; 4; 3; 100.0"
    assert findings(report(("Table 1", "Electrodes", table), rules=("duplicates",)), "duplicates") == []
