"""Whether the voltage of a file is that of the cell, so that a full cell's energies and mean voltages can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.techniques.common.measurement_checks import is_noted
from halfcell.techniques.cycling.energy_density import BASES

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.sample import CellKind

_CONNECTED_VOLT = 0.02  # a counter electrode this close to the reference is connected to it: a cell of two electrodes


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
