"""Checks of records: values out of any range are damage; missing values and times that go backwards are noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Values = NDArray[Any]  # floats or integers

_LARGEST = {
    "test_time_second": 1e10,
    "voltage_volt": 1e4,
    "current_ampere": 1e5,
    "frequency_hertz": 1e10,
    "real_impedance_ohm": 1e15,
    "imaginary_impedance_ohm": 1e15,
}


def check(columns: Mapping[str, Values], needed: tuple[str, ...] = ()) -> tuple[Note, ...]:
    """Refuse the records of a damaged file; note values that are not finite and times that go backwards.

    Raises
    ------
    InputError
        If there are no records, a required column is missing, or a value is out of the range of any instrument.
    """
    missing = [name for name in needed if name not in columns]
    if missing:
        raise InputError(f"missing column: {', '.join(missing)}", hint=f"columns found: {', '.join(columns) or 'none'}")
    if not len(next(iter(columns.values()), ())):
        raise InputError("the file contains no records", hint="the run may have been stopped before its first record")
    notes = []
    for name, largest in _LARGEST.items():
        if name in columns:
            notes += _finite(name, columns[name], largest)
    time = columns.get("test_time_second")
    if time is not None and (back := int(np.count_nonzero(time[1:] < time[:-1]))):
        notes.append(Note("doubt", "time_backwards", f"the time goes backwards at {back} of {len(time)} records"))
    return tuple(notes)


def _finite(name: str, values: Values, largest: float) -> list[Note]:
    """Check the range of one column; for good data its minimum and maximum are enough."""
    low, high = float(values.min()), float(values.max())
    if abs(low) <= largest and abs(high) <= largest:  # false for NaN
        return []
    finite = np.isfinite(values)
    beyond = np.flatnonzero(finite & (np.abs(np.where(finite, values, 0.0)) > largest))
    if len(beyond):
        shown = f"{values[beyond[0]]:.3g} in record {beyond[0] + 1}"
        raise InputError(f"{name} is {shown}, beyond any instrument", hint="unknown layout, or a lost point")
    if not finite.any():
        raise InputError(f"{name} has no finite values", hint="copy it from the instrument again")
    count = int(np.count_nonzero(~finite))
    return [Note("doubt", "not_finite", f"{count} of {len(values)} values of {name} are not finite numbers")]
