"""Mean voltages of couples."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Anode; Cathode; Current density (mA g-1); Average voltage (V)"


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        ("Graphite; NCM811; 18; 3.70\nSi; NCM811; 18; 3.45", 0),
        ("Graphite; NCM811; 18; 3.63\nSi; NCM811; 18; 3.78", 1),  # silicon lies above graphite
        ("Graphite; NCM811; 18; 3.63\nSi; NCM811; 90; 3.78", 0),  # other currents are not compared
        ("Graphite; NCM811; 18; 3.63\nSi; NCM811; 18; 3.66", 0),  # within the tolerance
    ],
)
def test_order_of_anodes(rows: str, seen: int) -> None:
    made = report(("Table 1", "Full cells", f"{HEAD}\n{rows}"), rules=("mean_voltage",))
    compared = [f for f in findings(made, "mean_voltage") if f.what.startswith("mean voltages of")]
    assert [f.verdict for f in compared] == [Verdict.SEEN] * seen


def test_one_couple_in_two_tables() -> None:
    one, other = f"{HEAD}\nSi/G/C; NCM811; 18; 3.78", f"{HEAD}\nSi/G/C; NCM811; 18; 3.47"
    made = report(("Table 1", "Full cells", one), ("Table 2", "Full cells", other), rules=("mean_voltage",))
    assert ["3.78 V and 3.47 V" in a.explain for a in made.alarms] == [True]


def test_limit_of_the_couple() -> None:
    made = report(("Table 1", "Full cells", f"{HEAD}\nGraphite; LFP; 18; 3.70"), rules=("mean_voltage",))
    assert [f.verdict for f in findings(made, "mean_voltage")] == [Verdict.FAILS]


@pytest.mark.parametrize(("carrier", "alarms"), [("lithium", 1), ("sodium", 0)])
def test_the_potentials_are_those_of_lithium(carrier: str, alarms: int) -> None:
    """Of sodium cells no mean potentials are known: nothing is said of them."""
    table = "Anode; Cathode; Average voltage (V)\nGraphite; LFP; 3.9"
    made = report(("Table 1", f"Full cells of {carrier}-ion batteries", table), rules=("mean_voltage",))
    assert len(made.alarms) == alarms
