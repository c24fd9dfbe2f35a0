"""Deviations in their own uncertainties: shares, histogram, those that need a reason."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.core.calibration import Calibration, Deviation


def of(values, exact: int = 0) -> Calibration:
    return Calibration(deviations=tuple(Deviation("x", float(z)) for z in values), exact=exact)


def test_a_normal_distribution_gives_its_shares() -> None:
    found = of(np.random.default_rng(1).normal(size=20000))
    assert found.share_within(1.0) == pytest.approx(68.27, abs=1.0)
    assert found.share_within(2.0) == pytest.approx(95.45, abs=0.5)
    assert sum(one.found for one in found.bins) == 20000
    assert sum(one.expected for one in found.bins) == pytest.approx(20000)
    for one in found.bins:
        assert one.found == pytest.approx(one.expected, abs=4 * math.sqrt(one.expected) + 3)


def test_limits_belong_to_the_share_and_far_ones_are_named() -> None:
    found = of([1.0, -1.0, 2.0, -4.0, 4.1, -7.0], exact=3)
    assert found.share_within(1.0) == pytest.approx(100 * 2 / 6)
    assert [one.z for one in found.far] == [4.1, -7.0]
    assert found.bins[0].found == 1
    assert found.bins[-1].found == 1
    assert math.isnan(of([]).share_within(1.0))
