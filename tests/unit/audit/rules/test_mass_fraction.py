"""Active mass, electrode mass, fraction."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Cell; Anode mass (mg); Anode current collector mass (mg); Anode active mass fraction; Anode active mass (mg)"


@pytest.mark.parametrize(
    ("active", "verdict"), [("8.73", Verdict.HOLDS), ("8.37", Verdict.FAILS), ("26.78", Verdict.FAILS)]
)
def test_collector_is_taken_off(active: str, verdict: Verdict) -> None:
    table = f"{HEAD}\nA; 28.19; 19.00; 0.950; {active}"
    found = findings(report(("Table 1", "Cells", table), rules=("mass_fraction",)), "mass_fraction")
    assert found[0].verdict is verdict


def test_swapped_masses_fail() -> None:
    table = "Cell; Mass of anode (mg); Mass of anode active material (mg)\nA; 6.89; 8.61"
    found = findings(report(("Table 1", "Cells", table), rules=("mass_fraction",)), "mass_fraction")
    assert [finding.verdict for finding in found] == [Verdict.FAILS]


@pytest.mark.parametrize(("active", "alarms"), [("12.34", 0), ("13.24", 1)])
def test_one_recipe_has_one_fraction(active: str, alarms: int) -> None:
    table = (
        "Anode; Cathode; Mass of cathode (mg); Mass of NCM811 (mg)\n"
        f"Graphite; NCM811; 15.23; 12.18\nSi; NCM811; 15.43; {active}"
    )
    assert len(report(("Table 1", "Full cells", table), rules=("mass_fraction",)).alarms) == alarms
