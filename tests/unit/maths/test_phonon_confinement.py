"""Phonon confinement: published shifts of a 5 nm crystal, and sizes that go back and forth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.phonon_confinement import MODELS, Model, confined_line, shift_of, size_of


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
