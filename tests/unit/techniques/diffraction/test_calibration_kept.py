"""The calibration of an instrument: of its standard alone, whatever the sample is, and kept by content."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Crystallites, Parameters, Settings, instrument_calibration
from halfcell.techniques.diffraction.instrument_calibration import calibrate


@pytest.fixture(scope="module")
def standard() -> Measurement:
    """A simulated scan of LaB6."""
    crystals = (Crystallites(phase="LaB6", height=4000, column_length_nm=300),)
    return diffraction.simulate(Parameters(phases=crystals, step_degree=0.03), np.random.default_rng(3))


def test_settings_of_a_sample_do_not_matter(standard: Measurement) -> None:
    of_sample = Settings(
        phases=("Si", "CoSi2"), elements=("Si", "Sn"), standard="LaB6", low_degree=40.0, strain="free", halos="none"
    )
    first = calibrate(standard, of_sample)
    again = calibrate(dataclasses.replace(standard), Settings(standard="LaB6", carbon=True))
    assert again is first  # kept
    anew = instrument_calibration._calibrated.__wrapped__(
        instrument_calibration._Given("", standard, dataclasses.replace(of_sample, low_degree=None))
    )
    assert anew == first  # what a calibration with all settings of the sample gives


def test_other_scans_and_settings_are_calibrated_anew(standard: Measurement) -> None:
    first = calibrate(standard, Settings(standard="LaB6"))
    broad = calibrate(standard, Settings(standard="LaB6", standard_size_nm=60.0))
    assert broad.x + broad.y < first.x + first.y  # the crystals have a part of the width
    counts = np.roll(standard["intensity_count"], 1)
    moved = dataclasses.replace(standard, columns={**standard.columns, "intensity_count": counts})
    assert calibrate(moved, Settings(standard="LaB6")) != first
