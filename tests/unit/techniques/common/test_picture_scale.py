"""The scale of a picture: from its file or by hand, with the error of a bar that was read; and its crop."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques import particle_images
from halfcell.techniques.common.picture_scale import cropped, picture_scale

PICTURE = np.arange(2000.0).reshape(40, 50)


def _measurement(**meta: float) -> Measurement:
    return Measurement(technique="microscopy", columns={"image": PICTURE}, meta=meta)


def test_the_file_tells_its_pixel() -> None:
    found = picture_scale(_measurement(pixel_height_nm=2.0, pixel_width_nm=2.1), particle_images.Settings())
    assert found.pixel == (2.0, 2.1)


def test_a_bar_by_hand_is_its_length_over_its_pixels_with_half_a_pixel_of_doubt() -> None:
    settings = particle_images.Settings(scale_bar_pixels=100.0, scale_bar_nm=500.0, scale_uncertainty_percent=1.0)
    found = picture_scale(_measurement(), settings)
    assert found.pixel == (5.0, 5.0)
    assert found.relative_std == pytest.approx(math.hypot(0.01, 0.5 / 100.0))


def test_a_scale_that_is_set_twice_is_an_error() -> None:
    settings = particle_images.Settings(scale_bar_pixels=100.0, scale_bar_nm=500.0, pixel_size_nm=5.0)
    with pytest.raises(InputError, match="set twice"):
        picture_scale(_measurement(), settings)


def test_without_any_scale_there_is_none() -> None:
    assert picture_scale(_measurement(), particle_images.Settings()).pixel is None


def test_a_crop_is_left_top_right_bottom() -> None:
    assert cropped(PICTURE, (10, 5, 20, 8)).shape == (3, 10)
    assert cropped(PICTURE, (10, 5, 20, 8))[0, 0] == PICTURE[5, 10]
    assert cropped(PICTURE, None) is PICTURE


@pytest.mark.parametrize("crop", [(-1, 0, 10, 10), (0, 0, 51, 10), (10, 0, 10, 10), (0, 30, 10, 41)])
def test_a_crop_beyond_the_picture_is_an_error(crop: tuple[int, int, int, int]) -> None:
    with pytest.raises(InputError, match="outside the picture"):
        cropped(PICTURE, crop)
