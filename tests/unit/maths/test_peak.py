"""Curves of peaks: their derivatives are those of finite differences, and the fit's too."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.line_shapes import confined_voigt, tailed_voigt
from halfcell.maths.peak import Peak, Prior, Which, peak_curve

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
def test_derivatives_are_those_of_the_curve(shape: dict[Which, float]) -> None:
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
