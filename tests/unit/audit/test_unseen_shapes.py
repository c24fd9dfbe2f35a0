"""Shapes that people who had not seen the grammar wrote: right tables raise no alarm, one typing error is named."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import paper, report

from halfcell.audit import Report, Settings, audit

SHAPES = {
    "rows named by a pressure": (
        (
            "Pressure; Initial thickness (µm); Compressed thickness (µm); Compression (%)\n10 MPa; 71.4; 58.2; 18.5\n"
            "50 MPa; 63.9; 55.7; 12.8\n100 MPa; 57.3; 52.6; 8.2"
        ),
        "12.8",
        "21.8",
    ),
    "three cycles in a cell": (
        (
            "Anode; Capacity in cycle 1/50/100 (mAh/g); Retention after 100 cycles (%)\nA; 587/412/203; 34.6\n"
            "B; 641/598/552; 86.1\nC; 602/571/533; 88.5"
        ),
        "86.1",
        "68.1",
    ),
    "what is weighed": (
        (
            "Electrode; Gross weight (mg); Al foil (mg); Net weight (mg)\nE1; 21.36; 11.42; 9.94\n"
            "E2; 22.87; 11.39; 11.48\nE3; 24.05; 11.44; 12.61"
        ),
        "11.48",
        "14.18",
    ),
    "reciprocal temperature": (
        (
            "T (°C); T (K); 1000/T (K-1); σ (S cm-1)\n20; 293.15; 3.411; 1.02e-4\n40; 313.15; 3.193; 2.31e-4\n"
            "60; 333.15; 3.002; 4.74e-4\n80; 353.15; 2.832; 8.93e-4"
        ),
        "3.002",
        "3.042",
    ),
    "a recipe in one row": (
        (
            "Quantity; Value\nAreal loading (coating) (mg cm-2); 12.60\nActive material fraction (wt%); 96\n"
            "Active material loading (mg cm-2); 12.10"
        ),
        "12.10",
        "11.20",
    ),
}


def _audited(rows: str) -> Report:
    return report(("Table 1", "Samples", rows))


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str) -> None:
    rows, right, wrong = SHAPES[name]
    assert [alarm.explain for alarm in _audited(rows).alarms] == []
    assert any(wrong in alarm.explain for alarm in _audited(rows.replace(right, wrong)).alarms)


def test_a_mass_that_was_calculated_from_a_density() -> None:
    """8.96 × 4.0 = 35.84, printed 3.58: that 3.58 / 4.0 is 8.95 says nothing, as all masses are exact so."""
    rows = (
        "Layer; Thickness (µm); Density (g cm-3); Areal mass (mg cm-2)\nAl foil; 6.0; 2.70; 1.62\n"
        "Cathode; 62.0; 3.40; 21.08\nSeparator; 16.0; 0.95; 1.52\nAnode; 71.0; 1.60; 11.36\nCu foil; 4.0; 8.96; 3.58"
    )
    assert [alarm.explain for alarm in _audited(rows).alarms] == []


def test_cells_named_with_the_cathode_first() -> None:
    rows = "Cell; Average voltage (V)\nLFP|Gr; 3.21\nNMC622|Gr; 3.67"
    assert [a.explain for a in report(("Table 1", "Full cells", rows), rules=("mean_voltage",)).alarms] == []


def test_the_angle_of_a_wrong_spacing_is_named() -> None:
    rows = "Line; 2θ (°); d (Å)\na; 18.72; 4.736\nb; 86.68; 2.448\nc; 44.46; 2.036"
    (alarm,) = report(("Table 1", "Reflections", rows), rules=("layer_spacing",)).alarms
    assert {place.column for place in alarm.places} == {1, 2}


def test_a_composition_with_a_part_that_is_not_understood_is_not_added_up() -> None:
    head = "Electrode; NCM811; SBR; Zzyx; CMC; PVDF\n"
    rows = head + "A; 92; 3; 1; 2; 2\nB; 90; 4; 2; 2; 2\nC; 94; 2; 1; 2; 1\nD; 88; 5; 3; 2; 2"
    document = paper(("Table 1", "Composition in wt%", rows))
    assert audit(document, Settings(rules=("composition",), checklist="none")).alarms == ()


def test_words_alone_need_no_head() -> None:
    """A column of words is one of names, whatever it is called."""
    found = _audited("Host; Rct (Ω); Maker\nBare Cu; 182.4; alpha\nCu@Ag; 74.6; beta\nCu@ZnO; 96.1; gamma")
    assert found.understanding.columns_understood == 3
