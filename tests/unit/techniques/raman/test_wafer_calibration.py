"""The line of a wafer calibrates the others."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques.raman import Settings
from halfcell.techniques.raman.wafer_calibration import calibrate


def test_a_wafer_has_the_position_of_its_line(silicon: Measurement) -> None:
    assert calibrate(silicon, Settings()).position_per_cm == pytest.approx(520.5, abs=0.1)


def test_a_spectrum_without_a_line_is_no_wafer() -> None:
    shift = np.arange(400.0, 600.0, 1.0)
    counts = np.random.default_rng(0).poisson(200.0, len(shift)).astype(float)
    flat = Measurement(technique="raman", columns={"raman_shift_per_cm": shift, "intensity_count": counts})
    with pytest.raises(Refused, match="no crystalline line"):
        calibrate(flat, Settings())
