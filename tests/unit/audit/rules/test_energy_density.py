"""The mass basis of an energy density is found and named."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = (
    "Cell; Mass of anode (mg); Mass of anode active material (mg); Mass of separator (mg); Mass of cathode (mg); "
    "Mass of cathode active material (mg); Energy (Wh); Energy density (Wh kg-1)"
)
MASSES = "8.61; 6.89; 1.76; 15.23; 12.18"


@pytest.mark.parametrize(
    ("density", "basis"),
    [
        ("309.0", "anode + separator + cathode"),
        ("331.8", "anode + cathode"),
        ("414.8", "anode active + cathode active"),
        ("649.4", "cathode active"),
    ],
)
def test_basis_is_named(density: str, basis: str) -> None:
    table = f"{HEAD}\nA; {MASSES}; 0.00791; {density}"
    found = findings(report(("Table 1", "Full cells", table), rules=("energy_density",)), "energy_density")
    assert {finding.verdict for finding in found} == {Verdict.HOLDS, Verdict.SEEN}
    assert found[0].explain.endswith(f"(basis: {basis}): holds")


def test_no_basis_fails() -> None:
    table = f"{HEAD}\nA; {MASSES}; 0.00791; 999.9"
    found = findings(report(("Table 1", "Full cells", table), rules=("energy_density",)), "energy_density")
    assert found[0].verdict is Verdict.FAILS


def test_two_bases_in_one_document_are_told() -> None:
    one = f"{HEAD}\nA; {MASSES}; 0.00791; 309.0\nB; {MASSES}; 0.00661; 258.2"
    other = f"{HEAD}\nC; {MASSES}; 0.00791; 649.4"
    found = report(("Table 1", "Full cells", one), ("Table 2", "Full cells", other), rules=("energy_density",))
    assert [(a.severity, a.places[0].where) for a in found.alarms] == [("warning", "Table 2")]


def test_rounding_on_the_way() -> None:
    """0.00605 Wh gives 236.3, the unrounded chain 236.1: the authors of 236.1 did not round on the way."""
    head = HEAD.replace("; Energy (Wh)", "; Capacity (mAh g-1); Average voltage (V); Energy (Wh)")
    rows = f"A; {MASSES}; 140.2; 3.54; 0.00605; 236.1"
    found = findings(report(("Table 1", "Full cells", f"{head}\n{rows}"), rules=("energy_density",)), "energy_density")
    assert found[0].verdict is Verdict.UNROUNDED
