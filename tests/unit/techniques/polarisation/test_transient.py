"""The step of a record and its end."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques.polarisation import Settings
from halfcell.techniques.polarisation.transient import transient

TIME = np.arange(0.0, 3600.0, 5.0)


def _record(sign: float = 1.0, seed: int = 0, time: np.ndarray = TIME) -> Measurement:
    """10 mV from 100 s on; the current falls from 2 to 1 uA within minutes."""
    flows = time >= 100.0
    current = np.where(flows, 1e-6 * (1.0 + np.exp(-(time - 100.0) / 200.0)), 0.0) * sign
    current = current + np.random.default_rng(seed).normal(0.0, 1e-9, len(time))
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": np.where(flows, 0.01, 0.0)}
    return Measurement(technique="polarisation", columns=columns)


def test_times_count_from_the_step_and_the_end_is_the_steady_current() -> None:
    found = transient(_record(), Settings())
    assert found.time[0] < 10.0
    assert found.bias == pytest.approx(0.01)
    assert found.value == pytest.approx(1e-6, rel=1e-3)


def test_a_current_against_the_bias_is_turned_with_a_note() -> None:
    found = transient(_record(sign=-1.0), Settings())
    assert found.value == pytest.approx(1e-6, rel=1e-3)
    assert found.notes


def test_a_leakage_that_is_set_is_taken_off() -> None:
    assert transient(_record(), Settings(leakage_ampere=2e-7)).value == pytest.approx(8e-7, rel=1e-3)


def test_a_clock_that_goes_backwards_is_refused() -> None:
    time = TIME.copy()
    time[400:] -= 500.0
    with pytest.raises(Refused, match="backwards"):
        transient(_record(time=time), Settings())


def test_a_rest_that_is_longer_than_the_step_is_no_part_of_it() -> None:
    """The current of the rest, which is noise, was taken for the initial current."""
    found = transient(_record(time=np.arange(0.0, 190.0, 1.0)), Settings())
    assert found.time[0] < 2.0
    assert found.current[0] == pytest.approx(2e-6, rel=0.02)


def test_a_record_that_ends_right_after_the_step_is_refused() -> None:
    with pytest.raises(Refused, match="too few"):
        transient(_record(time=TIME[(TIME >= 60.0) & (TIME < 160.0)]), Settings())
