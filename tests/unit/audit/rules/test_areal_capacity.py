"""Areal capacities in one row and across tables."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Cathode; Loading (mg cm-2); Specific capacity (mAh g-1); Areal capacity (mAh cm-2)"


@pytest.mark.parametrize(("areal", "verdict"), [("2.48", Verdict.HOLDS), ("2.84", Verdict.FAILS)])
def test_in_a_row(areal: str, verdict: Verdict) -> None:
    table = f"{HEAD}\nNCM811; 15.3; 162.1; {areal}"
    found = findings(report(("Table 1", "Cathodes", table), rules=("areal_capacity",)), "areal_capacity")
    assert [finding.verdict for finding in found] == [verdict]


@pytest.mark.parametrize(("current", "count"), [("0.28", 1), ("0.55", 0)])
def test_across_tables_at_the_same_current_only(current: str, count: int) -> None:
    one = "Anode; Cathode; Current density (mA g-1); Specific capacity (mAh g-1)\nSi; NCM811; 18; 162.1"
    other = (
        "Anode; Cathode; Loading (mg cm-2); Current density (mA cm-2); Areal capacity (mAh cm-2)\n"
        f"Si; NCM811; 15.3; {current}; 2.48"
    )
    made = report(("Table 1", "Full cells", one), ("Table 2", "Full cells", other), rules=("areal_capacity",))
    assert len(findings(made, "areal_capacity")) == count


@pytest.mark.parametrize(("areal", "verdict"), [("3.90", Verdict.HOLDS), ("3.09", Verdict.FAILS)])
def test_of_two_loadings_that_of_the_active_material(areal: str, verdict: Verdict) -> None:
    """20.02 mg cm-2 of active material at 195 mAh g-1 are 3.90 mAh cm-2; the whole coating would give 4.15."""
    head = "Cell; Coating weight (mg cm-2); Active material loading (mg cm-2); Specific capacity (mAh g-1)"
    table = f"{head}; Areal capacity (mAh cm-2)\nA; 21.3; 20.02; 195; {areal}"
    found = findings(report(("Table 1", "Cells", table), rules=("areal_capacity",)), "areal_capacity")
    assert [finding.verdict for finding in found] == [verdict]


@pytest.mark.parametrize("name", ["Mass (mg cm-2)", "Coating mass (mg cm-2)", "Electrode loading (mg cm-2)"])
def test_the_mass_of_the_coating_is_the_basis_only_where_most_rows_say_so(name: str) -> None:
    """With 94 % active material, 18.12 mg cm-2 at 201 mAh g-1 are 3.42 mAh cm-2; without, 3.64."""
    head = f"Electrode; {name}; Capacity (mAh g-1); Areal capacity (mAh cm-2)"
    other = report(("Table 1", "Cells", f"{head}\nA; 18.12; 201; 3.42\nB; 20.08; 198; 3.74\nC; 22.21; 196; 4.09"))
    assert other.alarms == ()
    same = f"{head}\nA; 18.12; 201; 3.64\nB; 20.08; 198; 3.98\nC; 22.21; 196; 4.53"
    assert [alarm.places[0].row for alarm in report(("Table 1", "Cells", same)).alarms] == [3]
