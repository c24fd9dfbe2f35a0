"""The noise at the end of a heating."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from halfcell.techniques.thermogravimetry.residue_and_char import noise_at_end


def _curve(mass: np.ndarray) -> SimpleNamespace:
    return SimpleNamespace(mass=mass)


def test_a_straight_end_has_no_noise_whatever_its_slope() -> None:
    assert noise_at_end(_curve(50.0 - 0.3 * np.arange(100.0))) == pytest.approx(0.0, abs=1e-9)  # type: ignore[arg-type]


def test_scatter_about_a_line_is_told() -> None:
    rng = np.random.default_rng(0)
    found = [noise_at_end(_curve(50.0 + rng.normal(0.0, 0.02, 100))) for _ in range(50)]  # type: ignore[arg-type]
    assert np.mean(found) == pytest.approx(0.02, rel=0.15)


def test_a_short_curve_uses_what_it_has() -> None:
    assert noise_at_end(_curve(np.array([50.0, 49.0, 48.0]))) == pytest.approx(0.0, abs=1e-9)  # type: ignore[arg-type]
