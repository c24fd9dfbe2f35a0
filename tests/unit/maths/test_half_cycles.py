"""Runs and half cycles: by charge, whatever the logger and the chunk do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths import half_cycles
from halfcell.maths.current_record import Record
from halfcell.maths.half_cycles import find_half_cycles, find_runs


def _record(pieces: list[tuple[float, float, int]], **more: object) -> Record:
    """A record of pieces (current in A, duration in s, number of rows), each ending with a record."""
    time, current, step, clock = [], [], [], 0.0
    for number, (value, duration, rows) in enumerate(pieces):
        time.append(clock + duration * np.arange(1, rows + 1) / rows)
        current.append(np.full(rows, value))
        step.append(np.full(rows, float(number)))
        clock += duration
    volts = 3.0 + np.cumsum(np.concatenate(current)) * 1e-3
    times = np.concatenate(time)
    return Record(time_s=times, current_a=np.concatenate(current), voltage_v=volts, step=np.concatenate(step), **more)


CYCLING = [(0.0, 600, 5), (-1e-3, 3600, 40), (0.0, 600, 5), (1e-3, 3000, 50), (0.0, 60, 3), (-1e-3, 3200, 30)]


def test_charge_of_each_half_cycle_is_exact() -> None:
    halves = find_half_cycles(find_runs(_record(CYCLING)))
    assert halves.direction.tolist() == [-1, 1, -1]
    np.testing.assert_allclose(halves.charge_ah, np.array([3600, 3000, 3200]) * 1e-3 / 3600, rtol=1e-12)
    np.testing.assert_allclose(halves.duration_s, [3600, 3000, 3200], rtol=1e-12)
    assert halves.first_row.tolist() == [5, 50, 103]


def test_a_stray_record_begins_no_half_cycle() -> None:
    stray = [(0.0, 86400, 288), (6.6e-7, 1, 1), *CYCLING[1:]]
    halves = find_half_cycles(find_runs(_record(stray)))
    assert halves.direction.tolist() == [-1, 1, -1]
    assert halves.first_row[0] == 289


def test_pulses_and_rests_stay_inside_their_half_cycle() -> None:
    titration = [piece for _ in range(40) for piece in ((1e-3, 90, 9), (0.0, 900, 9))]
    titration += [(-1e-3, 10, 5), *[(1e-3, 90, 9)] * 3]  # a resistance pulse the other way
    down = [piece for _ in range(40) for piece in ((-1e-3, 90, 9), (0.0, 900, 9))]
    halves = find_half_cycles(find_runs(_record(titration + down)))
    assert halves.direction.tolist() == [1, -1]
    assert halves.interruptions[0] == 40
    assert halves.reverse_ah[0] == pytest.approx(1e-3 * 10 / 3600)
    assert halves.charge_ah[0] == pytest.approx(43 * 90e-3 / 3600)


def test_rates_a_hundredfold_apart_are_all_found() -> None:
    slow_and_fast = [(s * i, q / i, 50) for i, q in ((1e-4, 3.6), (1e-2, 1.1), (1e-4, 3.5)) for s in (1, -1)]
    halves = find_half_cycles(find_runs(_record(slow_and_fast)))
    np.testing.assert_allclose(halves.charge_ah, np.array([3.6, 3.6, 1.1, 1.1, 3.5, 3.5]) / 3600, rtol=1e-9)


def test_no_charge_across_files() -> None:
    record = _record([(1e-3, 1000, 10), (1e-3, 1000, 10)])
    part = np.repeat([0.0, 1.0], 10)
    time = record.time_s + 1e6 * part
    joined = Record(time_s=time, current_a=record.current_a, voltage_v=record.voltage_v, part=part)
    assert find_runs(joined).charge_ah.sum() == pytest.approx(1e-3 * (1000 + 900) / 3600)


def test_no_charge_in_a_pause() -> None:
    record = _record([(1e-3, 1000, 10), (1e-3, 1000, 10)])
    time = record.time_s + 1e6 * np.repeat([0.0, 1.0], 10)
    columns = {"time_s": time, "current_a": record.current_a, "voltage_v": record.voltage_v}
    paused = Record(**columns, pause_s=5000.0)
    assert find_runs(paused).charge_ah.sum() == pytest.approx(1e-3 * (1000 + 900) / 3600)
    assert find_runs(paused).duration_s.sum() == pytest.approx(1900.0)
    assert find_runs(Record(**columns)).charge_ah.sum() == pytest.approx(1e-3 * (1e6 + 2000) / 3600)
    clock = np.concatenate((time[:10], np.linspace(5.0, 905.0, 10)))  # a new step, five seconds before its first record
    stepped = Record(**columns, step=np.repeat([0.0, 1.0], 10), step_time_s=clock, pause_s=5000.0)
    assert find_runs(stepped).charge_ah.sum() == pytest.approx(1e-3 * (1000 + 905) / 3600)


def test_the_step_clock_tells_the_charge_before_the_first_record() -> None:
    time, current = np.array([0.0, 100.0, 160.0, 260.0]), np.array([0.0, 0.0, 1e-3, 1e-3])
    step, clock = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 100.0, 10.0, 110.0])
    volts = np.full(4, 3.0)
    told = find_runs(Record(time_s=time, current_a=current, voltage_v=volts, step=step, step_time_s=clock))
    assert told.charge_ah.sum() == pytest.approx(0.11 / 3600)


def test_nothing_flows_no_half_cycle() -> None:
    halves = find_half_cycles(find_runs(_record([(0.0, 600, 20)])))
    assert len(halves) == 0


@pytest.mark.parametrize("chunk", [1, 2, 7, 64, 10_000])
def test_chunks_do_not_matter(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    record = _record(CYCLING)
    whole = find_runs(record)
    monkeypatch.setattr(half_cycles, "CHUNK", chunk)
    pieces = find_runs(record)
    assert pieces.start.tolist() == whole.start.tolist()
    np.testing.assert_allclose(pieces.charge_ah, whole.charge_ah, rtol=1e-12, atol=1e-18)
    np.testing.assert_allclose(pieces.energy_wh, whole.energy_wh, rtol=1e-12, atol=1e-18)


@given(
    factor=st.floats(1e-3, 1e3),
    shift=st.floats(0.0, 1e6),
    charges=st.lists(st.floats(0.05, 1.0), min_size=2, max_size=12),
)
def test_charge_scales_with_current_and_not_with_the_clock(factor: float, shift: float, charges: list[float]) -> None:
    pieces = [((-1) ** k * 1e-3, 3600 * q, 20) for k, q in enumerate(charges)]
    record = _record([(0.0, 600.0, 5), *pieces])
    one = find_half_cycles(find_runs(record))
    moved = Record(
        time_s=record.time_s + shift,
        current_a=record.current_a * factor,
        voltage_v=record.voltage_v,
        step=record.step,
    )
    other = find_half_cycles(find_runs(moved))
    assert len(one) == len(other) == len(charges)
    np.testing.assert_allclose(other.charge_ah, one.charge_ah * factor, rtol=1e-6)
    np.testing.assert_allclose(one.charge_ah, np.array(charges) * 1e-3, rtol=1e-9)
