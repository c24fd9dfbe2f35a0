"""Files of one test are put end to end, in the order of their clocks, their times, or as given."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.cycling.join import join


def _file(begin: float, clock: float | None = None, points: int = 11) -> Measurement:
    """Ten minutes of 1 mA from a test time on, and from a time of the clock on."""
    time = begin + 60.0 * np.arange(points)
    columns = {"test_time_second": time, "current_ampere": np.full(points, 1e-3), "voltage_volt": 3.0 + 1e-5 * time}
    columns |= {} if clock is None else {"unix_time_second": clock + 60.0 * np.arange(points)}
    return Measurement(technique="cycling", columns=columns, meta={"file": begin})


def test_one_file_is_itself() -> None:
    one = _file(0.0)
    assert join([one]) is one


def test_nothing_to_join_is_an_error() -> None:
    with pytest.raises(InputError, match="no file to join"):
        join([])


def test_the_clock_decides_the_order() -> None:
    found = join([_file(0.0, clock=9000.0), _file(5.0, clock=1000.0)])
    assert found.meta["file"] == 5.0


def test_test_times_decide_where_there_is_no_clock() -> None:
    found = join([_file(6000.0), _file(0.0)])
    assert found.meta["file"] == 0.0
    assert (np.diff(found["test_time_second"]) >= 0).all()


def test_the_order_of_files_that_tell_nothing_is_kept_with_a_doubt() -> None:
    found = join([_file(0.0), _file(0.0, points=7)])
    assert ("doubt", "joined") in [(note.level, note.code) for note in found.notes]


def test_the_test_time_goes_on_over_the_files_and_they_are_numbered() -> None:
    found = join([_file(0.0, clock=1000.0), _file(0.0, clock=9000.0)])
    assert len(found) == 22
    assert (np.diff(found["test_time_second"]) >= 0).all()
    assert sorted(set(found["source_index"])) == [0.0, 1.0]


def test_a_column_that_one_file_lacks_is_left_out() -> None:
    assert "unix_time_second" not in join([_file(0.0), _file(6000.0, clock=1.0)])


def test_files_that_overlap_in_time_are_an_error() -> None:
    with pytest.raises(InputError, match="overlap"):
        join([_file(0.0, clock=1000.0), _file(0.0, clock=1300.0)])
