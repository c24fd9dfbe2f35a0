"""Files of one test that share records."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Parameters
from halfcell.techniques.cycling.repeated_records import without_repeats


def _test() -> Measurement:
    return cycling.simulate(Parameters(points=30, fine_points=60, cycles=3), np.random.default_rng(7))


def _part(test: Measurement, rows: slice) -> Measurement:
    return dataclasses.replace(test, columns={key: column[rows] for key, column in test.columns.items()})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (slice(0, 200), slice(0, None)),  # the second holds the first
        (slice(0, 200), slice(150, None)),  # they overlap
        (slice(0, None), slice(100, 200)),  # the first holds the second
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_each_record_is_used_once(first: slice, second: slice, turned: bool) -> None:
    test = _test()
    parts = [_part(test, first), _part(test, second)]
    joined = cycling.join(parts[::-1] if turned else parts)
    assert len(joined) == len(test)
    assert sorted(joined["voltage_volt"]) == sorted(test["voltage_volt"])
    assert "records_repeated" in {note.code for note in joined.notes}


def test_parts_that_share_nothing_are_left_as_they_are() -> None:
    test = _test()
    parts = [_part(test, slice(0, 200)), _part(test, slice(200, None))]
    kept, notes = without_repeats(parts)
    assert [len(one) for one in kept] == [200, len(test) - 200]
    assert not notes


def test_equal_rests_are_no_repetition() -> None:
    columns = {"test_time_second": np.arange(50.0), "current_ampere": np.zeros(50), "voltage_volt": np.full(50, 3.0)}
    rest = Measurement(technique="cycling", columns=columns)
    kept, notes = without_repeats([_part(rest, slice(None)), _part(rest, slice(None))])
    assert len(kept) == 2
    assert not notes
