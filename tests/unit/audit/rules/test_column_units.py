"""Units in the wrong column, and percentages above 100 %."""

from __future__ import annotations

from tests.unit.audit.builders import report


def test_a_torque_among_pressures() -> None:
    table = "Anode; Stack pressure (MPa)\nA; 50\nB; 3 N·m\nC; N/A\nD; 0.5 GPa"
    assert [a.printed for a in report(("Table 1", "", table), rules=("column_units",)).alarms] == ["3 N·m"]


def test_more_than_the_whole() -> None:
    table = "Materials; ICE (%)\nA; 92.5\nB; 925"
    assert [a.printed for a in report(("Table 1", "Anodes", table), rules=("column_units",)).alarms] == ["925 %"]
