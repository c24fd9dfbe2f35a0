"""Rows of one sample in several tables are checked together; right ones raise nothing."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import report

HEAD = "Sample; Initial discharge capacity (mAh/g); Initial charge capacity (mAh/g)"
FIRST = f"{HEAD}\nA; 425.3; 351.2\nB; 373.2; 320.1\nC; 416.1; 377.7"
CELLS = "Anode; Cathode; Cathode loading (mg cm-2); Areal capacity (mAh cm-2)\nSi; NCM811; {}; 2.80"
MASSES = "Anode; Cathode; Cathode active material mass (mg); Discharge capacity (mAh g-1)\nSi; NCM811; 12.02; 183.0"


def _printed(*tables: str) -> list[str]:
    made = report(*((f"Table {i}", "Half cells of anodes", rows) for i, rows in enumerate(tables, start=1)))
    return [alarm.printed for alarm in made.alarms]


@pytest.mark.parametrize(("efficiency", "alarms"), [("85.8", []), ("58.8", ["58.8 %"])])
def test_an_efficiency_in_another_table(efficiency: str, alarms: list[str]) -> None:
    assert _printed(FIRST, f"Sample; ICE (%)\nA; 82.6\nB; {efficiency}\nC; 90.8") == alarms


def test_a_table_about_other_cells_of_these_names_raises_nothing() -> None:
    assert _printed(FIRST, "Sample; ICE (%)\nA; 71.6\nB; 74.8\nC; 80.1") == []


def test_rows_at_several_rates_are_not_joined() -> None:
    rates = "A; 0.1; 82.6\nA; 1; 80.6\nB; 0.1; 58.8\nB; 1; 80.1\nC; 0.1; 90.8\nC; 1; 85.0"
    rates = f"Sample; Current density (A/g); ICE (%)\n{rates}"
    assert _printed(FIRST, rates) == []


@pytest.mark.parametrize(
    ("loading", "alarms"),
    [
        ("15.3", []),  # 15.3 mg/cm2 × 183.0 mAh/g = 2.80 mAh/cm2
        ("51.3", ["2.80 mAh cm-2"]),  # swapped digits
        ("11.64", []),  # of another cell: no typing error makes 15.3 of it
    ],
)
def test_a_full_cell_that_both_tables_name(loading: str, alarms: list[str]) -> None:
    made = report(("Table 1", "Full cells", CELLS.format(loading)), ("Table 2", "Full cells", MASSES))
    assert [alarm.printed for alarm in made.alarms] == alarms
