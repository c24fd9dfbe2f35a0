"""Phases by the spacings and the angle of their planes."""

from __future__ import annotations

from halfcell.techniques.microscopy.calibration import Calibration
from halfcell.techniques.microscopy.candidates import candidates, tied
from halfcell.techniques.microscopy.spacing import Spacing

NAMES = ("Si", "CoSi2", "beta-Sn", "graphite")
SURE = Calibration(pixel=(0.02, 0.02), scale=0.005, anisotropy=0.003, shear=0.003)


def _spacings(*d: float) -> list[Spacing]:
    return [Spacing(d=one, std=0.001, direction=0.0, strength=100.0) for one in d]


def test_silicon_by_two_of_its_planes_and_their_angle() -> None:
    """d(111) = 0.31356 nm twice, 70.53 degrees between {111} planes of a cubic crystal."""
    found = candidates(NAMES, _spacings(0.31356, 0.31356), 70.53, SURE)
    assert found[0].phase == "Si"
    assert found[0].chi2 < 1.0


def test_an_error_of_the_scale_is_common_to_both_spacings() -> None:
    """2 % too long together are less unlikely than 2 % apart, where the scale is known to 2 %."""
    loose = Calibration(pixel=(0.02, 0.02), scale=0.02, anisotropy=0.003, shear=0.003)
    together = candidates(["Si"], _spacings(0.3198, 0.3198), 70.53, loose)[0].chi2
    apart = candidates(["Si"], _spacings(0.3198, 0.3073), 70.53, loose)
    assert together < 2.0
    assert not apart or apart[0].chi2 > 3 * together


def test_no_phase_is_named_for_spacings_that_none_has() -> None:
    assert candidates(NAMES, _spacings(0.9), None, SURE) == ()


def test_the_best_is_among_those_that_cannot_be_told_from_it() -> None:
    found = candidates(NAMES, _spacings(0.31356), None, SURE)
    assert found[0] in tied(found)
