"""A picture with pixels in 1/nm is a diffraction pattern."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.electron_diffraction.claims import claims


@pytest.mark.parametrize(
    ("technique", "meta", "claimed"),
    [
        ("microscopy", {"pixel_width_per_nm": 0.01}, True),
        ("microscopy", {"pixel_width_nm": 0.01}, False),
        ("raman", {"pixel_width_per_nm": 0.01}, False),
    ],
)
def test_reciprocal_pixels_claim_a_picture(technique: str, meta: dict[str, float], claimed: bool) -> None:
    assert bool(claims(Measurement(technique=technique, columns={"image": np.zeros((2, 2))}, meta=meta))) is claimed
