"""Whether the current of a record tells charging from discharging, held against what the voltage does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.maths.turning_points import turning_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record

    Floats = NDArray[np.float64]

_PART = 0.3  # of the range of the voltage: a rise or fall under current that is larger is a direction
_ENOUGH_V = 0.1  # V: a smaller range is not looked at
_JUMP = 0.15  # of the range: a change from one record to the next that is larger is a step, not a direction
_CYCLED = 3  # up, down and up again (or the reverse): the cell was cycled
_BOTH_WAYS = 2  # directions of the voltage that must be seen: one may be a relaxation


def sign_doubts(record: Record, where: str) -> tuple[Note, ...]:
    """A doubt where the current has one sign, but the voltage both rises and falls while it flows.

    Raises
    ------
    Refused
        If the voltage goes up and down again and again: the cell was cycled, and the current has lost its sign.
    """
    live = record.current_a != 0
    if np.any(record.current_a[live] > 0) == np.any(record.current_a[live] < 0):
        return ()
    ways = _ways(record, live)
    if ways < _BOTH_WAYS:
        return ()
    sign = "never negative" if np.any(record.current_a > 0) else "never positive"
    seen = f"the current is {sign}, but the voltage rises and falls under current"
    hint = "export the current with its sign, or the state of each record (step_type in a column map)"
    if ways >= _CYCLED:
        raise Refused(f"{seen}, {ways} times in all: the file does not tell charging from discharging", where, hint)
    return (Note("doubt", "sign_doubtful", f"{seen}: its sign may be missing; {hint}"),)


def _ways(record: Record, live: NDArray[np.bool_]) -> int:
    """In how many stretches the voltage rises or falls by much under current; steps and relaxation do not count."""
    voltage = record.voltage_v
    both = live[1:] & live[:-1]
    span = float(np.ptp(voltage[live]))
    if span < _ENOUGH_V:
        return 1
    moved = np.diff(voltage)
    moved = np.where(both & (np.abs(moved) < _JUMP * span), moved, 0.0)
    ends = turning_points(moved, _PART * span)
    return int(np.count_nonzero(np.abs(np.add.reduceat(moved, ends[:-1])) > _PART * span)) if len(moved) else 0
