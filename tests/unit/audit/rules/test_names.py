"""Two names of one thing, and one name of two things."""

from __future__ import annotations

from tests.unit.audit.builders import findings, report

HEAD = "Anode; Cathode; Current density (mA g-1); Capacity (mAh g-1); Refs."


def test_two_names_of_one_thing() -> None:
    one, other = f"{HEAD}\nSi-Cu3Si-Al2O3; LMO; 60; 70; [37]", f"{HEAD}\nSi/Cu3Si/Al2O3; LFP; 60; 90; [37]"
    made = report(("Table 1", "Cells", one), ("Table 2", "Cells", other), rules=("names",))
    assert [f.what for f in findings(made, "names")] == ["Si-Cu3Si-Al2O3 and Si/Cu3Si/Al2O3"]


def test_aliases() -> None:
    head = "Anode; Solid electrolyte; Cathode; Capacity (mAh g-1)"
    made = report(("Table 1", "Cells", f"{head}\nSi; LPSC; LCO; 90\nSn; Li6PS5Cl; LCO; 91"), rules=("names",))
    assert [f.what for f in findings(made, "names")] == ["LPSC and Li6PS5Cl"]


def test_one_name_twice() -> None:
    rows = "Si@C; LFP; 60; 70; [1]\nSi@C; LFP; 60; 75; [1]"
    assert len(findings(report(("Table 1", "Cells", f"{HEAD}\n{rows}"), rules=("names",)), "names")) == 1
    told = "Si@C; LFP; 60; 70; [1]\nSi@C; LFP; 90; 75; [1]"
    assert findings(report(("Table 1", "Cells", f"{HEAD}\n{told}"), rules=("names",)), "names") == []


def test_the_two_sides_of_a_cell_are_two_things() -> None:
    rows = "Cathode; 20.0; 3.9\nAnode; 12.5; 4.3\nCathode coating; 21.2; 4.1\nAnode coating; 13.1; 4.5"
    table = f"Electrode; Loading (mg cm-2); Areal capacity (mAh cm-2)\n{rows}"
    assert findings(report(("Table 1", "Electrodes", table), rules=("names",)), "names") == []
