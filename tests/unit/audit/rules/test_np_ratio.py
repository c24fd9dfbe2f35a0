"""N/P ratio, overlap, balancing capacities: the numbers of a real cell record."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

HEAD = (
    "Sample ID; Anode diameter (mm); Cathode diameter (mm); Anode active material mass (mg); "
    "Anode balancing specific capacity (mAh/g); Anode balancing capacity (mAh); Cathode balancing capacity (mAh); "
    "N:P ratio; N:P ratio overlap factor"
)


@pytest.mark.parametrize(
    ("row", "failing"),
    [
        ("x; 15.0; 14.0; 8.7305; 355.0; 3.0993; 1.6915; 1.596; 0.8711", set()),
        ("x; 15.0; 14.0; 8.7305; 355.0; 3.0993; 1.6915; 1.832; 0.8711", {"N:P ratio of x"}),  # overlap forgotten
        ("x; 15.0; 14.0; 8.7305; 355.0; 3.3099; 1.6915; 1.705; 0.8711", {"balancing capacity of the anode of x"}),
        ("x; 15.0; 14.0; 8.7305; 355.0; 3.0993; 1.6915; 1.710; 0.9333", {"overlap factor of x"}),  # not squared
    ],
)
def test_record(row: str, failing: set[str]) -> None:
    found = findings(report(("Table 1", "Cells", f"{HEAD}\n{row}"), rules=("np_ratio",)), "np_ratio")
    assert len(found) == 3
    assert {finding.what for finding in found if finding.verdict is Verdict.FAILS} == failing


AREAL = (
    "Cell; Anode areal capacity (mAh cm-2); Cathode areal capacity (mAh cm-2); Anode diameter (mm); "
    "Cathode diameter (mm); Overlap; N/P ratio"
)


@pytest.mark.parametrize(("ratio", "verdict"), [("1.12", Verdict.HOLDS), ("0.98", Verdict.FAILS)])
def test_capacities_per_area_need_no_overlap(ratio: str, verdict: Verdict) -> None:
    """3.36 / 3.00 = 1.12 whatever the discs; times their overlap 0.8711 it would be 0.976."""
    table = f"{AREAL}\nx; 3.36; 3.00; 15.0; 14.0; 0.8711; {ratio}"
    found = findings(report(("Table 1", "Cells", table), rules=("np_ratio",)), "np_ratio")
    assert [f.verdict for f in found if f.what.startswith("N:P")] == [verdict]


def test_a_capacity_and_a_capacity_per_area_make_no_ratio() -> None:
    table = "Cell; Anode balancing capacity (mAh); Cathode areal capacity (mAh cm-2); N/P ratio\nx; 3.10; 2.80; 1.11"
    assert not findings(report(("Table 1", "Cells", table), rules=("np_ratio",)), "np_ratio")


DISCS = "Cell; Anode diameter (mm); Cathode diameter (mm); Anode capacity (mAh); Cathode capacity (mAh); N/P ratio"
MASSES = (
    "Cell; Anode diameter (mm); Cathode diameter (mm); Anode active mass (mg); Anode specific capacity (mAh g-1); "
    "Cathode active mass (mg); Cathode specific capacity (mAh g-1); N/P ratio"
)
AREAS = "Cell; Anode area (cm2); Cathode area (cm2); Anode capacity (mAh); Cathode capacity (mAh); N/P ratio"


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (f"{DISCS}\nx; 15.0; 14.0; 5.938; 4.618; 1.12", Verdict.HOLDS),  # per area: 3.36 / 3.00
        (f"{DISCS}\nx; 15.0; 14.0; 5.938; 4.618; 1.286", Verdict.HOLDS),  # of the whole electrodes
        (f"{DISCS}\nx; 15.0; 14.0; 5.938; 4.618; 1.05", Verdict.FAILS),
        (f"{MASSES}\nx; 15.0; 14.0; 3.711; 1600; 23.091; 200; 1.12", Verdict.HOLDS),
        (f"{MASSES}\nx; 15.0; 14.0; 3.711; 1600; 23.091; 200; 1.42", Verdict.FAILS),
        (f"{AREAS}\nx; 1.767; 1.539; 5.938; 4.618; 1.12", Verdict.HOLDS),
    ],
)
def test_discs_without_an_overlap_factor(table: str, verdict: Verdict) -> None:
    """Where the discs differ the ratio may be one per area, which is the usual one, or of whole electrodes."""
    found = findings(report(("Table 1", "Cells", table), rules=("np_ratio",)), "np_ratio")
    assert [f.verdict for f in found if f.what.startswith("N:P")] == [verdict]


@pytest.mark.parametrize(
    "head", ["N-to-P ratio", "N/P balance", "Negative/positive capacity ratio", "N/P capacity ratio", "N:P (-)"]
)
def test_other_names_of_the_ratio(head: str) -> None:
    table = f"Cell; Anode areal capacity (mAh cm-2); Cathode areal capacity (mAh cm-2); {head}\nx; 3.36; 3.00; 1.32"
    found = findings(report(("Table 1", "Cells", table), rules=("np_ratio",)), "np_ratio")
    assert [f.verdict for f in found] == [Verdict.FAILS]
