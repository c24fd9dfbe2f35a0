"""Tests of a batch are told apart, and keep what their files say."""

from __future__ import annotations

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.techniques.indentation.raw_tests import join, raw_tests


def _measurement(load: float, count: np.ndarray | None = None, **meta: object) -> Measurement:
    columns = {
        "test_time_second": np.arange(10.0), "depth_metre": np.linspace(0.0, 1e-6, 10),
        "load_newton": np.linspace(0.0, load, 10),
    }  # fmt: skip
    columns |= {} if count is None else {"test_count": count}
    return Measurement(technique="indentation", columns=columns, meta=meta)


def test_each_number_of_the_column_is_a_test() -> None:
    found = list(raw_tests(_measurement(1e-3, count=np.repeat([1.0, 2.0], 5))))
    assert [(test.number, len(test.load)) for test in found] == [(1, 5), (2, 5)]


def test_joined_tests_are_counted_in_their_order_and_keep_their_meta() -> None:
    joined = join([_measurement(1e-3, particle_diameter_um=5.0), _measurement(2e-3, particle_diameter_um=7.0)])
    found = list(raw_tests(joined))
    assert [test.load.max() for test in found] == [1e-3, 2e-3]
    assert [test.meta["particle_diameter_um"] for test in found] == [5.0, 7.0]


def test_a_record_without_times_has_its_order_alone() -> None:
    plain = _measurement(1e-3)
    columns = {name: values for name, values in plain.columns.items() if name != "test_time_second"}
    (found,) = raw_tests(Measurement(technique="indentation", columns=columns))
    assert not found.has_time
    assert (np.diff(found.time) > 0).all()
