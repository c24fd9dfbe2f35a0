"""Profiles of half cycles: charge over the whole, rests left out, and points evenly along the curve."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.techniques.cycling.made_halves import cycle, half

from halfcell.maths.current_record import Record
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.voltage_profiles import half_profile, no_profile, thin

TIME = np.arange(0.0, 1001.0)


def _whole(record: Record, **given: float) -> object:
    return half(1, **given)._replace(first_row=0, last_row=len(record.time_s) - 1)  # type: ignore[arg-type]


def test_a_constant_current_fills_evenly_in_time() -> None:
    record = Record(time_s=TIME, current_a=np.full(1001, 1e-3), voltage_v=3.0 + TIME / 1000.0)
    found = half_profile(_whole(record), record)  # type: ignore[arg-type]
    assert found.charge == pytest.approx(TIME / 1000.0)
    assert found.voltage == pytest.approx(3.0 + found.charge)


def test_a_rest_within_a_half_cycle_takes_no_charge() -> None:
    current = np.where((TIME > 400) & (TIME < 600), 0.0, 1e-3)
    record = Record(time_s=TIME, current_a=current, voltage_v=3.0 + TIME / 1000.0)
    found = half_profile(_whole(record), record)  # type: ignore[arg-type]
    assert len(found.charge) == int((current > 0).sum())
    assert np.interp(3.4, found.voltage, found.charge) == pytest.approx(0.5, abs=0.002)


def test_the_part_at_constant_voltage_is_marked() -> None:
    record = Record(time_s=TIME, current_a=np.full(1001, 1e-3), voltage_v=np.minimum(3.0 + TIME / 800.0, 4.0))
    found = half_profile(_whole(record, charge_ah=1.0, cv_ah=0.2), record)  # type: ignore[arg-type]
    assert np.mean(found.held) == pytest.approx(0.2, abs=0.005)


def test_thinning_keeps_the_ends_and_the_steep_parts() -> None:
    x = np.linspace(0.0, 1.0, 5001)
    y = np.where(x < 0.01, 100.0 * x, 1.0)  # a step at the start takes half of the length of the curve
    kept = thin(x, y, 101)
    assert (kept[0], kept[-1]) == (0, 5000)
    assert len(kept) <= 101
    assert np.mean(x[kept] < 0.01) == pytest.approx(0.5, abs=0.06)


def test_a_short_curve_is_not_thinned() -> None:
    assert len(thin(np.arange(50.0), np.arange(50.0), 100)) == 50


def test_a_cycle_that_the_test_does_not_have_is_told() -> None:
    (note,) = no_profile([cycle(1), cycle(2)], Settings(profile_cycles=(1, 100)))
    assert "cycle 100" in note.text
    assert no_profile([cycle(1)], Settings()) == ()
