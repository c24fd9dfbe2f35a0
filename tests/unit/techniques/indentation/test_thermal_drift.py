"""Where the drift of a test comes from."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.indentation import Settings
from halfcell.techniques.indentation.raw_tests import RawTest
from halfcell.techniques.indentation.thermal_drift import thermal_drift

TIME = np.arange(0.0, 100.0, 0.1)
LOAD = 0.01 * np.interp(TIME, [0.0, 20.0, 30.0, 90.0, 95.0, 100.0], [0.0, 1.0, 0.1, 0.1, 0.0, 0.0])
DEPTH = 1e-6 * np.sqrt(LOAD / 0.01) + 2e-10 * TIME  # 0.2 nm/s


def _test(*, has_time: bool = True, **meta: object) -> RawTest:
    return RawTest(number=1, time=TIME, depth=DEPTH, load=LOAD, meta=meta, has_time=has_time)


def test_a_hold_at_a_tenth_of_the_load_measures_it() -> None:
    depth = DEPTH + np.random.default_rng(0).normal(0.0, 2e-10, len(TIME))
    found = thermal_drift(_test(), LOAD, depth, Settings())
    assert found.value == pytest.approx(2e-10, rel=0.05)
    assert abs(found.value - 2e-10) < 4 * found.std


def test_a_drift_that_is_set_is_taken_and_doubted_where_the_instrument_took_its_own_off() -> None:
    assert thermal_drift(_test(), LOAD, DEPTH, Settings(drift_nm_per_s=0.3)).value == pytest.approx(3e-10)
    twice = thermal_drift(_test(drift_corrected=True), LOAD, DEPTH, Settings(drift_nm_per_s=0.3))
    assert [note.level for note in twice.notes] == ["doubt"]


def test_a_record_without_times_has_no_drift_and_its_energies_no_error() -> None:
    found = thermal_drift(_test(has_time=False), LOAD, DEPTH, Settings())
    assert not found.is_known
    assert [note.code for note in found.notes] == ["drift_without_time"]


def test_without_a_hold_the_rate_of_the_instrument_is_taken_or_its_doubt_carried() -> None:
    short = slice(0, 250)
    test = RawTest(number=1, time=TIME[short], depth=DEPTH[short], load=LOAD[short], meta={"drift_nm_per_s": 0.1})
    assert thermal_drift(test, LOAD[short], DEPTH[short], Settings()).value == pytest.approx(1e-10)
    bare = RawTest(number=1, time=TIME[short], depth=DEPTH[short], load=LOAD[short], meta={})
    found = thermal_drift(bare, LOAD[short], DEPTH[short], Settings(drift_doubt_nm_per_s=0.07))
    assert (found.value, found.std) == (0.0, pytest.approx(7e-11))
