"""Runs and half cycles: by charge, whatever the logger and the chunk do."""

from __future__ import annotations

from dataclasses import fields, replace

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


def test_energy_is_charge_times_voltage_and_what_flows_back_is_told_apart() -> None:
    """Charged at 4 V with one pulse at 3.5 V, discharged at 3 V: 12 J in, 0.035 J back, 9 J out."""
    pieces = [
        (0.0, 600, 5), (1e-3, 1500, 30), (-1e-3, 10, 4), (0.0, 100, 4), (1e-3, 1500, 30), (0.0, 60, 3),
        (-1e-3, 3000, 60), (0.0, 600, 5),
    ]  # fmt: skip
    plain = _record(pieces)
    volts = np.concatenate([np.full(rows, 4.0 if i > 0 else 3.5 if rows == 4 else 3.0) for i, _, rows in pieces])
    halves = find_half_cycles(find_runs(replace(plain, voltage_v=volts)))
    assert len(halves) == 2
    assert halves.direction.tolist() == [1, -1]
    assert halves.energy_wh * 3600 == pytest.approx([12.0, 9.0], rel=1e-9)
    assert halves.reverse_wh * 3600 == pytest.approx([0.035, 0.0], abs=1e-12)
    assert halves.reverse_ah * 3600 == pytest.approx([0.01, 0.0], abs=1e-12)
    assert halves.charge_ah * 3600 == pytest.approx([3.0, 3.0], rel=1e-12)
    assert halves.duration_s == pytest.approx([3000.0, 3000.0])
    assert halves.interruptions.tolist() == [1, 0]
    starts = np.cumsum([0, *(rows for _, _, rows in pieces)])
    assert halves.first_row.tolist() == [starts[1], starts[6]]
    assert halves.last_row.tolist() == [starts[5] - 1, starts[7] - 1]
    assert halves.first_run.tolist() == [1, 6]
    assert halves.last_run.tolist() == [4, 6]


@pytest.mark.parametrize(("stray", "counted"), [(0.9e-4, False), (1.1e-4, True)])
def test_ends_that_hold_less_than_a_ten_thousandth_are_cut_off(stray: float, counted: bool) -> None:
    """A trickle before and after a rest, in the direction of the half cycle: where it really begins and ends."""
    trickle = 3.6 * stray / (1.0 + 2.0 * stray)
    pieces = [(trickle / 100, 100, 2), (0.0, 600, 5), (3.6 / 3600, 3600, 40), (0.0, 600, 5), (trickle / 100, 100, 2)]
    halves = find_half_cycles(find_runs(_record(pieces)))
    assert len(halves) == 1
    assert (halves.first_row[0], halves.last_row[0]) == ((0, 53) if counted else (7, 46))
    assert halves.interruptions[0] == (2 if counted else 0)
    assert halves.charge_ah[0] * 3600 == pytest.approx(3.6 + 2.0 * trickle, rel=1e-9)


def test_a_record_without_current_has_columns_of_no_length() -> None:
    halves = find_half_cycles(find_runs(_record([(0.0, 600, 20)])))
    names = [field.name for field in fields(halves)]
    assert [len(getattr(halves, name)) for name in names] == [0] * len(names)
    whole = {"direction", "first_run", "last_run", "first_row", "last_row", "interruptions"}
    assert {name for name in names if getattr(halves, name).dtype.kind == "i"} == whole


def test_an_empty_record_has_no_runs() -> None:
    none = np.zeros(0)
    runs = find_runs(Record(time_s=none, current_a=none, voltage_v=none))
    assert len(runs) == 0
    assert len(find_half_cycles(runs)) == 0


def test_a_first_record_long_after_the_start_has_flowed_since_its_step_began() -> None:
    """Records a minute apart: one at 60 s has flowed since the start, one at 1000 s as long as its step lasted."""
    for first, seconds, step_time in ((60.0, 60.0, None), (1000.0, 0.0, None), (1000.0, 25.0, 25.0)):
        time = first + 60.0 * np.arange(10)
        clock = None if step_time is None else step_time + 60.0 * np.arange(10)
        record = Record(time_s=time, current_a=np.full(10, 1e-3), voltage_v=np.full(10, 3.0), step_time_s=clock)
        runs = find_runs(record)
        assert runs.charge_ah.sum() * 3600 == pytest.approx(1e-3 * (540.0 + seconds))
        assert runs.energy_wh.sum() * 3600 == pytest.approx(3e-3 * (540.0 + seconds))
        assert runs.duration_s.sum() == pytest.approx(540.0 + seconds)


@pytest.mark.parametrize(("gap", "counted"), [(170.0, True), (190.0, False)])
def test_a_new_current_has_flowed_for_at_most_three_intervals_before_its_first_record(
    gap: float, counted: bool
) -> None:
    """Without a clock of the step; records of the new current come every 60 s."""
    time = np.concatenate((60.0 * np.arange(5), 240.0 + gap + 60.0 * np.arange(5)))
    current = np.repeat([0.0, 1e-3], 5)
    runs = find_runs(Record(time_s=time, current_a=current, voltage_v=np.full(10, 3.0)))
    assert runs.charge_ah.sum() * 3600 == pytest.approx(1e-3 * (240.0 + (gap if counted else 0.0)))
    assert runs.sign.tolist() == [0.0, 1.0]
    assert (runs.start.tolist(), runs.stop.tolist()) == ([0, 5], [5, 10])


def test_the_trapezoid_rule_holds_within_a_run() -> None:
    """A current that falls on a line from 2 to 1 mA in 1000 s: 1.5 As."""
    time = np.linspace(0.0, 1000.0, 11)
    runs = find_runs(Record(time_s=time, current_a=np.linspace(2e-3, 1e-3, 11), voltage_v=np.full(11, 4.0)))
    assert runs.charge_ah * 3600 == pytest.approx([1.5])
    assert runs.energy_wh * 3600 == pytest.approx([6.0])
