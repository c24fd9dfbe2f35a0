"""The voltage of a cycler beside the scans."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.operando_diffraction import Settings
from halfcell.techniques.operando_diffraction.voltage import at_scans, recorded_voltage


def _record(**columns: np.ndarray) -> Measurement:
    return Measurement(technique="cycling", columns={"test_time_second": np.array([10.0, 3610.0, 7210.0]), **columns})


def test_times_count_in_hours_from_the_first_record() -> None:
    found = recorded_voltage(_record(voltage_volt=np.array([2.0, 1.0, 0.5])), Settings())
    assert found.time_hour == pytest.approx((0.0, 1.0, 2.0))
    assert found.volt == (2.0, 1.0, 0.5)
    assert found.began_second is None


def test_a_record_without_a_voltage_is_an_error() -> None:
    with pytest.raises(InputError, match="no voltage"):
        recorded_voltage(_record(), Settings())


def test_the_voltage_of_a_scan_is_interpolated_and_unknown_outside_the_record() -> None:
    voltage = (np.array([0.0, 1.0, 2.0]), np.array([2.0, 1.0, 0.0]))
    found = at_scans(voltage, np.array([-1.0, 0.5, 1.5, 9.0]))
    assert found[1:3] == pytest.approx([1.5, 0.5])
    assert np.isnan(found[[0, 3]]).all()
