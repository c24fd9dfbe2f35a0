"""Charge and energy between the last record of a file and the first of the next, which no counter of a file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.half_cycles import interval_charges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record
    from halfcell.maths.half_cycles import HalfCycles, Runs

    Floats = NDArray[np.float64]


def between_files(record: Record, files: Floats | None, runs: Runs, table: HalfCycles) -> tuple[Floats, Floats]:
    """What flowed between two files in the direction of each half cycle.

    Parameters
    ----------
    record
        All records of the test.
    files
        The number of the file of each record, shape (n,), or None for one file.
    runs, table
        Its runs and half cycles.

    Returns
    -------
    tuple
        Charge (Ah) and energy (Wh), positive, shape (half cycles,) each; zero where a file does not go on where the one
        before ends.

    Source: definition: the current before and after, over the time between.
    """
    charge, energy = np.zeros(len(table)), np.zeros(len(table))
    starts = runs.start[table.first_run]
    for row in () if files is None else (np.flatnonzero(np.diff(files)) + 1).tolist():
        place = int(np.searchsorted(starts, row, side="right")) - 1
        if place < 0:
            continue
        ampere_second, joule, *_ = interval_charges(record, row, row + 1)
        if ampere_second[-1] * table.direction[place] > 0:
            charge[place] += abs(ampere_second[-1]) / 3600.0
            energy[place] += abs(joule[-1]) / 3600.0
    return charge, energy
