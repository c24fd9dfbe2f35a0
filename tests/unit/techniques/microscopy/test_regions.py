"""Fringes of a region of a picture."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.microscopy import Settings
from halfcell.techniques.microscopy.regions import found

PICTURE = 100.0 + 20.0 * np.cos(2 * np.pi * 0.11 * np.arange(256.0))[None, :] * np.ones((256, 1))
PICTURE = PICTURE + np.random.default_rng(0).normal(0.0, 2.0, PICTURE.shape)


def test_a_region_shows_the_fringes_of_the_picture() -> None:
    seen = found(PICTURE, 1, (128.0, 128.0, 128.0), Settings())
    assert (seen.left, seen.top, seen.values.shape) == (64, 64, (128, 128))
    assert seen.seen[0].frequency == pytest.approx(0.11, abs=5e-4)


def test_fringes_without_distortion_are_as_certain_as_their_fit() -> None:
    seen = found(PICTURE, 1, (128.0, 128.0, 200.0), Settings())
    assert seen.relative_std(0) < 2e-3


@pytest.mark.parametrize("region", [(128.0, 128.0, 30.0), (10.0, 128.0, 64.0), (128.0, 250.0, 64.0)])
def test_a_region_that_is_small_or_beyond_the_picture_is_an_error(region: tuple[float, float, float]) -> None:
    with pytest.raises(InputError, match="outside the picture or too small"):
        found(PICTURE, 1, region, Settings())
