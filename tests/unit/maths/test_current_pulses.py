"""Pulses of a current: what counts as one, the resistance at a time, and the diffusion coefficient of a titration."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.maths.current_pulses import find_pulses, pulse_resistance, quiet_current, titration
from halfcell.maths.current_record import Record

REST, PULSE = 600.0, 900.0  # s
OHM, SLOPE, STEADY = 0.8, 4e-4, 0.005  # ohm; V per root of s; V by which the relaxed voltage rises in a pulse


def _record(current: float = 0.01, pulses: int = 3, offset: float = 0.0) -> Record:
    """Pulses between rests, one record per second: V = V0 + I R + k sqrt(t), at rest at once afterwards."""
    time, amps, volts, steps = [], [], [], []
    begin, level = 0.0, 3.7
    for number in range(2 * pulses + 1):
        lasts = PULSE if number % 2 else REST
        t = np.arange(0.0 if number == 0 else 1.0, lasts + 1.0)
        flows = np.full(len(t), current if number % 2 else 0.0)
        time.append(begin + t)
        amps.append(flows + offset)
        volts.append(level + (current * OHM + SLOPE * np.sqrt(t) if number % 2 else 0.0 * t))
        steps.append(np.full(len(t), float(number)))
        begin += lasts
        level += STEADY if number % 2 else 0.0
    whole = [np.concatenate(part) for part in (time, amps, volts, steps)]
    return Record(time_s=whole[0], current_a=whole[1], voltage_v=whole[2], step=whole[3])


def test_every_pulse_between_two_rests_is_found_with_its_current_and_duration() -> None:
    found = find_pulses(_record(), most_as=20.0)
    assert [pulse.current_a for pulse in found] == pytest.approx([0.01] * 3)
    assert [pulse.duration_s for pulse in found] == pytest.approx([PULSE] * 3, abs=1.0)


def test_a_step_with_more_charge_than_allowed_is_no_pulse() -> None:
    """0.01 A for 900 s are 9 As."""
    assert find_pulses(_record(), most_as=8.0) == ()
    assert len(find_pulses(_record(), most_as=10.0)) == 3


def test_an_offset_of_the_instrument_at_rest_does_not_hide_the_pulses() -> None:
    record = _record(offset=5e-5)
    assert quiet_current(record) == pytest.approx(5e-5, rel=0.05)
    assert len(find_pulses(record, most_as=20.0)) == 3


def test_rests_that_read_zero_have_no_quiet_current() -> None:
    assert quiet_current(_record()) == 0.0


@pytest.mark.parametrize("after", [1.0, 10.0, 30.5, 100.0])
def test_the_resistance_is_the_change_of_the_voltage_over_the_current(after: float) -> None:
    record = _record()
    expected = OHM + SLOPE * math.sqrt(after) / 0.01
    assert pulse_resistance(record, find_pulses(record, 20.0)[0], after) == pytest.approx(expected, rel=1e-3)


def test_no_resistance_is_read_beyond_the_end_of_a_pulse() -> None:
    record = _record()
    assert math.isnan(pulse_resistance(record, find_pulses(record, 20.0)[0], 2 * PULSE))


def test_a_titration_gives_the_coefficient_of_weppner_and_huggins() -> None:
    """D = 4 L^2 / (pi t) (dEs / dEt)^2 with dEt = k sqrt(t); J. Electrochem. Soc. 124 (1977) 1569."""
    record, length = _record(), 2e-6
    found = titration(record, find_pulses(record, 20.0)[1], length)
    assert found is not None
    expected = 4 * length**2 / (math.pi * PULSE) * (STEADY / (SLOPE * math.sqrt(PULSE))) ** 2
    assert found.coefficient == pytest.approx(expected, rel=0.01)
    assert found.straight == pytest.approx(1.0, abs=1e-4)


def test_the_coefficient_goes_with_the_square_of_the_length() -> None:
    record = _record()
    pulse = find_pulses(record, 20.0)[1]
    one, three = titration(record, pulse, 1e-6), titration(record, pulse, 3e-6)
    assert one is not None
    assert three is not None
    assert three.coefficient / one.coefficient == pytest.approx(9.0)
