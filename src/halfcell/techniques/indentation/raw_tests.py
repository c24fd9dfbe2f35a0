"""The tests of a measurement as the instrument recorded them, one by one; several measurements joined to a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.techniques.common.measurement_checks import is_noted, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_NO_TIME = "no_time"  # a reader's note; of a test in a batch the key in its part of ``meta["tests"]``
_COLUMNS = ("test_time_second", "depth_metre", "load_newton")


@dataclass(frozen=True, kw_only=True, eq=False)
class RawTest:
    """One test as recorded: time (s), depth (m), load (N), and what its file says.

    Where `has_time` is false, `time` counts the records: it orders them, and nothing in seconds may be derived from it.
    """

    number: int
    time: Array
    depth: Array
    load: Array
    meta: Mapping[str, Any]
    has_time: bool = True


def raw_tests(measurement: Measurement) -> Iterator[RawTest]:
    """Each test of a measurement; the column ``test_count`` tells the tests of a batch apart.

    Raises
    ------
    InputError
        If there is no column of depth or load, or the columns hold nothing that an instrument records.
    """
    sound(measurement, *_COLUMNS[1:], *(name for name in _COLUMNS[:1] if name in measurement))
    depth, load = (np.asarray(measurement[name], dtype=float) for name in _COLUMNS[1:])
    time = np.asarray(measurement.columns.get(_COLUMNS[0], np.arange(len(load))), dtype=float)
    numbers = measurement["test_count"] if "test_count" in measurement else np.ones(len(load))
    own = measurement.meta.get("tests", [])
    for value in np.unique(numbers):
        chosen, number = numbers == value, int(value)
        meta = own[number - 1] if len(own) >= number else measurement.meta
        yield RawTest(
            number=number,
            time=time[chosen],
            depth=depth[chosen],
            load=load[chosen],
            meta=meta,
            has_time=_has_time(measurement, meta),
        )


def _has_time(measurement: Measurement, meta: Mapping[str, Any]) -> bool:
    """Whether the file of a test has a time: what its reader noted, of a test in a batch what `join` kept of that."""
    if _COLUMNS[0] not in measurement:
        return False
    if _NO_TIME in meta:
        return not meta[_NO_TIME]
    return not is_noted(measurement, _NO_TIME)


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Several tests on one sample as one batch: the column ``test_count`` tells them apart, counted in order.

    What each test's file says is kept in ``meta["tests"]``, with whether it has no time.
    """
    tests = [test for measurement in measurements for test in raw_tests(measurement)]
    columns = {
        "test_time_second": np.concatenate([test.time for test in tests]),
        "depth_metre": np.concatenate([test.depth for test in tests]),
        "load_newton": np.concatenate([test.load for test in tests]),
        "test_count": np.repeat(np.arange(1.0, len(tests) + 1.0), [len(test.load) for test in tests]),
    }
    metas = [{**test.meta, _NO_TIME: not test.has_time} for test in tests]
    meta = {"tests": metas, "simulated": any(m.is_simulated for m in measurements)}
    notes = tuple(dict.fromkeys(note for m in measurements for note in m.notes))
    return Measurement(technique="indentation", columns=columns, meta=meta, notes=notes, source=measurements[0].source)
