"""Half cycles of a measurement, and records that are none."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import full_cell, recorded

from halfcell.core.errors import InputError
from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.half_cycles import find_halves

FULL = Settings(kind=CellKind.FULL)
RECORD = recorded([*full_cell(1.0, 0.9), *full_cell(0.95, 0.88)])


def test_every_half_cycle_has_its_charge_direction_and_end() -> None:
    found = find_halves(RECORD, FULL).halves
    assert [half.direction for half in found] == [1, -1, 1, -1]
    assert [1e3 * half.charge_ah for half in found] == pytest.approx([1.0, 0.9, 0.95, 0.88], rel=1e-3)
    assert [half.voltage_end for half in found] == pytest.approx([4.2, 2.8, 4.2, 2.8])


def test_the_energy_is_the_charge_at_its_mean_voltage() -> None:
    half = find_halves(RECORD, FULL).halves[0]
    assert half.mean_voltage == pytest.approx(3.6, abs=0.01)
    assert half.energy_wh == pytest.approx(half.charge_ah * half.mean_voltage)


def test_records_that_are_not_numbers_are_left_out_with_a_note() -> None:
    voltage = RECORD["voltage_volt"].copy()
    voltage[[10, 11]] = np.nan
    spoilt = dataclasses.replace(RECORD, columns={**RECORD.columns, "voltage_volt": voltage})
    assert "rows_not_finite" in [note.code for note in find_halves(spoilt, FULL).notes]


@pytest.mark.parametrize("pause", [0.0, -1.0])
def test_a_pause_of_no_length_is_an_error(pause: float) -> None:
    with pytest.raises(InputError, match="pause_after_s"):
        find_halves(RECORD, dataclasses.replace(FULL, pause_after_s=pause))


def test_a_record_without_a_current_is_an_error() -> None:
    columns = {name: values for name, values in RECORD.columns.items() if name != "current_ampere"}
    with pytest.raises(InputError, match="current"):
        find_halves(dataclasses.replace(RECORD, columns=columns), FULL)
