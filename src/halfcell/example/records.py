"""Steps of a test one after another, as the columns of a cycler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LATER = 1e-3  # s between the last record of a step and the first of the next one
WORDS = {"1": "CC discharge", "2": "CC charge", "3": "CV charge", "4": "Rest"}
CODES = {"discharge": 1.0, "charge": 2.0, "hold": 3.0, "rest": 4.0}


class Step(NamedTuple):
    """One step: what it is, its cycle, hours since its start, voltage, current (mA, above 0 in charge).

    `charge` (mAh, signed, since the start) is given where the current is not constant.
    """

    what: Literal["discharge", "charge", "hold", "rest"]
    cycle: int
    hours: Floats
    volt: Floats
    milliampere: float | Floats
    charge: Floats | None = None


def joined(steps: Iterable[Step]) -> Measurement:
    """All steps as one measurement without errors."""
    clock, net, parts = 0.0, 0.0, []
    for number, step in enumerate(steps, 1):
        same = np.ones(len(step.hours))
        time = clock + LATER + (step.hours - step.hours[0]) * 3600
        passed = step.milliampere * (step.hours - step.hours[0]) if step.charge is None else step.charge
        counted = net + passed * 1e-3
        clock, net = float(time[-1]), float(counted[-1])
        ampere = same * step.milliampere * 1e-3
        parts.append(
            np.array([time, step.volt, ampere, counted, same * step.cycle, same * number, same * CODES[step.what]])
        )
    names = ("test_time_second", "voltage_volt", "current_ampere", "net_capacity_ah", "cycle_count", "step_id",
             "step_type_code")  # fmt: skip
    columns = dict(zip(names, np.concatenate(parts, axis=1), strict=True))
    return Measurement(
        technique="cycling", columns=columns, meta={"simulated": True, "protocol": "GCPL", "step_types": WORDS}
    )
