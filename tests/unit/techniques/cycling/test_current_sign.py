"""A current that has lost its sign is seen by the voltage."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.maths.current_record import Record
from halfcell.techniques.cycling.current_sign import sign_doubts

TIME = np.arange(0.0, 40000.0, 20.0)


def _record(half_cycles: int, *, signed: bool) -> Record:
    """Triangles between 2.5 and 4.2 V under 1 mA; without its sign the current is positive throughout."""
    phase = TIME / TIME[-1] * half_cycles
    up = (np.floor(phase) % 2) == 0
    part = phase - np.floor(phase)
    voltage = 2.5 + 1.7 * np.where(up, part, 1.0 - part)
    return Record(time_s=TIME, current_a=np.where(up | (not signed), 1e-3, -1e-3), voltage_v=voltage)


def test_a_current_with_its_sign_is_not_doubted() -> None:
    assert sign_doubts(_record(6, signed=True), "file") == ()


def test_one_charge_alone_is_not_doubted() -> None:
    assert sign_doubts(_record(1, signed=False), "file") == ()


def test_one_rise_and_one_fall_under_a_positive_current_are_doubted() -> None:
    assert [note.code for note in sign_doubts(_record(2, signed=False), "file")] == ["sign_doubtful"]


def test_a_cell_that_was_cycled_under_a_positive_current_is_refused() -> None:
    with pytest.raises(Refused, match="charging from discharging"):
        sign_doubts(_record(8, signed=False), "file")
