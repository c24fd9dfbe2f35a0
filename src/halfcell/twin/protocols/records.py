"""What a cycler would have recorded of a course, as a measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.course import Piece

    Floats = NDArray[np.float64]

COLUMNS = (
    "test_time_second", "voltage_volt", "current_ampere", "net_capacity_ah", "cycle_count", "step_id", "step_type_code",
)  # fmt: skip
LATER = 1e-3  # s between the last record of a piece and the first of the next one
WORDS = {"1": "CC discharge", "2": "CC charge", "3": "CV charge", "4": "rest", "5": "load"}
CODES = {"discharge": 1.0, "charge": 2.0, "hold": 3.0, "rest": 4.0, "load": 5.0}
_INNER = 2  # records: more have ones between two steps


def cycler_record(pieces: Sequence[Piece], cycles: Sequence[int], gram: float, title: str) -> Measurement:
    """All pieces one after another.

    Parameters
    ----------
    pieces, cycles
        The pieces and the cycle of each.
    gram
        Mass of the cathode material, to which the currents refer.
    title
        Of the card.
    """
    clock, charge, parts = 0.0, 0.0, []
    for number, (piece, cycle) in enumerate(zip(pieces, cycles, strict=True)):
        time = clock + piece.hours * 3600
        time[0] += LATER if number else 0.0
        clock = float(time[-1])
        same = np.ones(len(time))
        counted = charge - np.concatenate([[0.0], np.cumsum(np.diff(piece.hours) * piece.current[1:])]) * gram * 1e-3
        charge = float(counted[-1])
        ampere, codes = -currents_at_records(piece) * gram * 1e-3, same * CODES[piece.what]
        parts.append(np.array([time, piece.volt, ampere, counted, same * cycle, same * number, codes]))
    columns = dict(zip(COLUMNS, np.concatenate(parts, axis=1), strict=True))
    return Measurement(
        technique="cycling", columns=columns, meta={"simulated": True, "title": title, "step_types": WORDS}
    )


def currents_at_records(piece: Piece) -> Floats:
    """The current at each record: between that of the step before it and that of the step after it."""
    steps, current = np.diff(piece.hours), piece.current.copy()
    if len(current) > _INNER:
        before, after = steps[:-1], steps[1:]
        current[1:-1] = (piece.current[1:-1] * after + piece.current[2:] * before) / (before + after)
        current[-1] += (piece.current[-1] - piece.current[-2]) * steps[-1] / (steps[-1] + steps[-2])
    return current
