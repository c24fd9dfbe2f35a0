"""Rows named Cycle 5, Cycle 50: the names of the rows are no quantities, so the table is not turned round."""

from __future__ import annotations

import pytest

from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.tables.layout import layout


@pytest.mark.parametrize("name", ["Cycle {}", "cycle no. {}", "Cycle number {}"])
def test_rows_named_by_their_cycle(name: str) -> None:
    rows = [
        ["", "Average charge voltage (V)", "Average discharge voltage (V)"],
        *([name.format(cycle), "3.921", "3.804"] for cycle in (5, 50, 100)),
    ]
    found = layout(plain_table("Table 1", "Mean voltages", rows))
    assert found.shape == "columns"
    assert [head.quantity for head in found.heads[1:]] == ["voltage", "average_voltage"]
