"""Models are weighed by their likelihood, tempered by what no model explains."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.techniques.diffraction.aberrations import averaged_over, tempered_weights
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_model_that_is_worse_by_two_has_a_weight_of_one_over_e(whole: WholePatternFit) -> None:
    solution = dataclasses.replace(whole.fit.solution, chi2=float(whole.fit.solution.dof))
    found = tempered_weights(np.array([0.0, -2.0]), dataclasses.replace(whole.fit, solution=solution))
    assert found == pytest.approx([1.0, np.exp(-1.0)])


def test_misfit_of_all_models_makes_their_differences_count_less(whole: WholePatternFit) -> None:
    solution = dataclasses.replace(whole.fit.solution, chi2=3.0 * whole.fit.solution.dof)
    poor = tempered_weights(np.array([0.0, -20.0]), dataclasses.replace(whole.fit, solution=solution))
    assert poor[1] > 0.9


def test_the_mean_over_equal_fits_is_their_value_without_a_spread(whole: WholePatternFit) -> None:
    found = averaged_over(whole.fit, [whole.fit], "displacement")
    assert found.mean == pytest.approx(whole.fit.value("displacement"))
    assert found.spread == pytest.approx(0.0, abs=1e-12)
    assert found.std == pytest.approx(whole.fit.std("displacement"))
