"""Columns of standard deviations below the words of a quantity: they are no second value of it."""

from __future__ import annotations

import pytest

from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.tables.layout import layout


@pytest.mark.parametrize("spread", ["SD", "Std", "SEM", "Error"])
@pytest.mark.parametrize("two_rows", [False, True])
def test_a_spread_below_a_quantity(spread: str, two_rows: bool) -> None:
    heads = [["Sample", "Discharge capacity (mAh g-1)", spread, "Charge capacity (mAh g-1)", spread]]
    if two_rows:
        heads = [
            ["Sample", "Discharge capacity (mAh g-1)", "", "Charge capacity (mAh g-1)", ""],
            ["", "Mean", spread, "Mean", spread],
        ]
    rows = [*heads, ["A", "181.2", "1.1", "201.3", "1.4"], ["B", "189.3", "0.9", "203.2", "1.0"]]
    found = layout(plain_table("Table 1", "Cells", rows)).heads
    assert [head.quantity for head in found[1:]] == ["discharge_capacity", "", "charge_capacity", ""]
