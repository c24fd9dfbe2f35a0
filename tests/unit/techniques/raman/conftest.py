"""A line of silicon and its fit, for the tests of the parts of a fit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import raman
from halfcell.techniques.raman import Parameters, Settings
from halfcell.techniques.raman.fit_window import in_window
from halfcell.techniques.raman.silicon_line import Line, fit_line


@pytest.fixture(scope="session")
def silicon() -> Measurement:
    """A Voigt line at 520.5 1/cm: 3.5 1/cm of instrument, 3.2 1/cm of the crystal."""
    return raman.simulate(Parameters(), np.random.default_rng(0))


@pytest.fixture(scope="session")
def line(silicon: Measurement) -> Line:
    """Its fit."""
    return fit_line(*in_window(silicon, Settings()), Settings())
