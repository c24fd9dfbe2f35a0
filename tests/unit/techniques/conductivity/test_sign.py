"""A current without sign, as some cyclers export it: no line goes through its V shape, and the reason is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques.conductivity import Parameters, Settings, analyse, simulate

UNSIGNED = Note("doubt", "sign_unknown", "The current has no sign.")


def _without_sign(measurement: Measurement, chosen: np.ndarray) -> Measurement:
    columns = {name: values[chosen] for name, values in measurement.columns.items()}
    columns["current_ampere"] = np.abs(columns["current_ampere"])
    return replace(measurement, columns=columns, notes=(UNSIGNED,))


def test_a_sweep_through_zero_is_refused() -> None:
    sweep = simulate(Parameters(), np.random.default_rng(0))
    with pytest.raises(Refused, match="the current has no sign"):
        analyse(_without_sign(sweep, np.full(len(sweep), True)), Settings())


def test_a_sweep_to_one_side_needs_no_sign() -> None:
    sweep = simulate(Parameters(), np.random.default_rng(0))
    half = _without_sign(sweep, sweep["voltage_volt"] >= 0.0)
    expected = analyse(sweep, Settings())["resistance"].value
    assert analyse(half, Settings())["resistance"].value == pytest.approx(expected, rel=0.02)
