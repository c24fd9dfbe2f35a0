"""Whether the voltage of a file is a measurement, and that of the cell; else no energies and mean voltages are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.techniques.common.measurement_checks import is_noted
from halfcell.techniques.cycling.energy_density import BASES

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.sample import CellKind
    from halfcell.maths.current_record import Record

_FEW = 10  # with fewer records than this a constant voltage may be one
_CONNECTED_VOLT = 0.02  # a counter electrode this close to the reference is connected to it: a cell of two electrodes
_FALLS = 0.9  # of the largest current: a current that falls so far is that of a held voltage


def constant_refusal(record: Record) -> tuple[Note, ...]:
    """A refusal of energies and mean voltages, where the voltage is the same in every record with current.

    A hold at constant voltage is none: there the current changes, and has one direction.
    """
    live = record.current_a != 0
    voltage, current = record.voltage_v[live], record.current_a[live]
    if len(voltage) < _FEW or np.ptp(voltage) > 0:
        return ()
    size = np.abs(current)
    falls = float(size.min()) < _FALLS * float(size.max())
    held = voltage[0] != 0 and (current[0] > 0) == (current > 0).all() and falls
    if held:
        return ()
    text = (
        f"no energy, mean voltage or profile: the voltage is exactly {voltage[0]:g} V in all {len(voltage)} records "
        "with current, which is no measurement; export the file again with the cell's voltage"
    )
    return (Note("refused", "voltage_constant", text),)


def voltage_refusals(measurement: Measurement, kind: CellKind | None) -> tuple[Note, ...]:
    """A refusal of a full cell's energies and mean voltages, where the reader notes the potential of one electrode."""
    counter = measurement.columns.get("counter_electrode_volt")
    if kind not in BASES or counter is None or not is_noted(measurement, "reference_electrode"):
        return ()
    usual = float(np.median(np.abs(counter[np.isfinite(counter)]))) if np.isfinite(counter).any() else 0.0
    if usual <= _CONNECTED_VOLT:
        return ()
    text = (
        "no energy and no mean voltage of the cell: the voltage in the file is that of the working electrode against "
        "the reference electrode; export the voltage between the electrodes (Ewe-Ece)"
    )
    return (Note("refused", "voltage_of_one_electrode", text),)
