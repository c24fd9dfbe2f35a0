"""The conversion of a step: from nothing to all, and its speed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.techniques import decomposition_kinetics
from halfcell.techniques.decomposition_kinetics import Parameters, Settings
from halfcell.techniques.decomposition_kinetics.conversion_curve import conversion_curve

RUN = decomposition_kinetics.simulate(Parameters(), np.random.default_rng(0))


def test_it_rises_from_nothing_to_all() -> None:
    found = conversion_curve(RUN, Settings())
    assert (found.conversion[0], found.conversion[-1]) == pytest.approx((0.0, 1.0), abs=0.02)


def test_temperatures_of_conversions_rise_with_them() -> None:
    found = conversion_curve(RUN, Settings())
    at = [found.at(part) for part in (0.2, 0.5, 0.8)]
    assert at == sorted(at)
    assert np.interp(at[1], found.temperature, found.conversion) == pytest.approx(0.5, abs=0.01)


def test_the_speed_is_the_slope_times_the_heating_rate() -> None:
    found = conversion_curve(RUN, Settings())
    middle = found.at(0.5)
    slope = float(np.interp(middle, found.temperature, found.slope))
    assert found.speed_at(middle) == pytest.approx(slope * found.rate, rel=1e-6)


def test_a_step_that_the_run_does_not_have_is_refused() -> None:
    with pytest.raises(Refused, match="no step 7"):
        conversion_curve(RUN, dataclasses.replace(Settings(), step=7))
