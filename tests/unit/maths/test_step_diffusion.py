"""The diffusion coefficient of one potential step, against the series of Crank for a plane and for a sphere."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.current_record import Record
from halfcell.maths.potential_steps import Geometry, PotentialStep
from halfcell.maths.step_diffusion import step_diffusion

DIFFUSION, LENGTH, CHARGE = 4e-15, 2e-6, 0.36  # m2/s; m, volume over surface; As
N = np.arange(400)


def _step(form: Geometry, lasts: float = 1.6) -> tuple[Record, PotentialStep]:
    """The current after a step of the surface: Crank, The Mathematics of Diffusion (1975), eqs. 4.18 and 6.20."""
    size = LENGTH if form == "plane" else 3.0 * LENGTH
    rate = DIFFUSION / size**2
    time = np.geomspace(1e-4, lasts if form == "plane" else 0.4 * lasts, 600) / rate
    roots = ((N + 0.5) if form == "plane" else (N + 1.0)) * np.pi
    terms = np.exp(-(roots[:, None] ** 2) * rate * time)
    current = (2.0 if form == "plane" else 6.0) * CHARGE * rate * terms.sum(axis=0)
    volts = np.full(len(time), 3.81)
    return Record(time_s=time, current_a=current, voltage_v=volts), PotentialStep(
        first=0, last=len(time) - 1, begin_s=0.0, from_volt=3.80, to_volt=3.81
    )


@pytest.mark.parametrize("form", ["plane", "sphere"])
def test_the_coefficient_of_the_series_comes_back(form: Geometry) -> None:
    found = step_diffusion(*_step(form), LENGTH, form)
    assert found.why == ""
    assert found.coefficient == pytest.approx(DIFFUSION, rel=0.05)


@pytest.mark.parametrize("form", ["plane", "sphere"])
def test_beginning_and_end_agree_where_the_surface_has_no_resistance(form: Geometry) -> None:
    found = step_diffusion(*_step(form), LENGTH, form)
    assert found.late == pytest.approx(found.cottrell, rel=0.1)


def test_a_host_of_twice_the_size_has_four_times_the_coefficient() -> None:
    one, two = (step_diffusion(*_step("plane"), factor * LENGTH, "plane") for factor in (1.0, 2.0))
    assert two.coefficient == pytest.approx(4.0 * one.coefficient, rel=1e-6)


def test_the_charge_is_that_which_flowed() -> None:
    assert step_diffusion(*_step("plane"), LENGTH, "plane").charge_as == pytest.approx(CHARGE, rel=0.05)


def test_a_step_that_ends_in_its_beginning_has_no_coefficient() -> None:
    found = step_diffusion(*_step("plane", lasts=0.05), LENGTH, "plane")
    assert found.why
    assert np.isnan(found.coefficient)
