"""Porosity and the density of layers."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Electrode; Loading (mg cm-2); Thickness (µm); Density (g cm-3); Porosity (%)"


@pytest.mark.parametrize(("porosity", "verdict"), [("43.3", Verdict.HOLDS), ("56.7", Verdict.FAILS)])
def test_porosity(porosity: str, verdict: Verdict) -> None:
    table = f"{HEAD}\nPositive; 12.80; 48.0; 4.70; {porosity}"
    found = findings(report(("Table 1", "Electrodes", table), rules=("porosity",)), "porosity")
    assert [finding.verdict for finding in found] == [verdict]


@pytest.mark.parametrize(("mass", "fails"), [("4", False), ("9", True)])
def test_layer_of_solid_electrolyte(mass: str, fails: bool) -> None:
    table = f"Mass of 30 µm-thick LPSC SE (mg); {mass}\nMass of cathode (mg); 15.60"
    text = ("Pellets had a diameter of 10.0 mm.",)
    made = report(("Table 1", "The Si|LPSC|NCM811 ASSLB cell", table), rules=("porosity",), text=text)  # type: ignore[arg-type]
    assert [f.verdict is Verdict.FAILS for f in findings(made, "porosity")] == [fails]


def test_an_oxide_is_denser_than_a_sulfide() -> None:
    """9 mg of LLZO (5.1 g/cm3) fit into 30 µm on 0.785 cm2; only sulfides are bounded by 1.95 g/cm3."""
    table = "Mass of 30 µm-thick SE (mg); 9\nMass of cathode (mg); 15.60"
    text = ("Pellets had a diameter of 10.0 mm.",)
    made = report(("Table 1", "The Si|LLZO|NCM811 cell", table), rules=("porosity",), text=text)  # type: ignore[arg-type]
    assert not findings(made, "porosity")


@pytest.mark.parametrize(("porosity", "verdict"), [("41.2", Verdict.HOLDS), ("45.2", Verdict.FAILS)])
def test_both_densities_beside_mass_and_thickness(porosity: str, verdict: Verdict) -> None:
    """18.2 mg cm-2 in 72 µm are 2.53 g cm-3; 1 - 2.53/4.30 = 41.2 %."""
    head = "Electrode; Coating mass (mg cm-2); Coating thickness (µm); Coating density (g cm-3); Solid density (g cm-3)"
    table = f"{head}; Porosity (%)\nCalendered; 18.2; 72; 2.53; 4.30; {porosity}"
    found = findings(report(("Table 1", "Electrodes", table), rules=("porosity",)), "porosity")
    assert [finding.verdict for finding in found] == [verdict]


def test_the_tap_density_of_the_powder_is_not_that_of_the_electrode() -> None:
    head = "Sample; Tap density (g cm-3); Theoretical density (g cm-3); Electrode porosity (%)"
    table = f"{head}\nA; 2.31; 4.70; 32.1\nB; 2.42; 4.70; 30.2"
    assert findings(report(("Table 1", "Powders", table), rules=("porosity",)), "porosity") == []
