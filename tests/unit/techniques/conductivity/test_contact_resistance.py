"""The resistance of contacts from a sweep without a pellet."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.conductivity import Settings
from halfcell.techniques.conductivity.contact_resistance import blank_resistance


def test_it_is_the_inverse_of_the_slope() -> None:
    voltage = np.concatenate([np.linspace(-0.1, 0.1, 41), np.linspace(0.095, -0.1, 40)])
    current = voltage / 2.5 + np.random.default_rng(0).normal(0.0, 1e-5, len(voltage))
    blank = Measurement(technique="conductivity", columns={"voltage_volt": voltage, "current_ampere": current})
    assert blank_resistance(blank, Settings()) == pytest.approx(2.5, rel=1e-3)
    assert blank_resistance(blank, Settings(contact_resistance_ohm=7.0)) == pytest.approx(2.5, rel=1e-3)
