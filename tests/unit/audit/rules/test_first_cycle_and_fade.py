"""Irreversible capacities, plateau and slope, fade, spacings, pellets: right tables hold, errors are found."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

TABLES = {
    "irreversible_capacity": (
        "Hard carbon anodes in sodium half cells",
        "Sample; 1st sodiation capacity (mAh g-1); 1st desodiation capacity (mAh g-1); Irreversible capacity (mAh g-1)",
        "HC-1400; 371.2; 318.5; 52.7",
        "HC-1400; 371.2; 318.5; 57.2",
    ),
    "capacity_parts": (
        "Hard carbon anodes",
        "Sample; Reversible capacity (mAh g-1); Plateau capacity (mAh g-1); Slope capacity (mAh g-1)",
        "HC; 318.5; 201.3; 117.2",
        "HC; 318.5; 201.3; 127.2",
    ),
    "fade_per_cycle": (
        "Long cycling",
        "Sample; Capacity retention after 500 cycles (%); Fading rate per cycle (%)",
        "A; 83.5; 0.033",
        "A; 83.5; 0.053",
    ),
    "layer_spacing": ("Carbons", "Sample; 2θ (°); d002 (nm)", "HC; 23.61; 0.3765", "HC; 23.61; 0.3675"),
    "pellet_density": (
        "Pellets",
        "Sample; Mass (mg); Thickness (mm); Diameter (mm); Density (g/cm3); Theor. density (g/cm3); Relative density",
        "LLZO; 412.5; 1.05; 10.0; 5.00; 5.11; 0.978",
        "LLZO; 412.5; 1.05; 10.0; 4.50; 5.11; 0.978",
    ),
    "energy": (
        "Pouch cells",
        "Cell; Discharge capacity (mAh); Average voltage (V); Energy (mWh)",
        "A; 52.1; 3.71; 193.3",
        "A; 52.1; 3.71; 203.3",
    ),
}


@pytest.mark.parametrize("rule", sorted(TABLES))
def test_rule(rule: str) -> None:
    caption, head, right, wrong = TABLES[rule]
    for row, alarms in ((right, False), (wrong, True)):
        found = findings(report(("Table 1", caption, f"{head}\n{row}"), rules=(rule,)), rule)
        assert found, row
        assert any(f.verdict in {Verdict.FAILS, Verdict.SEEN} for f in found) == alarms, row


def test_a_fade_of_the_capacity_left_holds() -> None:
    """80 % after 100 cycles: 0.200 % of the first capacity, or 0.223 % of what is left in each cycle."""
    head = "Sample; Capacity retention after 100 cycles (%); Capacity decay rate per cycle (%)"
    for fade in ("0.200", "0.223"):
        assert not report(("Table 1", "Cycling", f"{head}\nA; 80.0; {fade}"), rules=("fade_per_cycle",)).alarms
