"""Energies, with the mass that the capacity is based on."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = (
    "Cell; Mass of anode active material (mg); Mass of cathode active material (mg); Capacity (mAh g-1); "
    "Average voltage (V); Energy (Wh)"
)


@pytest.mark.parametrize(
    ("row", "verdict", "part"),
    [
        ("A; 6.89; 12.18; 179.0; 3.63; 0.00791", Verdict.HOLDS, "cathode active"),
        ("A; 6.89; 12.18; 179.0; 3.63; 0.00448", Verdict.HOLDS, "anode active"),
        ("A; 6.89; 12.18; 179.0; 3.63; 0.00719", Verdict.FAILS, ""),
    ],
)
def test_energy(row: str, verdict: Verdict, part: str) -> None:
    found = findings(report(("Table 1", "Full cells", f"{HEAD}\n{row}"), rules=("energy",)), "energy")
    assert [finding.verdict for finding in found] == [verdict]
    assert part in found[0].explain


def test_the_basis_is_that_of_the_most_rows() -> None:
    rows = "A; 6.89; 12.18; 179.0; 3.63; 0.00791\nB; 6.89; 12.18; 152.5; 3.56; 0.00661\n"
    rows += "C; 6.89; 12.18; 140.2; 3.54; 0.00342"
    found = findings(report(("Table 1", "Full cells", f"{HEAD}\n{rows}"), rules=("energy",)), "energy")
    assert [finding.verdict for finding in found] == [Verdict.HOLDS, Verdict.HOLDS, Verdict.FAILS]


@pytest.mark.parametrize(("efficiency", "count"), [("94.9", 0), ("97.4", 1)])
def test_energy_efficiency_of_energies_per_mass(efficiency: str, count: int) -> None:
    """668.1/704.2 = 94.9 %."""
    head = "Cycle; E charge (Wh kg-1); E discharge (Wh kg-1); Energy efficiency (%)"
    table = f"{head}\n2; 712.3; 671.8; 94.3\n10; 704.2; 668.1; {efficiency}\n50; 688.4; 649.2; 94.3"
    assert len(report(("Table 1", "Full cell", table), rules=("energy",)).alarms) == count
