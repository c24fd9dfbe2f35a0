"""Areas, extents and outlines of labelled particles."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.particle_images.outlines import measured, outlines

ROWS, COLUMNS = np.mgrid[0:100, 0:140].astype(float)
LABELS = np.where(np.hypot(ROWS - 50, COLUMNS - 40) < 20, 1, 0) + np.where(
    np.hypot(ROWS - 50, COLUMNS - 135) < 12, 2, 0
)


def test_area_and_middle_are_those_of_the_disc() -> None:
    found = measured(LABELS, 1)
    assert found.area[0] == pytest.approx(np.pi * 20**2, rel=0.01)
    assert (found.column[0], found.row[0]) == pytest.approx((40.5, 50.5))


def test_a_particle_at_the_edge_of_the_picture_is_cut() -> None:
    assert measured(LABELS, 1).is_cut.tolist() == [False, True]


def test_a_finer_grid_gives_the_same_in_pixels_of_the_picture() -> None:
    found = measured(np.kron(LABELS, np.ones((3, 3), dtype=int)), 3)
    assert found.area == pytest.approx(measured(LABELS, 1).area)
    assert found.column == pytest.approx(measured(LABELS, 1).column)


def test_the_outline_of_a_disc_is_its_circle() -> None:
    outline = next(iter(outlines(LABELS, 1, measured(LABELS, 1))))
    radii = np.hypot(outline.columns - 40.5, outline.rows - 50.5)
    assert radii == pytest.approx(np.full(len(radii), 20.0), abs=1.0)


def test_no_label_is_no_particle() -> None:
    assert len(measured(np.zeros((5, 5), dtype=int), 1).area) == 0
