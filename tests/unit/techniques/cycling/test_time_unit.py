"""The unit of the test time: held against clock, step time, digits and durations; never wrong without a word."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError, Refused
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings
from halfcell.techniques.cycling.time_unit import whole_seconds_in

FULL = Settings(kind=CellKind.FULL)


def _test(hours: float = 1.0, step_s: float = 10.0, cycles: int = 2) -> Measurement:
    """Cycles at 1 A between 3.0 and 4.2 V, so many hours for each half cycle."""
    count = round(3600.0 * hours / step_s)
    up = np.linspace(3.0, 4.2, count)
    voltage = np.concatenate([up, up[::-1]] * cycles)
    current = np.concatenate([np.ones(count), -np.ones(count)] * cycles)
    columns = {"test_time_second": step_s * np.arange(len(voltage)), "current_ampere": current, "voltage_volt": voltage}
    return Measurement(technique="cycling", columns=columns)


def _with(test: Measurement, **columns: np.ndarray) -> Measurement:
    return dataclasses.replace(test, columns={**test.columns, **columns})


def _doubts(result: CyclingResult) -> set[str]:
    return {note.code for note in result.notes if note.level == "doubt"}


@pytest.mark.parametrize(("factor", "unit"), [(60.0, "minutes"), (3600.0, "hours")])
def test_times_that_are_whole_in_another_unit_only_are_refused(factor: float, unit: str) -> None:
    test = _test()
    with pytest.raises(Refused, match=unit):
        cycling.analyse(_with(test, test_time_second=test["test_time_second"] / factor), FULL)


@pytest.mark.parametrize("hours", [0.1, 0.3, 1.0, 5.0, 20.0])
@pytest.mark.parametrize("step_s", [1.0, 5.0, 60.0])
@pytest.mark.parametrize("factor", [60.0, 3600.0])
def test_no_wrong_unit_passes_without_a_word(hours: float, step_s: float, factor: float) -> None:
    test = _test(hours, step_s)
    try:
        result = cycling.analyse(_with(test, test_time_second=test["test_time_second"] / factor), FULL)
    except HalfcellError:
        return
    assert "time_unit_open" in _doubts(result)


@pytest.mark.parametrize("hours", [0.6, 1.0, 20.0, 100.0])
def test_usual_durations_are_not_doubted(hours: float) -> None:
    assert not _doubts(cycling.analyse(_test(hours, 60.0), FULL)) & {"time_unit_open"}


def test_a_clock_that_agrees_vouches_for_short_half_cycles() -> None:
    test = _test(0.05, 1.0)
    clock = 1.7e9 + test["test_time_second"]
    assert "time_unit_open" not in _doubts(cycling.analyse(_with(test, unix_time_second=clock), FULL))
    assert "time_unit_open" in _doubts(cycling.analyse(test, FULL))


def test_a_step_time_in_another_unit_is_refused() -> None:
    test = _test()
    time = test["test_time_second"]
    step = time - np.repeat(time[:: len(time) // 4], len(time) // 4)
    with pytest.raises(Refused, match="the step time runs 60 times"):
        cycling.analyse(_with(test, test_time_second=time / 60.0, step_time_second=step), FULL)


def test_a_head_without_a_unit_is_doubted_where_nothing_vouches() -> None:
    note = Note("info", "time_unit_not_stated", "the head 'TestTime' states no unit")
    test = dataclasses.replace(_test(), notes=(note,))
    assert "time_unit_open" in _doubts(cycling.analyse(test, FULL))


@pytest.mark.parametrize("digits", [3, 4, 5])
def test_digits_limit_what_they_tell(digits: int) -> None:
    minutes = np.round(5.0 * np.arange(400) / 60.0, digits)
    assert whole_seconds_in(minutes) == (60.0 if digits >= 3 else None)
    assert whole_seconds_in(np.round(1.003 * np.arange(400), 3)) is None
    assert whole_seconds_in(10.0 * np.arange(400)) is None


def test_energy_is_that_of_the_records_where_its_counter_is_not(data: Path) -> None:
    """Voltages from 4.1 down to 3.0 V are 3.55 V in the mean; the counter beside them counts 3.6 Wh per Ah."""
    result = cycling.analyse(read(data / "more/cycling/maccor_minutes.txt"), FULL)
    assert result["initial_mean_discharge_voltage"].value == pytest.approx(3.55, abs=0.001)
    assert "energy_counters_differ" in _doubts(result)
