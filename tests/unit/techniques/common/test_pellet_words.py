"""Pellets in a sentence of the methods."""

from __future__ import annotations

from halfcell.core.result import Result
from halfcell.techniques.common.pellet_words import pellets


def test_what_all_pellets_state_is_said_with_its_range() -> None:
    results = [Result(technique="x", settings={"thickness_um": t, "diameter_mm": 10.0}) for t in (480.0, 520.0)]
    assert pellets(results) == " (480 to 520 µm thick, 10 mm in diameter)"


def test_pellets_that_state_nothing_are_not_described() -> None:
    assert pellets([Result(technique="x")]) == ""
