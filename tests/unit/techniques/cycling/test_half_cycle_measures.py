"""What is measured on half cycles, all at once, against a plain program that takes one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import half_cycles
from halfcell.maths.current_record import Record
from halfcell.maths.half_cycles import find_half_cycles, find_runs
from halfcell.techniques.cycling import half_cycle_measures
from halfcell.techniques.cycling.half_cycle_measures import measure


def _held(time, current, voltage):
    away = np.flatnonzero(np.abs(voltage - np.median(voltage[-3:])) > 0.003)
    start = int(away[-1]) + 1 if len(away) else 0
    size = np.abs(current[start:])
    if len(size) < 5 or size[-1] > 0.9 * size[:2].max():
        return 0.0, len(time)
    steady = np.flatnonzero(size > 0.98 * size[:2].max())
    begin = int(steady[-1]) if len(steady) else 0
    charge = float(np.sum(0.5 * (size[begin + 1 :] + size[begin:-1]) * np.diff(time[start + begin :])))
    return charge, int(np.flatnonzero(time >= time[start + begin])[0]) + 1


def _steady(time, along, stop):
    at = np.arange(0, stop, max(stop // 512, 1))
    at = at[along[at] > 0]
    if not len(at):
        return float(along.max())
    weights = np.maximum(np.gradient(time[at]) if len(at) > 1 else np.ones(1), 0.0)
    order = np.argsort(along[at])
    reached = np.cumsum(weights[order])
    return float(along[at][order][np.flatnonzero(reached >= 0.5 * reached[-1] * (1 - 1e-12))[0]])


def _std(time, current, before, steady):
    if len(time) < 4:
        return 0.0
    at = np.arange(0, len(time) - 1, max((len(time) - 1) // 512, 1))
    noise = 1.4826 * np.median(np.abs(current[at + 1] - current[at])) / np.sqrt(2.0)
    step = np.diff(time)
    sparse = abs(np.dot(np.diff(current), step)) / (2.0 * np.sqrt(3.0))
    following = max(step[0], 1e-3)
    lead = steady * 3.0 * following / np.sqrt(12.0) if time[0] - before > 3.0 * following else 0.0
    return float(np.linalg.norm((noise * np.sqrt(np.dot(step, step)), sparse, lead)))


def _longest(time, current, charge_ah):
    step = np.diff(time)
    if len(step) < 20:
        return 0.0
    at = int(np.argmax(step))
    ends = np.abs(current[at : at + 2])
    return float(step[at] * ends.mean()) / 3600.0 / charge_ah if step[at] >= 10 * step.mean() and ends.min() else 0.0


def _record(seed: int) -> Record:
    """Half cycles of 3 to 3,000 rows with holds, pauses, rests and noise."""
    rng = np.random.default_rng(seed)
    time, current, voltage, clock = [], [], [], 0.0
    for number in range(12):
        rows = int(rng.choice([3, 6, 30, 200, 3000]))
        sign, hold = (1.0 if number % 2 else -1.0), int(rng.integers(0, 3)) * rows // 3
        amount = np.concatenate((np.ones(rows), np.exp(-3.0 * np.arange(1, hold + 1) / max(hold, 1)), np.zeros(2)))
        steps = 3000.0 / rows * rng.uniform(0.5, 1.5, len(amount))
        steps[rows // 2] *= rng.choice([1.0, 200.0])
        time.append(clock + np.cumsum(steps))
        clock = time[-1][-1]
        current.append(sign * amount * (1e-3 + 1e-6 * rng.standard_normal(len(amount))))
        ramp = np.concatenate((np.linspace(0, 1, rows), np.ones(hold), np.full(2, 0.9)))
        voltage.append(2.0 + sign * (ramp - 0.5) * rng.uniform(0.9, 1.1))
    return Record(time_s=np.concatenate(time), current_a=np.concatenate(current), voltage_v=np.concatenate(voltage))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("rows", [1, 500, half_cycles.CHUNK])
def test_all_at_once_is_as_one_by_one(seed: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(half_cycle_measures, "CHUNK", rows)
    record = _record(seed)
    table = find_half_cycles(find_runs(record))
    found = measure(record, table)
    expected = []
    for first, last, sign, charge in zip(
        table.first_row, table.last_row, table.direction, table.charge_ah, strict=True
    ):
        time, current, voltage = (c[first : last + 1] for c in (record.time_s, record.current_a, record.voltage_v))
        held, stop = _held(time, current, voltage)
        steady = _steady(time, current * sign, stop)
        before = record.time_s[first - 1] if first else time[0]
        std = _std(time, current, before, steady)
        reached = voltage.max() if sign > 0 else voltage.min()
        expected.append((held, steady, std, voltage[-1], reached, _longest(time, current, charge)))
    ours = np.stack(
        [found.held_as, found.current_a, found.charge_std_as, found.end_v, found.reached_v, found.longest_part]
    )
    np.testing.assert_allclose(ours.T, expected, rtol=1e-9, atol=1e-15)


def test_no_half_cycle_is_no_measure() -> None:
    still = Record(time_s=np.arange(5.0), current_a=np.zeros(5), voltage_v=np.ones(5))
    table = find_half_cycles(find_runs(still))
    assert len(table) == 0
    assert len(measure(still, table).current_a) == 0
