"""A standard corrects scale and shear of a picture."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.techniques.microscopy.calibration import Calibration, from_standard

K111 = np.sqrt(3.0) / 0.54311  # 1/nm, silicon
ANGLE = np.radians(70.529)
TRUE = [K111 * np.array([0.0, 1.0]), K111 * np.array([np.sin(ANGLE), np.cos(ANGLE)])]


def _corrected(distortion: np.ndarray) -> Calibration:
    measured = [np.linalg.inv(distortion) @ vector for vector in TRUE]
    return from_standard(Calibration(pixel=(0.02, 0.02)), measured, (0, 1), [1e-3, 1e-3], "Si")


def test_a_scale_that_is_three_per_cent_off_is_corrected() -> None:
    found = _corrected(1.03 * np.eye(2))
    assert np.linalg.norm(np.array(found.affine) @ (TRUE[0] / 1.03)) == pytest.approx(K111, rel=1e-3)
    assert found.stretch == pytest.approx(1 / 1.03, rel=1e-3)  # of lengths in the picture


def test_a_shear_is_taken_out_of_lengths_and_angles() -> None:
    shear = np.array([[1.0, 0.02], [0.0, 1.0]])
    found = np.array(_corrected(shear).affine)
    one, two = (found @ np.linalg.inv(shear) @ vector for vector in TRUE)
    assert [np.linalg.norm(one), np.linalg.norm(two)] == pytest.approx([K111, K111], rel=1e-3)
    assert one @ two / (np.linalg.norm(one) * np.linalg.norm(two)) == pytest.approx(np.cos(ANGLE), abs=2e-3)


def test_what_is_left_of_the_scale_is_less_than_before() -> None:
    assert _corrected(np.eye(2)).scale < Calibration(pixel=(0.02, 0.02)).scale


def test_fringes_that_no_planes_of_the_standard_have_are_refused() -> None:
    vectors = [np.array([0.0, 1.2]), np.array([1.2, 0.3])]
    with pytest.raises(Refused, match="do not fit Si"):
        from_standard(Calibration(pixel=(0.02, 0.02)), vectors, (0, 1), [1e-3, 1e-3], "Si")
