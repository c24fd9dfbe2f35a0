"""A real graphite half cell (cellpy test data, IFE) at C/10 to 2C: what limits its capacity at 2C, and the twin.

Each lithiation with a constant current to 20 mV is followed by a hold to C/20, at 1C and 2C to a tenth of the current.
The delithiation at 2C gives back what the hold had put in before: its capacity says where the hold ended, not how fast
lithium leaves graphite. The twin goes through the same protocol, fitted to the cycles up to C/2; the geometry of the
cell is not known, so that its counter electrode and electrolyte are a series resistance here. With an electrolyte in
an assumed geometry 2C came out 4 to 11 % too high, with the resistance 2 to 4 % (fits of like quality), not 3 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.materials.open_circuit import open_circuit
from halfcell.readers import read_all
from halfcell.twin.electrode import at_volt
from halfcell.twin.half_cell import HalfCycle, Hosts, Outside, half_cycle
from halfcell.twin.half_cell_hold import Held, hold_potential

LOW, HIGH = 0.02, 1.5  # V
ENDS = {3: (0.539, 0.27), 8: (1.78, 0.27), 10: (2.696, 0.27), 13: (5.393, 0.539), 16: (10.785, 1.078)}
"""Cycle -> current and current at which the hold before its delithiation ended, mA."""


@dataclass(frozen=True, eq=False)
class Step:
    """A step of the test: mean current (mA), charge (mAh) and potential (V) of its records."""

    current: float
    charge: np.ndarray
    volt: np.ndarray


@pytest.fixture(scope="module")
def cycles(data: Path) -> dict[int, list[Step]]:
    """The lithiation, the hold and the delithiation of each cycle."""
    path = data / "cycling" / "derived" / "20231115_rate_graphite_halfcell.bdf.parquet"
    if not path.is_file():
        pytest.skip(f"no file {path}")
    (record,) = read_all(path)
    assert isinstance(record, Measurement)
    time, current, volt = (record[name] for name in ("test_time_second", "current_ampere", "voltage_volt"))
    marks = np.stack([record["step_id"], record["cycle_count"]])
    found: dict[int, list[Step]] = {}
    for rows in np.split(np.arange(len(time)), np.flatnonzero(np.diff(marks, axis=1).any(axis=0)) + 1):
        if len(rows) > 3 and abs(np.median(current[rows])) > 1e-4:
            passed = np.concatenate([[0.0], np.cumsum(np.diff(time[rows]) * np.abs(current[rows][1:]))]) / 3.6
            step = Step(float(np.median(current[rows])) * 1e3, passed, volt[rows])
            found.setdefault(int(record["cycle_count"][rows[0]]), []).append(step)
    return {number: found[number] for number in ENDS}


def test_a_fast_delithiation_gives_back_what_was_put_in(cycles: dict[int, list[Step]]) -> None:
    for into, held, out in (cycles[number] for number in ENDS):
        assert out.charge[-1] == pytest.approx(into.charge[-1] + held.charge[-1], rel=0.015)


def _simulated(values: np.ndarray, current: float, stop: float) -> tuple[HalfCycle, Held, HalfCycle]:
    capacity, diffusion, exchange, ohm, spread = np.exp(values)
    electrode = Hosts(
        sets=(open_circuit("graphite"),), shares=(1.0,), capacity=float(capacity), diffusion_hours=float(diffusion),
        exchange_per_hour=float(exchange), size_spread=float(spread),
    ).electrode()  # fmt: skip
    outside = Outside(float(ohm))
    into = half_cycle(electrode, at_volt(electrode, np.array([1.4]), 1), current, LOW, outside)
    held = hold_potential(electrode, (into.end, replace(outside, salt=into.salt)), LOW, stop, 20.0)
    return into, held, half_cycle(electrode, held.end, -current, HIGH, outside)


def _missed(values: np.ndarray, cycles: dict[int, list[Step]]) -> np.ndarray:
    """Potentials (10 mV) and charges (2 to 5 %) of the cycles up to C/2."""
    found = []
    for number in (3, 8, 10):
        into, held, out = _simulated(values, *ENDS[number])
        for step, made in ((cycles[number][0], into), (cycles[number][2], out)):
            at = np.linspace(0.03, 0.97, 40) * step.charge[-1]
            beyond = np.sign(step.current) * 3 * np.maximum(at - made.charge[-1], 0.0)
            apart = np.interp(at, made.charge, made.volt) + beyond - np.interp(at, step.charge, step.volt)
            found += [apart * 1e2, [(made.charge[-1] / step.charge[-1] - 1) * 20]]
        whole = cycles[number][0].charge[-1] + cycles[number][1].charge[-1]
        found.append([((into.charge[-1] + held.charge[-1]) / whole - 1) * 50])
    return np.concatenate(found)


@pytest.mark.long
def test_fitted_up_to_half_a_c_the_protocol_gives_1c_and_2c(cycles: dict[int, list[Step]]) -> None:
    from scipy.optimize import least_squares

    low, high = np.log([5.2, 0.01, 0.05, 1, 0.05]), np.log([6.2, 50, 300, 80, 1.2])
    start = np.log([5.5, 1.0, 5.0, 20.0, 0.4])
    fit = least_squares(_missed, start, args=(cycles,), bounds=(low, high), diff_step=0.03, max_nfev=12)
    for number, most in ((13, 0.03), (16, 0.05)):
        out = _simulated(fit.x, *ENDS[number])[2]
        assert out.charge[-1] == pytest.approx(cycles[number][2].charge[-1], rel=most)
