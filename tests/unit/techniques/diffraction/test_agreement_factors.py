"""R factors: those of a perfect fit, and R_wp by its definition."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.techniques.diffraction.agreement_factors import residuals
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_model_that_is_the_data_has_no_residual(whole: WholePatternFit, powder: Scan) -> None:
    perfect = dataclasses.replace(powder, counts=whole.fit.solution.model)
    assert residuals(whole.fit, perfect)["rwp"].value == pytest.approx(0.0, abs=1e-9)


def test_counts_off_by_a_tenth_everywhere_have_an_rwp_of_a_tenth_of_them(whole: WholePatternFit, powder: Scan) -> None:
    off = dataclasses.replace(powder, counts=whole.fit.solution.model / 0.9)
    assert residuals(whole.fit, off)["rwp"].value == pytest.approx(10.0)


def test_noise_alone_leaves_the_expected_rwp(whole: WholePatternFit, powder: Scan) -> None:
    """R_exp = sqrt((N - P) / sum w y^2) (Toby, Powder Diffr. 21 (2006) 67)."""
    expected = 100 * np.sqrt(whole.fit.solution.dof / np.sum(powder.counts**2 / whole.fit.variance))
    assert residuals(whole.fit, powder)["rwp"].value == pytest.approx(expected, rel=0.1)


def test_phases_with_several_groups_of_lines_have_an_r_bragg(whole: WholePatternFit, powder: Scan) -> None:
    assert residuals(whole.fit, powder)["Si.r_bragg"].value < 20.0
