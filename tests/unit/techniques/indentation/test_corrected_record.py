"""A record of an indentation: what is left of it, and what is taken off."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.indentation import Settings
from halfcell.techniques.indentation.corrected_record import corrected, finite
from halfcell.techniques.indentation.raw_tests import RawTest

TIME = np.linspace(0.0, 40.0, 801)


def _test(drift: float = 0.0, frame: float = 0.0, **meta: object) -> RawTest:
    """Depth goes with the root of a load that rises to 10 mN and falls again; drift in m/s, frame in m/N."""
    load = 0.01 * (1.0 - np.abs(TIME / 20.0 - 1.0))
    depth = 1e-6 * np.sqrt(np.maximum(load, 0.0) / 0.01) + drift * TIME + frame * load
    return RawTest(number=1, time=TIME, depth=depth, load=load, meta=meta)


def test_a_set_drift_is_taken_off() -> None:
    plain, drifting = (corrected(_test(drift), Settings(drift_nm_per_s=1e9 * drift)) for drift in (0.0, 2e-10))
    assert np.abs(drifting.depth - plain.depth).max() < 2e-10
    assert drifting.drift == pytest.approx(2e-10)


def test_the_compliance_of_the_frame_is_taken_off() -> None:
    """1 nm/mN is 1e-6 m/N."""
    stiff = corrected(_test(), Settings(drift_nm_per_s=0.0))
    soft = corrected(_test(frame=1e-6), Settings(drift_nm_per_s=0.0, frame_compliance_nm_per_mn=1.0))
    assert np.abs(soft.depth - stiff.depth).max() < 2e-10


def test_records_that_are_not_numbers_are_left_out() -> None:
    test = _test()
    depth = test.depth.copy()
    depth[[5, 6]] = np.nan
    assert len(finite(dataclasses.replace(test, depth=depth), "f").load) == len(TIME) - 2


def test_a_record_whose_load_never_rises_is_an_error() -> None:
    with pytest.raises(InputError, match="never rises"):
        finite(dataclasses.replace(_test(), load=np.full(len(TIME), -1e-3)), "f")


def test_a_cut_record_is_an_error() -> None:
    test = _test()
    cut = dataclasses.replace(test, time=TIME[:10], depth=test.depth[:10], load=test.load[:10])
    with pytest.raises(InputError, match="at least 20"):
        finite(cut, "f")
