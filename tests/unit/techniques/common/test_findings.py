"""Findings of the parts of an analysis are joined in order."""

from __future__ import annotations

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused


def test_findings_are_joined_and_the_later_quantity_wins() -> None:
    note = Note("info", "first", "First.")
    one = Findings(quantities={"a": Quantity(1.0), "b": Quantity(2.0)}, notes=(note,))
    two = Findings(quantities={"b": Quantity(3.0), "c": Quantity(4.0)}) + refused("none", "No d.")
    both = one + two
    assert {name: quantity.value for name, quantity in both.quantities.items()} == {"a": 1.0, "b": 3.0, "c": 4.0}
    assert list(both.quantities) == ["a", "b", "c"]
    assert both.notes == (note, Note("refused", "none", "No d."))
