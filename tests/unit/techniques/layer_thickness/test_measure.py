"""The layer of one picture."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import layer_thickness
from halfcell.techniques.layer_thickness import Parameters, Settings
from halfcell.techniques.layer_thickness.measure import measured

PICTURE = layer_thickness.simulate(
    Parameters(columns=400, rows=320, pixel_nm=200.0, thickness_um=30.0), np.random.default_rng(0)
)


def test_the_thickness_is_that_of_the_simulated_layer() -> None:
    found, _ = measured(PICTURE, Settings())
    assert np.mean(found.thickness) == pytest.approx(30.0, abs=0.6)


def test_a_picture_without_a_scale_is_refused() -> None:
    bare = Measurement(technique=PICTURE.technique, columns=PICTURE.columns)
    with pytest.raises(Refused, match=r"scale|pixel"):
        measured(bare, Settings())


def test_noise_alone_is_refused() -> None:
    image = np.random.default_rng(1).normal(100.0, 10.0, (320, 400))
    with pytest.raises(Refused, match=r"edge|noise"):
        measured(Measurement(technique=PICTURE.technique, columns={"image": image}, meta=PICTURE.meta), Settings())
