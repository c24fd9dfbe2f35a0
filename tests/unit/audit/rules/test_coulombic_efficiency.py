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
        ("First cycle", "X; 100.0; 90.0; 90.0", Verdict.UNCHECKED),
    ],
)
def test_by_kind(caption: str, row: str, verdict: Verdict) -> None:
    found = findings(report(("Table 1", caption, f"{HEAD}\n{row}")), "coulombic_efficiency")
    assert [finding.verdict for finding in found] == [verdict]


def test_explained_in_numbers() -> None:
    found = report(("Table 1", "Anodes", f"{HEAD}\nSi; 3916.2; 3275.4; 86.3")).findings[0]
    for word in ("3275.4", "3916.2", "83.63 to 83.64 %", "86.3 %", "charge / discharge"):
        assert word in found.explain
