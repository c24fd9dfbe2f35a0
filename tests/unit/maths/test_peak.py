"""Curves of peaks: their derivatives are those of finite differences, and the fit's too."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import confined_voigt, tailed_voigt
from halfcell.maths.peak import Peak, Prior, Which, peak_curve
from halfcell.maths.peak_fit import fit_peaks

X = np.linspace(440.0, 560.0, 241)
TAILED: dict[Which, float] = {
    "position": 518.0, "gauss": 3.0, "lorentz": 4.0, "tail": 6.0, "tail_share": 0.4,
    "inverse_size": 0.0, "size_spread": 0.0, "shoulder_share": 0.2,
}  # fmt: skip
CONFINED = TAILED | {"tail": 0.0, "tail_share": 0.0, "inverse_size": 0.15, "size_spread": 0.25}
LORENTZ = TAILED | {"gauss": 0.0, "tail": 0.0, "tail_share": 0.0}


def _peak(shape: dict[Which, float]) -> Peak:
    free = {which: Prior(start=value, std=np.inf if value else 0.0) for which, value in shape.items()}
    return Peak(name="line", shoulder=(-40.0, 30.0), **free)


@pytest.mark.parametrize("shape", [TAILED, CONFINED, LORENTZ], ids=["tail", "confined", "lorentz"])
def test_derivatives(shape: dict[Which, float]) -> None:
    peak = _peak(shape)
    _, slopes = peak_curve(X, peak, shape)
    for which, value in shape.items():
        if not value:
            continue
        step = 1e-4
        up, down = (peak_curve(X, peak, shape | {which: value + sign * step})[0] for sign in (1, -1))
        known = (up - down) / (2 * step)
        assert slopes[which] == pytest.approx(known, abs=2e-5 * np.abs(known).max()), which


def test_curves_are_those_of_the_line_shapes() -> None:
    none = {"shoulder_share": 0.0}
    tailed, _ = peak_curve(X, _peak(TAILED), TAILED | none)
    assert tailed == pytest.approx(tailed_voigt(X, 518.0, (3.0, 4.0), 6.0, 0.4), abs=1e-13)
    confined, _ = peak_curve(X, _peak(CONFINED), CONFINED | none)
    assert confined == pytest.approx(confined_voigt(X, 518.0, (3.0, 4.0), (0.15, 0.25)), abs=1e-13)


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
