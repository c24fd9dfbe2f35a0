"""Mean voltages against open-circuit potentials."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = (
    "Anode; Cathode; Mass of AAM (mg); Mass of cathode (mg); Mass of NCM811 (mg); Current density (mA g-1); "
    "Specific capacity (mAh g-1); Average voltage (V); Energy (Wh)"
)
HALF = "Materials; Initial charge capacity (mAh g-1)\nSi/CoSi2; 1770\nSi/CoSi2/G/C; 1255"


def _verdicts(*rows: str) -> list[Verdict]:
    tables = (("Table 1", "Anodes in half cells", HALF), ("Table 2", "Full cells", "\n".join((HEAD, *rows))))
    made = report(*tables, rules=("voltage_bound",))
    return [finding.verdict for finding in findings(made, "voltage_bound")]


def _row(anode: str, mass: float, capacity: float, volt: float) -> str:
    energy = capacity * 12.18e-3 * volt / 1000
    return f"{anode}; NCM811; {mass}; 15.23; 12.18; 18; {capacity}; {volt:.2f}; {energy:.5f}"


@pytest.mark.parametrize(
    ("anode", "mass", "volt", "verdict"),
    [
        ("Graphite", 6.89, 3.70, Verdict.HOLDS),
        ("Graphite", 6.89, 3.95, Verdict.SEEN),
        ("Si", 0.75, 3.45, Verdict.HOLDS),
        ("Si", 0.75, 3.70, Verdict.SEEN),
        ("Si/CoSi2/G/C", 2.01, 3.48, Verdict.HOLDS),
        ("Si/CoSi2/G/C", 2.01, 3.78, Verdict.SEEN),
    ],
)
def test_only_a_voltage_above_all_sets_is_questioned(anode: str, mass: float, volt: float, verdict: Verdict) -> None:
    assert _verdicts(_row(anode, mass, 180.0, volt)) == [verdict]


def test_without_the_capacity_of_a_mixture_nothing_is_claimed() -> None:
    assert _verdicts(_row("Si/NiSi2/G", 2.01, 180.0, 3.78)) == []


def test_more_than_the_anode_holds_is_not_judged_here() -> None:
    """180 mAh/g of 12.18 mg need 5.9 mg of graphite: the rule of theoretical capacities asks about that."""
    assert _verdicts(_row("Graphite", 5.0, 180.0, 3.95)) == []


def test_no_curves_no_claim() -> None:
    assert _verdicts(_row("LTO", 16.0, 150.0, 3.95)) == []
