"""Rows of pulses, and their medians."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.maths.current_record import Record
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.pulses import pulse_findings, pulse_rows

SETTINGS = Settings(pulse_after_s=10.0, diffusion_length_um=2.0)
REST, PULSE, OHM, SLOPE, STEADY = 1800.0, 600.0, 0.8, 4e-4, 0.008


def _record(pulses: int) -> Record:
    """Pulses of 10 mA between rests: V = V0 + I R + k sqrt(t)."""
    time, amps, volts, steps = [], [], [], []
    begin, level = 0.0, 3.7
    for number in range(2 * pulses + 1):
        lasts = PULSE if number % 2 else REST
        t = np.arange(1.0, lasts + 1.0, 1.0)
        time.append(begin + t)
        amps.append(np.full(len(t), 0.01 if number % 2 else 0.0))
        volts.append(level + (0.01 * OHM + SLOPE * np.sqrt(t) if number % 2 else 0.0 * t))
        steps.append(np.full(len(t), float(number)))
        begin += lasts
        level += STEADY if number % 2 else 0.0
    whole = [np.concatenate(part) for part in (time, amps, volts, steps)]
    return Record(time_s=whole[0], current_a=whole[1], voltage_v=whole[2], step=whole[3])


def test_each_pulse_is_a_row_with_its_resistance() -> None:
    rows = pulse_rows(_record(6), SETTINGS, half_cycle_ah=0.05)
    assert [row["pulse"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[2]["pulse_resistance"] == pytest.approx(OHM + SLOPE * math.sqrt(10.0) / 0.01, rel=0.01)


def test_four_pulses_are_no_titration() -> None:
    assert pulse_rows(_record(4), SETTINGS, half_cycle_ah=0.05) == ()


def test_a_pulse_of_a_third_of_the_half_cycle_is_a_half_cycle() -> None:
    """A pulse has 6 As; 0.3 of 0.005 Ah are 5.4 As."""
    assert pulse_rows(_record(6), SETTINGS, half_cycle_ah=0.005) == ()


def test_the_median_resistance_is_that_of_the_rows() -> None:
    rows = pulse_rows(_record(6), SETTINGS, half_cycle_ah=0.05)
    made = pulse_findings(rows, SETTINGS).quantities
    assert made["pulse_resistance"].value == pytest.approx(float(np.median([row["pulse_resistance"] for row in rows])))
