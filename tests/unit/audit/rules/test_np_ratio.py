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
