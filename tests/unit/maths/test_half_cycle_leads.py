"""The time before the first record of a run counts as its own: by the step's clock, or by the usual interval."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.current_record import Record
from halfcell.maths.half_cycles import find_half_cycles, find_runs

HOUR = 3600.0


def _record(time: list[float], current: list[float], **more: object) -> Record:
    given = {name: np.array(values) if isinstance(values, list) else values for name, values in more.items()}
    return Record(time_s=np.array(time), current_a=np.array(current), voltage_v=np.full(len(time), 3.0), **given)  # type: ignore[arg-type]


def _charges(record: Record) -> list[float]:
    """Charges of the runs in ampere seconds."""
    return [float(charge) * HOUR for charge in find_runs(record).charge_ah]


def test_a_run_begins_where_its_current_did_by_the_clock_of_its_step() -> None:
    """Logged at 10 s steps; the reversal came 4 s before its first record, which the step's clock says."""
    record = _record(
        [0, 10, 20, 30, 40], [1.0, 1.0, 1.0, -1.0, -1.0], step=[0.0, 0, 0, 1, 1], step_time_s=[0.0, 10, 20, 4, 14]
    )
    assert _charges(record) == pytest.approx([20.0, -14.0])


def test_a_step_that_says_half_a_second_has_half_a_second() -> None:
    record = _record(
        [0, 10, 20, 30, 40], [1.0, 1.0, 1.0, -1.0, -1.0], step=[0.0, 0, 0, 1, 1], step_time_s=[0.5, 10, 20, 0.0, 10]
    )
    assert _charges(record) == pytest.approx([20.0, -10.0]), "none of the time before, the first record's is 0 s old"
    late = _record([10, 20, 30], [1.0, 1.0, 1.0], step_time_s=[0.25, 10.25, 20.25])
    assert _charges(late) == pytest.approx([20.25])


def test_a_pause_before_a_run_is_not_its_own() -> None:
    """Two hours without a record, and a step's clock that ran through them."""
    record = _record(
        [0, 10, 20, 7220, 7230],
        [1.0, 1.0, 1.0, -1.0, -1.0],
        step=[0.0, 0, 0, 1, 1],
        step_time_s=[0.0, 10, 20, 7200, 7210],
        pause_s=3600.0,
    )
    assert _charges(record) == pytest.approx([20.0, -10.0])


def test_without_a_clock_of_steps_a_lead_is_known_up_to_three_intervals() -> None:
    for lead, counted in ((10.0, 10.0), (29.0, 29.0), (31.0, 0.0)):
        record = _record([0, 10, 20, 20 + lead, 30 + lead, 40 + lead], [1.0, 1.0, 1.0, -1.0, -1.0, -1.0])
        assert _charges(record) == pytest.approx([20.0, -20.0 - counted]), lead


def test_fast_records_are_known_by_their_own_interval() -> None:
    """Milliseconds: the lead of a pulse is one of its own intervals, not one of seconds."""
    record = _record([0, 1, 2, 2.9, 2.902, 2.904], [1.0, 1.0, 1.0, -1.0, -1.0, -1.0])
    assert _charges(record)[1] == pytest.approx(-0.004)


@pytest.mark.parametrize(("first", "counted"), [(10.0, 10.0), (29.0, 29.0), (31.0, 0.0), (0.5, 0.5), (0.0, 0.0)])
def test_the_first_record_counts_from_the_beginning_of_the_test(first: float, counted: float) -> None:
    record = _record([first, first + 10, first + 20], [1.0, 1.0, 1.0])
    assert _charges(record) == pytest.approx([20.0 + counted])


def test_a_single_record_has_no_charge() -> None:
    runs = find_runs(_record([10.0], [1.0]))
    assert list(runs.charge_ah) == [0.0]
    assert (list(runs.start), list(runs.stop)) == ([0], [1])


def test_no_record_has_no_run() -> None:
    runs = find_runs(_record([], []))
    assert len(runs.start) == len(runs.stop) == len(runs.charge_ah) == len(runs.energy_wh) == len(runs.duration_s) == 0
    assert len(find_half_cycles(runs).direction) == 0


def test_a_clock_that_goes_back_half_a_second_counts_no_charge_and_one_that_goes_on_does() -> None:
    back = _record([0, 1, 2, 1.5, 2.5], [1.0] * 5)
    assert sum(_charges(back)) == pytest.approx(3.0)
    assert len(_charges(back)) == 2
    on = _record([0, 0.5, 1.0, 1.5], [1.0] * 4)
    assert _charges(on) == pytest.approx([1.5])


def test_parts_and_steps_begin_runs_as_do_signs_and_breaks() -> None:
    """Each alone: a step of the same current, a part of another file, a clock that goes back, a change of sign."""
    time, one = [0, 10, 20, 30, 40, 50], [1.0] * 6
    assert len(_charges(_record(time, one))) == 1
    assert len(_charges(_record(time, one, step=[0.0, 0, 0, 1, 1, 1]))) == 2
    assert len(_charges(_record(time, one, part=[0, 0, 0, 1, 1, 1]))) == 2
    assert len(_charges(_record([0, 10, 20, 5, 15, 25], one))) == 2
    both = _record([0, 10, 20, 5, 15, 25], one, part=[0, 0, 0, 0, 0, 1], step=[0.0, 1, 1, 1, 1, 1])
    assert len(_charges(both)) == 4
    signs = _record(time, [1.0, 1.0, -1.0, -1.0, 0.0, 0.0], step=[0.0] * 6)
    assert len(_charges(signs)) == 3


def test_the_median_half_cycle_and_not_the_largest_tells_what_a_reversal_is() -> None:
    """One first charge of 1000, cycles of 15, and 1 at the end: a thousandth of the first, 7 % of the usual."""
    current = [1.0] * 1001
    for sign in (-1.0, 1.0, -1.0, 1.0, -1.0, 1.0):
        current += [sign] * 15
    current += [-1.0]
    found = find_half_cycles(find_runs(_record(list(np.arange(float(len(current)))), current)))
    assert list(found.direction) == [1, -1, 1, -1, 1, -1, 1, -1]
    assert found.charge_ah * HOUR == pytest.approx([1000.0, 15, 15, 15, 15, 15, 15, 1])
