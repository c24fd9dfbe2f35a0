"""The loading of the BET equation, and the area of a monolayer."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import monolayer

P = np.linspace(0.02, 0.4, 39)


MONOLAYER, C = 12.5, 90.0


def _textbook(pressure: np.ndarray, monolayer: float = MONOLAYER, c: float = C) -> np.ndarray:
    """n = n_m C x / ((1 - x)(1 - x + C x))."""
    return monolayer * c * pressure / ((1 - pressure) * (1 - pressure + c * pressure))


def test_the_isotherm_is_that_of_the_textbook() -> None:
    assert monolayer.bet_loading(P, MONOLAYER, C) == pytest.approx(_textbook(P), rel=1e-12)


def test_an_area_is_molecules_times_cross_section() -> None:
    """22414 cm3 STP/g are a mole; 0.162 nm2 each: 97 558 m2/g; 4.3525 m2 per cm3 STP (ISO 9277)."""
    assert monolayer.area(monolayer.MOLAR_VOLUME_STP, 0.162) == pytest.approx(6.02214076e23 * 0.162e-18)
    assert monolayer.area(1.0, 0.162) == pytest.approx(4.3525, abs=2e-4)
