"""Weights per amplitude, and shares that sum to all."""

from __future__ import annotations

import pytest

from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.weight_shares import weight_shares, weights_of
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

from .conftest import FITTED


def test_shares_of_the_crystalline_part_sum_to_a_hundred(whole: WholePatternFit, powder: Scan) -> None:
    found, notes = weight_shares(whole, powder, FITTED)
    assert sum(quantity.value for quantity in found.values()) == pytest.approx(100.0)
    assert notes


def test_two_shares_of_one_whole_have_one_error(whole: WholePatternFit, powder: Scan) -> None:
    found, _ = weight_shares(whole, powder, FITTED)
    assert found["Si.fraction"].std == pytest.approx(found["CoSi2.fraction"].std)


def test_a_heavy_phase_weighs_less_per_amplitude_of_its_strongest_line(powder: Scan) -> None:
    silicon, silicide = weights_of(("Si", "CoSi2"), powder)
    assert silicon > silicide
