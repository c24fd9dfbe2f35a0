"""Modified z-scores."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.outlier_scores import FAR, modified_z_scores


def test_the_example_of_iglewicz_and_hoaglin() -> None:
    """Median 2.45, MAD 0.15: two of ten values are outliers, which plain z-scores (1.9, 2.0) would miss."""
    scores = modified_z_scores(np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3]))
    assert scores[-2:] == pytest.approx([25.86, 26.31], abs=0.01)
    assert scores[0] == pytest.approx(-1.574, abs=1e-3)
    assert np.flatnonzero(np.abs(scores) > FAR).tolist() == [8, 9]


def test_scores_of_a_normal_distribution_are_standard_deviations() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, 40_000)
    assert modified_z_scores(values) == pytest.approx((values - 5.0) / 2.0, abs=0.1)


def test_there_is_no_score_without_a_spread() -> None:
    assert modified_z_scores(np.array([])).tolist() == []
    assert modified_z_scores(np.array([3.0, 3.0, 3.0, 9.0])).tolist() == [0.0] * 4
