"""A phase that is not in the pattern has an amplitude of zero within its error, one that is put in has it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.techniques.diffraction.absence import absence_limits, hidden_amplitude
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

from .conftest import FITTED


def test_the_amplitude_of_what_is_not_there_is_within_its_error(whole: WholePatternFit, powder: Scan) -> None:
    value, std = hidden_amplitude(whole.fit, powder, "NiSi2", 20.0)
    assert abs(value) < 4 * std


def test_the_limit_is_a_small_part_of_a_clean_pattern(whole: WholePatternFit, powder: Scan) -> None:
    found, _ = absence_limits(whole, powder, dataclasses.replace(FITTED, absent=("beta-FeSi2",)))
    assert 0.0 < found["beta-FeSi2.absence_limit"].value < 10.0


def test_twice_the_counting_time_lowers_the_limit_by_its_root(whole: WholePatternFit, powder: Scan) -> None:
    _, std = hidden_amplitude(whole.fit, powder, "NiSi2", 20.0)
    quieter = dataclasses.replace(whole.fit, variance=whole.fit.variance / 2)
    _, less = hidden_amplitude(quieter, powder, "NiSi2", 20.0)
    chi2 = np.sqrt(max(quieter.reduced_chi2, 1.0) / max(whole.fit.reduced_chi2, 1.0))
    assert less / std == pytest.approx(chi2 / np.sqrt(2), rel=0.05)
