"""Joint fits of peaks and baseline."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import tailed_voigt
from halfcell.maths.peak import Peak, Prior
from halfcell.maths.peak_fit import correlation, fit_peaks


def test_correlation_counts_the_points_that_tell_the_same() -> None:
    rng = np.random.default_rng(0)
    white = rng.normal(size=4000)
    assert correlation(white) == 1.0
    moving = np.convolve(white, np.ones(10) / 10, mode="valid")
    assert correlation(moving) == pytest.approx(10.0, rel=0.2)


X = np.linspace(440.0, 560.0, 241)


def test_a_fit_finds_the_least_squares_of_a_general_optimiser() -> None:
    """The same sum of squares with all parameters free at once, by Nelder and Mead's simplex, which has no slopes."""
    from scipy.optimize import minimize

    line = Peak(
        name="line", position=Prior(start=517.0), gauss=Prior(start=2.0, low=0.05, high=20.0),
        lorentz=Prior(start=3.0, low=0.05, high=20.0),
    )  # fmt: skip
    rng = np.random.default_rng(3)
    y = 4e4 * tailed_voigt(X, 518.0, (3.0, 4.0), 0.0, 0.0) + 200.0 + 0.5 * (X - 440.0)
    y = rng.poisson(y).astype(float)
    found = fit_peaks(X, y, np.sqrt(y), [line])

    def squares(p: np.ndarray) -> float:
        model = p[3] * tailed_voigt(X, p[0], (abs(p[1]), abs(p[2])), 0.0, 0.0) + p[4] + p[5] * (X - 500.0)
        return float(np.sum((model - y) ** 2 / y))

    start = np.array([518.0, 3.0, 4.0, 4e4, 230.0, 0.5])
    options = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 20000, "maxfev": 20000, "adaptive": True}
    best = minimize(squares, start, method="Nelder-Mead", options=options)
    assert found.weighted_squares == pytest.approx(best.fun, abs=1e-3)
    for i, which in enumerate(("position", "gauss", "lorentz", "area")):
        assert abs(found.values["line", which] - best.x[i]) < 0.02 * found.stds["line", which]
