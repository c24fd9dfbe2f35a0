"""Results that are compared, and their bases."""

from __future__ import annotations

from tests.unit.audit.builders import findings, report

HEAD = "Materials; Current density (mA g-1); Reversible capacity after Xth cycle (mAh g-1); Refs."


def test_cycles_and_currents() -> None:
    rows = "A; 100; 900 (X=100); [1]\nB; 200; 800 (X=50); [2]\nC; 3200; 700 (X=100); [3]"
    made = report(("Table 1", "Comparison with reported anodes", f"{HEAD}\n{rows}"), rules=("bases",))
    assert [f.explain for f in findings(made, "bases")] == [
        "Table 1 compares capacities after different numbers of cycles (50 and 100)",
        "Table 1 compares results at currents from 100 mA g-1 to 3200 mA g-1",
    ]
    assert made.alarms == ()


def test_one_basis_gives_no_finding() -> None:
    rows = "A; 100; 900 (X=100); [1]\nB; 200; 800 (X=100); [2]\nC; 300; 700 (X=100); [3]"
    made = report(("Table 1", "Comparison with reported anodes", f"{HEAD}\n{rows}"), rules=("bases",))
    assert findings(made, "bases") == []
