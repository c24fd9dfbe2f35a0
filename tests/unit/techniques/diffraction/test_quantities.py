"""Angles where a model misses something."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.techniques.diffraction.quantities import unexplained
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_right_model_misses_nothing(whole: WholePatternFit, powder: Scan) -> None:
    assert unexplained(whole.fit.solution.model, whole.fit.variance, powder) == []


def test_a_line_that_is_added_is_found_at_its_angle(whole: WholePatternFit, powder: Scan) -> None:
    line = 400.0 * np.exp(-(((powder.two_theta - 40.0) / 0.15) ** 2))
    more = dataclasses.replace(powder, counts=powder.counts + line)
    assert unexplained(whole.fit.solution.model, whole.fit.variance, more) == [pytest.approx(40.0, abs=0.1)]
