"""Bright particles in a picture: their number and their area, alone, touching, small, and in noise."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.particle_regions import particle_regions

ROWS, COLUMNS = np.mgrid[0:160, 0:160].astype(float)


def _picture(*discs: tuple[float, float, float], noise: float = 2.0) -> np.ndarray:
    """Discs (row, column, radius) of level 200 on 50, with edges blurred over a pixel."""
    cover = np.zeros(ROWS.shape)
    for row, column, radius in discs:
        cover = np.maximum(cover, np.clip(radius - np.hypot(ROWS - row, COLUMNS - column) + 0.5, 0.0, 1.0))
    return np.asarray(50.0 + 150.0 * cover + np.random.default_rng(0).normal(0.0, noise, ROWS.shape))


@pytest.mark.parametrize("radius", [10.0, 25.0])
def test_the_area_of_a_disc_is_pi_times_the_square_of_its_radius(radius: float) -> None:
    found = particle_regions(_picture((80.3, 79.6, radius)))
    area = np.count_nonzero(found.outlined()) / found.enlarged**2
    assert area == pytest.approx(np.pi * radius**2, rel=0.02)


def test_discs_of_three_pixels_are_found_and_measured_on_a_finer_grid() -> None:
    discs = [(row + 0.3, column - 0.4, 3.0) for row in range(20, 150, 20) for column in range(20, 150, 20)]
    found = particle_regions(_picture(*discs))
    areas = np.bincount(found.outlined().ravel())[1:] / found.enlarged**2
    assert len(areas) == 49
    assert np.mean(areas) == pytest.approx(np.pi * 9.0, rel=0.08)


def test_two_discs_that_touch_are_two_particles() -> None:
    assert particle_regions(_picture((80.0, 60.0, 20.0), (80.0, 99.0, 20.0))).parted.max() == 2


def test_two_discs_that_overlap_by_half_are_one_particle() -> None:
    assert particle_regions(_picture((80.0, 75.0, 20.0), (80.0, 85.0, 20.0))).parted.max() == 1


def test_a_hole_in_a_particle_belongs_to_it() -> None:
    ring = _picture((80.0, 80.0, 25.0)) - 150.0 * (np.hypot(ROWS - 80, COLUMNS - 80) < 4)
    found = particle_regions(ring)
    assert found.outlined()[80 * found.enlarged, 80 * found.enlarged] == 1


def test_noise_alone_has_no_particles() -> None:
    assert particle_regions(_picture()).parted.max() == 0


def test_the_grey_scale_does_not_matter() -> None:
    picture = _picture((50.0, 50.0, 12.0), (110.0, 100.0, 18.0))
    one, other = particle_regions(picture), particle_regions(40.0 + 0.01 * picture)
    assert np.array_equal(one.outlined(), other.outlined())
