"""Behind a slit that opens with the angle intensities are divided by sin(theta)."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction.divergence_slit import slit_factor

ANGLE = np.linspace(20.0, 100.0, 81)


def _scan(**meta: str) -> Measurement:
    columns = {"two_theta_degree": ANGLE, "intensity_count": np.ones(81)}
    return Measurement(technique="diffraction", columns=columns, meta=meta)


@pytest.mark.parametrize("by_hand", [True, False])
def test_intensities_of_an_automatic_slit_go_with_one_over_the_sine(by_hand: bool) -> None:
    settings = Settings(divergence_slit="automatic") if by_hand else Settings()
    factor, notes = slit_factor(ANGLE, _scan(divergence_slit="" if by_hand else "automatic"), settings)
    assert factor * np.sin(np.radians(ANGLE / 2)) == pytest.approx(np.full(81, np.sin(np.radians(30.0))))
    assert [note.code for note in notes] == ["automatic_slit"]


def test_the_factor_is_one_in_the_middle_of_the_scan() -> None:
    factor, _ = slit_factor(ANGLE, _scan(), Settings(divergence_slit="automatic"))
    assert factor[40] == pytest.approx(1.0)


def test_a_fixed_slit_leaves_intensities_as_they_are() -> None:
    factor, notes = slit_factor(ANGLE, _scan(divergence_slit="automatic"), Settings(divergence_slit="fixed"))
    assert (factor == 1.0).all()
    assert notes == ()
