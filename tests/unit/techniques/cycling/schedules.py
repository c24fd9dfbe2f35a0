"""Tests of half cycles one after the other, each with its charge, current and voltages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from halfcell.core.measurement import Measurement


class Step(NamedTuple):
    """A half cycle: its direction (+1 charges), charge (mAh), current (mA), first and last voltage (V)."""

    direction: int
    charge_mah: float
    current_ma: float
    start_volt: float
    end_volt: float


def recorded(steps: Iterable[Step], *, rest: bool = True, points: int = 80) -> Measurement:
    """The record of half cycles at constant current; `rest` adds one without current at the end."""
    time, current, voltage, at = [], [], [], 0.0
    for step in steps:
        lasts = 3600.0 * step.charge_mah / step.current_ma
        time.append(at + np.linspace(0.0, lasts, points))
        current.append(np.full(points, 1e-3 * step.direction * step.current_ma))
        voltage.append(np.linspace(step.start_volt, step.end_volt, points))
        at = float(time[-1][-1]) + 1.0
    if rest:
        time.append(at + np.arange(5.0))
        current.append(np.zeros(5))
        voltage.append(np.full(5, voltage[-1][-1]))
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    return Measurement(technique="cycling", columns={name: np.concatenate(v) for name, v in columns.items()})


def half_cell(lithiated: float, delithiated: float, down_ma: float = 0.2, up_ma: float = 0.2) -> tuple[Step, Step]:
    """One cycle of an anode half cell between 0.01 and 1.5 V: charges in mAh, currents in mA."""
    return Step(-1, lithiated, down_ma, 1.5, 0.01), Step(1, delithiated, up_ma, 0.05, 1.5)


def full_cell(charged: float, discharged: float, up_ma: float = 0.5, down_ma: float = 0.5) -> tuple[Step, Step]:
    """One cycle of a full cell between 2.8 and 4.2 V: charges in mAh, currents in mA."""
    return Step(1, charged, up_ma, 3.0, 4.2), Step(-1, discharged, down_ma, 4.1, 2.8)
