"""A real document: its tables are read completely, and nothing that agrees fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, Verdict, audit_file
from halfcell.core.printed import Rounding


@pytest.fixture(scope="module")
def report(document: Path) -> Report:
    """The audit of the document."""
    return audit_file(document)


def test_all_cells_are_in_place(report: Report) -> None:
    tables = report.facts.paper.tables
    shapes = {t.name.removeprefix("Table "): (t.height, t.width) for t in tables}
    assert shapes == {
        "S1": (6, 5), "S2": (4, 5), "S3": (5, 4), "S4": (21, 7), "S5": (13, 11), "S6": (20, 6), "S7": (10, 2),
        "S8": (60, 9),
    }  # fmt: skip
    assert sum(bool(text.strip()) for t in tables for row in t.texts() for text in row) == 647
    assert len(report.facts.paper.captions) == 41 + 8


@pytest.mark.parametrize(
    ("rule", "count"), [("coulombic_efficiency", 8), ("sum_of_parts", 4), ("energy", 13), ("areal_capacity", 1)]
)
def test_what_the_digits_allow_holds(report: Report, rule: str, count: int) -> None:
    found = [f for f in report.findings if f.rule == rule]
    assert [f.verdict for f in found] == [Verdict.HOLDS] * count


def test_bases_of_the_energy_densities(report: Report) -> None:
    """S5 and S7: anode, separator or solid electrolyte, cathode; no collector, no liquid electrolyte."""
    named = [f.explain for f in report.findings if f.rule == "energy_density" and f.verdict is Verdict.SEEN]
    assert named == [
        "the energy density in Table S5 counts anode + separator + cathode (rows that agree: 12 of 12)",
        "the energy density in Table S7 counts anode + solid electrolyte + cathode (rows that agree: 1 of 1)",
    ]
    judged = [f for f in report.findings if f.rule == "energy_density" and f.verdict is not Verdict.SEEN]
    assert len(judged) == 13
    unrounded = [(f.places[0].where, f.printed) for f in judged if f.verdict is Verdict.UNROUNDED]
    assert unrounded == [("Table S5", "236.1 Wh kg–1")]  # 0.00605 Wh as printed would give 236.3
    assert all(f.verdict in {Verdict.HOLDS, Verdict.UNROUNDED} for f in judged)


def test_what_does_not_fit_is_found_and_explained(report: Report) -> None:
    """The whole list of alarms; each is true of the document.

    1. Table S5 gives the Si cell the cathode of the graphite cell (15.23 / 12.18 mg); on the electrode area that the
       graphite cell (12.18 mg, 15.5 mg/cm2) and the ASSLB (12.01 mg, 15.3 mg/cm2) share, a disc of 10 mm, none of the
       loadings that Fig. S32 states for the Si cell (15.3 and 12.7 mg/cm2) is 12.18 mg.
    2. At 18 mA/g it prints 3.78 V for the Si cell, above the 3.63 V of graphite on the same cathode although silicon
       and tin lie above graphite, and 3. above the 3.47 V that Table S7 prints for the same couple at the same current.
    4. The column of stack pressures contains a torque.
    5. and 6. 3.78 V at 18 mA/g and 3.62 V at 90 mA/g are more than any published open-circuit potentials of silicon,
       graphite and NCM811 allow at the printed capacities.
    """
    assert [(f.rule, f.verdict, f.severity, f.places[0].where) for f in report.alarms] == [
        ("loading", Verdict.FAILS, "warning", "Table S5"),
        ("column_units", Verdict.SEEN, "warning", "Table S8"),
        ("mean_voltage", Verdict.SEEN, "warning", "Table S5"),
        ("mean_voltage", Verdict.SEEN, "warning", "Table S5"),
        ("voltage_bound", Verdict.SEEN, "warning", "Table S5"),
        ("voltage_bound", Verdict.SEEN, "warning", "Table S5"),
    ]
    loading, torque, order, couple, *_ = report.alarms
    for word in ("10 mm", "12.18 mg", "15.3 mg cm–2 (Fig. S32)", "12.7 mg cm–2 (Fig. S32)"):
        assert word in loading.explain
    assert torque.what.startswith("3 N·m")
    assert "3.78 V" in order.explain
    assert "3.63 V" in order.explain
    assert "3.78 V and 3.47 V" in couple.explain


def test_two_voltages_are_above_what_the_materials_allow(report: Report) -> None:
    """All 13 mean voltages of Tables S5 and S7 are judged; an independent calculation gave 3.57 and 3.60 V."""
    found = [f for f in report.findings if f.rule == "voltage_bound"]
    assert len(found) == 13
    asked = {f.printed: f.explain for f in found if f.verdict is not Verdict.HOLDS}
    assert list(asked) == ["3.78 V", "3.62 V"]
    assert "187.4 mAh g–1 allow 3.50 to 3.55 V" in asked["3.78 V"]
    assert "0.22 V above the highest" in asked["3.78 V"]
    assert "175.5 mAh g–1 allow 3.54 to 3.59 V" in asked["3.62 V"]


def test_notes(report: Report) -> None:
    """What a reader may want to know: shared weights, two voltages of one state, two names of one material."""
    notes = " | ".join(f.explain for f in report.findings if f.severity == "note" and f.verdict is Verdict.SEEN)
    for words in (
        "mass of cathode 15.23 mg, mass of ncm811 12.18 mg",
        "Fig. S30 prints 0 V",
        "LPSC (Table S7) and Li6PS5Cl",
    ):
        assert words in notes


@pytest.mark.parametrize("rounding", ["half even", "up or down"])
def test_looser_rounding_leaves_only_the_loading(document: Path, rounding: Rounding) -> None:
    """One last digit up or down is the loosest rule; the loading of the Si cell does not agree even then."""
    loose = audit_file(document, Settings(rounding=rounding))
    assert {f.rule for f in loose.findings if f.verdict is Verdict.FAILS} <= {"loading", "joint"}
