"""Phonon confinement: published shifts of a 5 nm crystal, and sizes that go back and forth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.phonon_confinement import MODELS, Model, confined_line, heating_of, line_at, shift_of, size_of


@pytest.mark.parametrize(("model", "shift"), [("Campbell-Fauchet", -4.0), ("bond polarisability", -1.9)])
def test_crystals_of_five_nanometres_have_the_published_shift(model: Model, shift: float) -> None:
    assert shift_of(5.0, model) == pytest.approx(shift, abs=0.06)


def test_width_of_five_nanometres() -> None:
    x = np.linspace(-60, 30, 9001)
    line = confined_line(x, 5.0)
    assert np.ptp(x[line > 0.5]) == pytest.approx(12.7, abs=0.06)


@settings(max_examples=20)
@given(size=st.floats(1.5, 30.0))
@pytest.mark.parametrize("model", MODELS)
def test_size_goes_back(model: Model, size: float) -> None:
    assert size_of(shift_of(size, model), model) == pytest.approx(size, rel=0.02)


def test_no_size_for_no_shift() -> None:
    assert np.isnan(size_of(0.0, "bond polarisability"))


def test_a_degree_moves_the_line_less_near_room_temperature_than_at_450_k() -> None:
    """Hart et al., Phys. Rev. B 1 (1970) 638 and Tsu and Hernandez (1982): 521 at 20 degC, 493 at 900 degC."""
    assert line_at(301.0) - line_at(300.0) == pytest.approx(-0.0186, abs=2e-4)
    assert line_at(451.0) - line_at(450.0) == pytest.approx(-0.0220, abs=2e-4)
    assert line_at(1173.0) - line_at(293.0) == pytest.approx(493.0 - 521.0, abs=5.0)


@settings(max_examples=20)
@given(warmer=st.floats(1.0, 1300.0))
def test_heating_goes_back(warmer: float) -> None:
    assert heating_of(line_at(295.0 + warmer) - line_at(295.0)) == pytest.approx(warmer, abs=0.01)


@pytest.mark.parametrize("shift", [0.0, 0.4, -60.0])
def test_no_heating_where_the_line_has_not_moved_down_or_silicon_would_melt(shift: float) -> None:
    assert np.isnan(heating_of(shift))
