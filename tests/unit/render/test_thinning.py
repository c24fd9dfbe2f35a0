"""Thinning keeps what can be seen: extremes of each pixel, the shape of loops, gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.render import thinning
from halfcell.render.thinning import View

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(20, 200))
def test_extremes_of_every_pixel_column_stay(seed: int, pixels: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.sort(rng.uniform(0, 7, 5000)), rng.normal(size=5000)
    kept = thinning.keep(x, y, View(pixels=pixels))
    column = np.floor((x - x[0]) * (pixels / (x[-1] - x[0])))
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= 4 * (pixels + 1)
    for one in np.unique(column):
        inside = np.flatnonzero(column == one)
        chosen = np.intersect1d(inside, kept)
        assert y[chosen].min() == y[inside].min()
        assert y[chosen].max() == y[inside].max()
        assert {inside[0], inside[-1]} <= set(chosen)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_loop_stays_within_a_pixel(seed: int) -> None:
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 6 * np.pi, 9000)
    x, y = np.cos(turn) + 0.01 * rng.normal(size=9000).cumsum() / 30, np.sin(2 * turn)
    pixels = 300
    kept = thinning.keep(x, y, View(pixels=pixels))
    assert len(kept) < 4000
    scale = pixels / np.array([np.ptp(x), np.ptp(y)])
    parts = np.interp(np.arange(9000), kept, x[kept]), np.interp(np.arange(9000), kept, y[kept])
    path = np.stack(parts, 1) * scale
    points = np.stack([x, y], 1) * scale
    for place in range(0, 9000, 37):
        assert np.hypot(*(path - points[place]).T).min() < 1.5


def test_short_series_are_left_alone() -> None:
    x = np.arange(100.0)
    assert thinning.keep(x, x, View(pixels=50)).tolist() == list(range(100))
    assert thinning.keep_points(x, x, View(pixels=50)).tolist() == list(range(100))


def test_gaps_stay_gaps_and_nothing_crosses_them() -> None:
    x, y = np.arange(9000.0), np.sin(np.arange(9000.0))
    y[4000:4010] = np.nan
    kept = thinning.keep(x, y, View(pixels=100))
    assert np.isnan(y[kept]).sum() == 1
    gap = int(np.flatnonzero(np.isnan(y[kept]))[0])
    assert kept[gap - 1] == 3999
    assert kept[gap + 1] == 4010


def test_log_axes_are_thinned_as_they_are_drawn() -> None:
    x = np.logspace(-3, 3, 20000)
    kept = thinning.keep(x, np.sin(20 * np.log10(x)), View(pixels=100, log_x=True))
    per_decade = np.histogram(np.log10(x[kept]), bins=6)[0]
    assert per_decade.min() > 0.8 * per_decade.max()


def test_markers_keep_one_for_each_pixel() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(2, 60000))
    kept = thinning.keep_points(x, y, View(pixels=60))
    pixel = [np.floor((v - v.min()) / np.ptp(v) * 60) for v in (x, y)]
    every = set(zip(*(part.tolist() for part in pixel), strict=True))
    assert {(a, b) for a, b in zip(pixel[0][kept].tolist(), pixel[1][kept].tolist(), strict=True)} == every
    assert len(kept) == len(every)


@pytest.mark.parametrize("order", [1, -1])
def test_a_smooth_line_needs_few_points_on_the_screen(order: int) -> None:
    x = np.linspace(0, 1, 5000)[::order]
    kept = thinning.keep_shape(x, x**3, View(pixels=700))
    assert len(kept) < 400
    np.testing.assert_allclose(np.interp(np.arange(5000), kept, (x**3)[kept]), x**3, atol=1.5e-3)
