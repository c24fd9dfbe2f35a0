"""Column lengths of crystals: spheres, and ellipsoids along their axes."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.fourier_terms import size_coefficients
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel

LENGTH = np.linspace(0.0, 60.0, 601)
ALONG, ACROSS = np.array([1.0]), np.array([0.0])  # cos^2 of the angle to the axis of revolution


def _lines() -> Lines:
    """One line of a cubic crystal."""
    return Lines(name="Sn", parts=np.array([[10.0]]), intensity=np.ones(1), column=np.zeros(1, dtype=np.int64))


def _value(ratio: float) -> dict[str, float]:
    return {"Sn.ln_size": np.log(12.0), "Sn.sigma": 0.3, "Sn.ln_ratio": np.log(ratio)}


def test_at_no_distance_every_column_is_long_enough() -> None:
    assert size_coefficients(PhaseModel(lines=_lines()), _value(1.0), LENGTH)[0][0] == pytest.approx(1.0)


@pytest.mark.parametrize("cosine", [ALONG, ACROSS])
def test_an_ellipsoid_with_equal_axes_is_a_sphere(cosine: np.ndarray) -> None:
    sphere = size_coefficients(PhaseModel(lines=_lines()), _value(1.0), LENGTH)[0]
    round_one = size_coefficients(PhaseModel(lines=_lines(), cosines=cosine), _value(1.0), LENGTH)[0]
    assert round_one.ravel() == pytest.approx(sphere.ravel())


@pytest.mark.parametrize("ratio", [0.5, 2.0])
def test_columns_along_the_axis_are_longer_by_the_ratio_of_the_axes(ratio: float) -> None:
    """The chords of a stretched sphere: their volume-weighted mean is twice the area below A(L)."""

    def mean(cosine: np.ndarray) -> float:
        coefficients = size_coefficients(PhaseModel(lines=_lines(), cosines=cosine), _value(ratio), LENGTH)[0]
        return float(2 * np.trapezoid(coefficients.ravel(), LENGTH))

    assert mean(ALONG) / mean(ACROSS) == pytest.approx(ratio, rel=0.01)
