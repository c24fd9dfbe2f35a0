"""Resistance when the current is switched on, with what the open circuit moves taken off."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from tests.unit.techniques.cycling.made_halves import half

from halfcell.maths.current_record import Record
from halfcell.techniques.cycling.half_cycles import Half
from halfcell.techniques.cycling.step_resistance import step_resistance

TIME = np.arange(0.0, 3700.0, 1.0)


def _record(ohm: float = 20.0, slope: float = 2e-4) -> tuple[Record, Half]:
    """A rest of 100 s, then a charge at 1 mA: V = 3 + I R + slope t."""
    flows = TIME > 100.0
    voltage = 3.0 + np.where(flows, 1e-3 * ohm + slope * (TIME - 100.0), 0.0)
    record = Record(time_s=TIME, current_a=np.where(flows, 1e-3, 0.0), voltage_v=voltage)
    made = half(1, current_a=1e-3)._replace(first_row=101, last_row=len(TIME) - 1, voltage_end=float(voltage[-1]))
    return record, made


def test_the_slope_of_the_open_circuit_is_taken_off() -> None:
    assert step_resistance(*_record(), 10.0) == pytest.approx(20.0, rel=0.01)


def test_no_half_cycle_has_no_resistance() -> None:
    assert math.isnan(step_resistance(_record()[0], None, 10.0))


def test_a_first_record_that_comes_too_late_tells_nothing() -> None:
    record, made = _record()
    kept = (TIME <= 100.0) | (TIME > 130.0)
    late = dataclasses.replace(
        record, time_s=TIME[kept], current_a=record.current_a[kept], voltage_v=record.voltage_v[kept]
    )
    assert math.isnan(step_resistance(late, made._replace(last_row=int(kept.sum()) - 1), 10.0))


def test_an_electrode_that_moves_by_its_whole_range_at_once_has_no_resistance() -> None:
    assert math.isnan(step_resistance(*_record(ohm=1.0, slope=2e-2), 10.0))
