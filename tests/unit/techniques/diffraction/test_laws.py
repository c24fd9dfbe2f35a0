"""A law of diffraction: a wrong zero that the settings name shifts all angles, and no size, cell or share."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, DiffractionResult, Parameters, Settings

POWDER = Parameters(
    phases=(
        Crystallites(phase="Si", height=2000.0, column_length_nm=12.0),
        Crystallites(phase="CoSi2", height=900.0, column_length_nm=9.0),
    ),
    displacement_degree=0.0,
    step_degree=0.05,
)
GIVEN = Settings(
    phases=("Si", "CoSi2"),
    instrument=LABORATORY,
    aberration="zero",
    strain="none",
    halos="none",
    orientation="none",
    background_degree=8,
)


@cache
def _scan() -> Measurement:
    return diffraction.simulate(POWDER, np.random.default_rng(5))


@cache
def _shifted(degree: float) -> DiffractionResult:
    columns = {**_scan().columns, "two_theta_degree": _scan()["two_theta_degree"] + degree}
    return diffraction.analyse(dataclasses.replace(_scan(), columns=columns), GIVEN)


@pytest.mark.parametrize("degree", [-0.08, -0.02, 0.05])
def test_a_wrong_zero_is_fitted_and_changes_nothing_else(degree: float) -> None:
    plain, result = _shifted(0.0), _shifted(degree)
    for name in ("Si.lattice_a", "CoSi2.lattice_a"):
        assert result[name].value == pytest.approx(plain[name].value, rel=2e-5), name
    for name in ("Si.column_length", "CoSi2.column_length", "Si.fraction", "CoSi2.fraction"):
        assert result[name].value == pytest.approx(plain[name].value, rel=5e-3), name
