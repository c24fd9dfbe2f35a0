"""The mean over rings of a picture, its error, and the background below the rings."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.radial_profile import radial_profile
from halfcell.maths.ring_pattern import Geometry

SHAPE = (201, 221)
GEOMETRY = Geometry(row=98.4, column=112.7)
RADIUS = GEOMETRY.radius(SHAPE)
EVERYWHERE = np.ones(SHAPE, dtype=bool)
LIMITS = (10.0, 90.0)


def test_the_profile_of_a_round_picture_is_its_function_of_the_radius() -> None:
    found = radial_profile(1000.0 - 3.0 * RADIUS, EVERYWHERE, GEOMETRY, LIMITS)
    assert found.intensity == pytest.approx(1000.0 - 3.0 * found.radius, abs=0.5)


def test_pixels_that_are_left_out_do_not_count() -> None:
    picture = np.full(SHAPE, 100.0)
    shaded = np.zeros(SHAPE, dtype=bool)
    shaded[90:105, :112] = True
    found = radial_profile(np.where(shaded, 0.0, picture), ~shaded, GEOMETRY, LIMITS)
    assert found.intensity == pytest.approx(np.full(len(found.radius), 100.0))


def test_the_error_of_a_mean_falls_with_the_root_of_the_pixels_of_its_ring() -> None:
    """A ring of radius r and width 1 px has 2 pi r pixels."""
    picture = np.random.default_rng(0).normal(100.0, 10.0, SHAPE)
    found = radial_profile(picture, EVERYWHERE, GEOMETRY, LIMITS)
    assert np.median(found.error * np.sqrt(2 * np.pi * found.radius)) == pytest.approx(10.0, rel=0.05)


def test_an_ellipse_is_taken_out() -> None:
    oval = Geometry(row=98.4, column=112.7, u=0.03, v=-0.02)
    picture = 1000.0 - 3.0 * oval.radius(SHAPE)
    assert radial_profile(picture, EVERYWHERE, oval, LIMITS).error.max() < 0.3
    assert radial_profile(picture, EVERYWHERE, GEOMETRY, LIMITS).error.max() > 0.3


def test_the_background_lies_below_a_ring_and_not_in_it() -> None:
    picture = 200.0 + 500.0 * np.exp(-0.5 * ((RADIUS - 50.0) / 2.0) ** 2)
    found = radial_profile(picture, EVERYWHERE, GEOMETRY, LIMITS)
    assert found.background == pytest.approx(np.full(len(found.radius), 200.0), rel=0.05)
