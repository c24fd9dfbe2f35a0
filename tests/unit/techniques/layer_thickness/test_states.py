"""States of a layer and their change from the reference."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques import layer_thickness
from halfcell.techniques.layer_thickness import Parameters, Settings
from halfcell.techniques.layer_thickness.states import analyse_series


def _picture(state: str, um: float, seed: int) -> Measurement:
    made = layer_thickness.simulate(Parameters(columns=400, rows=320, thickness_um=um), np.random.default_rng(seed))
    return dataclasses.replace(made, meta={**made.meta, "tags": {"state": state}})


PICTURES = [_picture("pristine", 25.0, 1), _picture("charged", 30.0, 2), _picture("charged", 30.0, 3)]


def test_the_reference_comes_first_and_others_carry_their_change() -> None:
    """30 um after 25 um: +20 %."""
    first, second = analyse_series(PICTURES, Settings(reference_state="pristine"))
    (change,) = (quantity for name, quantity in second.quantities.items() if quantity.unit == "%" and "change" in name)
    assert abs(change.value - 20.0) < 4 * (change.std or 0.0)
    assert not any("change" in name for name in first.quantities)


def test_a_reference_that_no_file_has_is_an_error() -> None:
    with pytest.raises(InputError, match="no state 'aged'"):
        analyse_series(PICTURES[:1], Settings(reference_state="aged"))
