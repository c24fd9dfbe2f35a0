"""Currents, C-rates and loadings."""

from __future__ import annotations

from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

BLOCKS = """Anode material; Cathode; Current density (mA g-1); Capacity (mAh g-1)
Graphite; NCM811; 18; 179.0
; ; 90; 152.5
; ; 180; 140.2
; ; 900; 88.1
Si; NCM811; 18; 187.4
; ; 90; 175.5
; ; 180; 174.2
; ; 900; 139.7"""


def test_a_range_of_rates_spans_the_currents() -> None:
    caption = (("Fig. 1", "Profiles of the graphite|NCM811 full cell from 0.1 to 5 C"),)
    good = report(("Table 1", "Full cells", BLOCKS), rules=("current_density",), captions=caption)
    assert {f.verdict for f in findings(good, "current_density")} == {Verdict.HOLDS}
    bad = (("Fig. 1", "Profiles of the graphite|NCM811 full cell from 0.1 to 3 C"),)
    found = report(("Table 1", "Full cells", BLOCKS), rules=("current_density",), captions=bad)
    assert [f.verdict for f in findings(found, "current_density")].count(Verdict.SEEN) == 1


def test_compared_cells_are_driven_alike() -> None:
    wrong = BLOCKS.replace("; ; 900; 139.7", "; ; 600; 139.7")
    found = report(("Table 1", "Full cells", wrong), rules=("current_density",))
    assert [f.verdict for f in findings(found, "current_density")].count(Verdict.SEEN) == 1


def test_different_protocols_are_not_compared() -> None:
    other = BLOCKS.replace("; ; 900; 139.7", "; ; 600; 139.7").replace("; ; 90; 175.5", "; ; 36; 175.5")
    assert findings(report(("Table 1", "Full cells", other), rules=("current_density",)), "current_density") == []
