"""Ticks and indices of a phase within a scan."""

from __future__ import annotations

import pytest

from halfcell.techniques.diffraction.pattern_result import indices, ticks
from halfcell.techniques.diffraction.scan import Scan


def test_every_tick_has_an_index(powder: Scan) -> None:
    place, height = ticks("Si", powder)
    assert len(place) == len(height) == len(indices("Si", powder))


def test_the_strongest_line_of_silicon_is_111(powder: Scan) -> None:
    """I/I0 of 220 and 311 are 55 and 30 (PDF 27-1402)."""
    place, height = ticks("Si", powder)
    by_name = dict(zip(indices("Si", powder), height, strict=True))
    assert by_name["111"] == pytest.approx(1.0)
    assert by_name["220"] == pytest.approx(0.55, abs=0.12)
    assert by_name["311"] == pytest.approx(0.30, abs=0.08)
    assert (place > powder.two_theta[0]).all()
