"""Captions that contradict each other."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

ONE = ("Fig. 1", "Ex situ XRD of the anode at the fully lithiated state (0.01 V) and delithiated state (2.0 V)")


def test_ranges_of_one_cell() -> None:
    table = "Materials; ICE (%)\nA; 92.5"
    captions = (
        ("Fig. 1", "The Si|NCM811 full cell from 0.1 to 5 C"),
        ("Fig. 2", "The Si|NCM811 full cell from 0.1 to 3 C"),
    )
    found = findings(report(("Table 1", "Anodes", table), rules=("captions",), captions=captions), "captions")
    assert [f.explain for f in found] == ["Fig. 1 prints 0.1 to 5 C, but Fig. 2 prints 0.1 to 3 C"]


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
