"""Ring patterns: the centre, the ellipse, and the shadow of a beam stop."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.ring_pattern import Geometry, fitted_geometry, shadow, symmetric_centre

SHAPE = (220, 240)
EVERYWHERE = np.ones(SHAPE, dtype=bool)


def _rings(geometry: Geometry, counts: float = 400.0) -> np.ndarray:
    """Counts of three sharp rings over a falling background, with Poisson noise."""
    radius = geometry.radius(SHAPE)
    level = counts * np.exp(-radius / 60.0) + counts * sum(
        np.exp(-0.5 * ((radius - place) / 1.5) ** 2) for place in (40.0, 46.2, 65.3)
    )
    return np.random.default_rng(0).poisson(level + 5.0).astype(float)


def test_a_circle_has_no_ellipticity() -> None:
    assert Geometry(row=0.0, column=0.0).ellipticity == 0.0


def test_axes_that_differ_by_two_per_cent_are_told_with_their_direction() -> None:
    """T = diag(1 + u, 1 - u): with u below 0 the pattern is longer along its columns, the direction 0."""
    found = Geometry(row=0.0, column=0.0, u=-0.01)
    assert found.ellipticity == pytest.approx(1.01 / 0.99 - 1.0)
    assert found.direction == pytest.approx(0.0)
    assert Geometry(row=0.0, column=0.0, u=0.01).direction == pytest.approx(90.0)


def test_the_radius_of_a_circle_is_the_distance_from_its_centre() -> None:
    assert Geometry(row=3.0, column=4.0).radius((7, 9))[0, 0] == pytest.approx(5.0)


def test_the_centre_of_inversion_is_the_middle_of_the_rings() -> None:
    picture = np.sqrt(_rings(Geometry(row=104.0, column=126.0)))
    assert symmetric_centre(picture, EVERYWHERE) == pytest.approx((104.0, 126.0), abs=1.0)


def test_centre_and_ellipse_are_found_from_a_start_some_pixels_away() -> None:
    truth = Geometry(row=104.3, column=126.8, u=0.012, v=-0.006)
    found = fitted_geometry(np.sqrt(_rings(truth)), EVERYWHERE, (109.0, 121.0), (20.0, 95.0), None)
    assert (found.row, found.column) == pytest.approx((truth.row, truth.column), abs=0.1)
    assert (found.u, found.v) == pytest.approx((truth.u, truth.v), abs=1e-3)


def test_an_ellipse_that_is_known_is_kept() -> None:
    truth = Geometry(row=104.3, column=126.8, u=0.012, v=-0.006)
    found = fitted_geometry(np.sqrt(_rings(truth)), EVERYWHERE, (106.0, 125.0), (20.0, 95.0), (0.012, -0.006))
    assert (found.u, found.v) == (0.012, -0.006)


def test_a_beam_stop_is_left_out_and_nothing_else() -> None:
    truth = Geometry(row=104.0, column=126.0)
    picture = _rings(truth)
    stop = np.zeros(SHAPE, dtype=bool)
    stop[98:110, :126] = True
    picture[stop] = 1.0
    usable = shadow(np.sqrt(picture), truth, EVERYWHERE)
    bright = truth.radius(SHAPE) < 70.0
    assert not usable[stop & bright].any()
    assert np.mean(usable[~stop & bright]) > 0.9
    assert shadow(np.sqrt(_rings(truth)), truth, EVERYWHERE).all()
