"""Coulombic efficiency by the kind of cell."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = "Materials; Initial discharge capacity (mAh g-1); Initial charge capacity (mAh g-1); ICE (%)"


@pytest.mark.parametrize(
    ("caption", "row", "verdict"),
    [
        ("Silicon anodes in half cells", "Si; 3916.2; 3275.4; 83.6", Verdict.HOLDS),
        ("Silicon anodes in half cells", "Si; 3916.2; 3275.4; 86.3", Verdict.FAILS),
        ("NCM cathodes in half cells", "NCM811; 200.1; 225.4; 88.8", Verdict.HOLDS),
        ("NCM cathodes in half cells", "NCM811; 200.1; 225.4; 112.6", Verdict.FAILS),
        ("First cycle of full cells", "Si|NCM811; 180.0; 210.5; 85.5", Verdict.HOLDS),
        ("First cycle", "X; 100.0; 90.0; 90.0", Verdict.HOLDS),  # the kind unsaid: the ratio that fits
        ("First cycle", "X; 90.0; 100.0; 90.0", Verdict.HOLDS),
        ("First cycle", "X; 100.0; 90.0; 95.0", Verdict.SEEN),  # neither fits: asked about, not failed
    ],
)
def test_by_kind(caption: str, row: str, verdict: Verdict) -> None:
    found = findings(report(("Table 1", caption, f"{HEAD}\n{row}")), "coulombic_efficiency")
    assert [finding.verdict for finding in found] == [verdict]


def test_explained_in_numbers() -> None:
    found = report(("Table 1", "Anodes", f"{HEAD}\nSi; 3916.2; 3275.4; 86.3")).findings[0]
    for word in ("3275.4", "3916.2", "83.63 to 83.64 %", "86.3 %", "charge / discharge"):
        assert word in found.explain


def test_columns_named_the_other_way_round() -> None:
    """A thesis calls the lithiation of its anodes charge: all rows agree with discharge / charge."""
    rows = "A; 609.12; 901.25; 67.59\nB; 782.08; 1056.10; 74.05\nC; 458.91; 731.15; 62.77"
    found = findings(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{rows}")), "coulombic_efficiency")
    assert [f.verdict for f in found] == [Verdict.HOLDS] * 3 + [Verdict.SEEN]
    assert "the other way round" in found[-1].explain
    wrong = rows.replace("74.05", "79.05")
    found = findings(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{wrong}")), "coulombic_efficiency")
    assert [f.verdict for f in found][:3] == [Verdict.HOLDS, Verdict.FAILS, Verdict.HOLDS]


def test_a_mean_of_ratios_is_no_ratio_of_means() -> None:
    row = "Si; 3916.2 ± 120.1; 3275.4 ± 100.2; 83.9 ± 0.6"
    found = findings(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{row}")), "coulombic_efficiency")
    assert [f.verdict for f in found] == [Verdict.WEAK]
    wrong = row.replace("83.9", "93.9")
    found = findings(report(("Table 1", "Anodes in half cells", f"{HEAD}\n{wrong}")), "coulombic_efficiency")
    assert [f.verdict for f in found] == [Verdict.FAILS]


def test_a_cathode_in_a_table_of_anodes_keeps_its_own_ratio() -> None:
    """135.7 mAh/g charged and 25.9 discharged are 19.1 %; the anodes of the same table are charge over discharge."""
    table = (
        "Materials; Initial discharge capacity (mAh g-1); Initial charge capacity (mAh g-1); ICE (%)\n"
        "Si anode; 2057.9; 1905.9; 92.6\ngraphite; 368.3; 348.1; 94.5\nLiNi0.5Mn1.5O4; 25.9; 135.7; 19.1"
    )
    assert not report(("Table 1", "First cycles of half cells", table), rules=("coulombic_efficiency",)).alarms
    wrong = table.replace("19.1", "91.1")
    assert report(("Table 1", "First cycles of half cells", wrong), rules=("coulombic_efficiency",)).alarms
