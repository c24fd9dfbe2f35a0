"""Both branches of an isotherm, and points that are left out of them."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.sorption.branches import branches


def _isotherm(pressure: list[float], branch: list[float] | None = None) -> Measurement:
    columns = {"relative_pressure": np.array(pressure), "loading_cm3_stp_per_gram": 10.0 * np.array(pressure)}
    columns |= {} if branch is None else {"branch": np.array(branch)}
    return Measurement(technique="sorption", columns=columns)


UP, DOWN = [0.05, 0.1, 0.2, 0.4, 0.8, 0.95], [0.9, 0.7, 0.5, 0.3, 0.15]


def test_a_file_without_a_column_of_branches_turns_at_its_highest_pressure() -> None:
    found = branches(_isotherm(UP + DOWN))
    assert found.up.pressure == pytest.approx(UP)
    assert found.down is not None
    assert found.down.pressure == pytest.approx(DOWN[::-1])


def test_the_column_of_branches_decides_where_there_is_one() -> None:
    found = branches(_isotherm(UP + DOWN, [0.0] * 6 + [1.0] * 5))
    assert len(found.up.pressure) == 6


def test_an_adsorption_alone_has_no_second_branch() -> None:
    assert branches(_isotherm(UP, [0.0] * 6)).down is None


def test_a_point_that_goes_back_is_left_out_with_a_note() -> None:
    found = branches(_isotherm([0.05, 0.1, 0.08, 0.2, 0.4, 0.8, 0.95], [0.0] * 7))
    assert len(found.up.pressure) == 6
    assert found.notes


def test_four_points_are_no_isotherm() -> None:
    with pytest.raises(InputError, match="4 points of adsorption"):
        branches(_isotherm(UP[:4], [0.0] * 4))
