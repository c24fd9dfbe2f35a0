"""The distribution of laser diffraction beside a picture's."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.particle_images import Settings
from halfcell.techniques.particle_images.laser_curve import laser_curve

EDGES = np.geomspace(0.1, 10.0, 21)


def test_it_rises_from_nothing_to_all_of_the_volume() -> None:
    columns = {
        "lower_size_micrometre": EDGES[:-1],
        "upper_size_micrometre": EDGES[1:],
        "share_percent": np.exp(-0.5 * (np.linspace(-3.0, 3.0, 20)) ** 2),
    }
    sizes, below = np.array(laser_curve(Measurement(technique="particle_size", columns=columns), Settings())).T
    assert (below[0], below[-1]) == pytest.approx((0.0, 100.0))
    assert np.interp(50.0, below, sizes) == pytest.approx(1.0, rel=0.03)


def test_a_picture_is_no_distribution() -> None:
    with pytest.raises(InputError, match="no size distribution"):
        laser_curve(Measurement(technique="microscopy", columns={"image": np.zeros((2, 2))}), Settings())
