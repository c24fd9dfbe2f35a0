"""Amplitudes of the groups of lines of a phase, and whether they pull at its structure."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.diffraction.line_amplitudes import Amplitudes, amplitudes_of, is_pulled, left_over
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_powder_without_texture_does_not_pull(whole: WholePatternFit) -> None:
    assert not is_pulled(whole.fit, 0)


def test_shares_of_the_reflections_of_a_group_sum_to_one(whole: WholePatternFit, powder: Scan) -> None:
    found = amplitudes_of(whole.fit, powder, 0, "Si")
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(len(found.value)))


def test_amplitudes_of_a_powder_are_those_of_its_structure(whole: WholePatternFit, powder: Scan) -> None:
    found = amplitudes_of(whole.fit, powder, 0, "Si")
    assert found.value == pytest.approx(np.full(len(found.value), found.value.mean()), rel=0.25)


def test_amplitudes_in_proportion_to_what_is_expected_leave_nothing() -> None:
    expected = np.array([1.0, 0.5, 2.0])
    given = Amplitudes(value=3.0 * expected, variance=np.full(3, 0.01), shares=np.eye(3))
    less, scale = left_over(given, expected)
    more, _ = left_over(given, np.ones(3))
    assert scale == pytest.approx(3.0)
    assert less < more
