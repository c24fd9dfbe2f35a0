"""Voltages that are none of the cell: constant ones, and those of one electrode."""

from __future__ import annotations

import numpy as np

from halfcell.maths.current_record import Record
from halfcell.techniques.cycling.cell_voltage import constant_refusal

TIME = np.arange(100.0)


def _record(current: np.ndarray, voltage: np.ndarray) -> Record:
    return Record(time_s=TIME, current_a=current, voltage_v=voltage)


def test_a_voltage_that_never_changes_is_refused() -> None:
    current = np.where(TIME < 50, 1e-3, -1e-3)
    assert [note.code for note in constant_refusal(_record(current, np.full(100, 3.7)))] == ["voltage_constant"]


def test_a_hold_whose_current_decays_is_a_measurement() -> None:
    current = 1e-3 * np.exp(-TIME / 30.0)
    assert constant_refusal(_record(current, np.full(100, 4.2))) == ()


def test_a_voltage_that_moves_is_a_measurement() -> None:
    assert constant_refusal(_record(np.full(100, 1e-3), 3.0 + 0.01 * TIME)) == ()
