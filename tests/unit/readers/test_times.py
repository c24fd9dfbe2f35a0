"""Seconds since 1970 as a date: a damaged clock is no date, and no reason to fail."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers.common.raman_spectrum import raman
from halfcell.readers.common.times import iso_date


def test_a_second_of_2023() -> None:
    """1,700,000,000 s is 14 November 2023, 22:13:20 UTC (any Unix clock)."""
    assert iso_date(1_700_000_000.0) == "2023-11-14T22:13:20"
    assert iso_date(1_700_000_000.25) == "2023-11-14T22:13:20.250000"


@pytest.mark.parametrize("second", [0.0, -1.0, 4.2e9, 2.5e15, 1e300, float("inf"), float("nan")])
def test_what_is_no_date_of_a_measurement(second: float) -> None:
    assert iso_date(second) == ""


def test_a_wavelength_of_zero_is_refused() -> None:
    """Its Raman shift would be minus infinity."""
    with pytest.raises(InputError, match="a wavelength of 0 nm"):
        raman(np.array([0.0, 540.0, 550.0]), np.ones(3), "nm", {"laser_nm": 532.0}, "a.spc")
