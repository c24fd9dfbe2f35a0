"""Captions that contradict one another."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

ONE = ("Fig. 1", "Ex situ XRD of the anode at the fully lithiated state (0.01 V) and delithiated state (2.0 V)")


@pytest.mark.parametrize(
    ("other", "severities"),
    [
        ("EXAFS of the anode at the fully lithiated state (0.01 V) and delithiated state (2.0 V)", []),
        ("Images in the fully discharged (0 V vs. Li+/Li) and fully charged (2 V vs. Li+/Li) states", ["note"]),
        ("EXAFS of the anode at the fully lithiated state (0.05 V) and delithiated state (2.0 V)", ["warning"]),
        ("EXAFS of the anode at the fully lithiated state (0.01 V) and delithiated state (1.5 V)", ["warning"]),
    ],
)
def test_states(other: str, severities: list[str]) -> None:
    table = "Materials; ICE (%)\nA; 92.5"
    made = report(("Table 1", "Anodes", table), rules=("captions",), captions=(ONE, ("Fig. 2", other)))
    assert [f.severity for f in findings(made, "captions")] == severities
