"""Total and bulk conductivity."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict


@pytest.mark.parametrize(("total", "bulk", "fails"), [("1.2e-4", "8.4e-4", False), ("8.4e-4", "1.2e-4", True)])
def test_order(total: str, bulk: str, fails: bool) -> None:
    table = f"Composition; IC (Total); IC (Bulk)\nLLZO; {total}; {bulk}"
    found = findings(report(("Table 1", "", table), rules=("bulk_conductivity",)), "bulk_conductivity")
    assert [finding.verdict is Verdict.FAILS for finding in found] == [fails]
