"""Both edges of a layer: their rows below a pixel, under blur, noise and tilt; and how many values a series holds."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.layer_edges import effective_count, layer_edges

ROWS, COLUMNS = np.mgrid[0:200, 0:240].astype(float)


def _layer(upper: float, lower: float, *, tilt: float = 0.0, blur: float = 1.5, noise: float = 4.0) -> np.ndarray:
    """A bright layer of grey level 160 between levels 60 and 80, its edges blurred by a Gaussian."""
    from scipy.special import ndtr

    shift = tilt * (COLUMNS - 119.5)
    bright = 60.0 + 100.0 * ndtr((ROWS - upper - shift) / blur) - 80.0 * ndtr((ROWS - lower - shift) / blur)
    return np.asarray(bright + np.random.default_rng(0).normal(0.0, noise, ROWS.shape))


@pytest.mark.parametrize("blur", [0.8, 1.5, 3.0])
def test_the_thickness_is_right_below_a_pixel_whatever_the_blur(blur: float) -> None:
    found = layer_edges(_layer(60.3, 139.75, blur=blur))
    assert found is not None
    assert np.mean(found.lower - found.upper) == pytest.approx(79.45, abs=0.08)


def test_edges_follow_the_tilt_of_a_layer() -> None:
    found = layer_edges(_layer(70.0, 130.0, tilt=0.05))
    assert found is not None
    assert found.slope == pytest.approx(0.05, abs=0.005)
    assert np.polyfit(np.arange(240), found.upper, 1)[0] == pytest.approx(0.05, abs=0.004)


def test_steps_noise_and_contrast_are_those_of_the_picture() -> None:
    found = layer_edges(_layer(60.0, 140.0, noise=4.0))
    assert found is not None
    assert sorted(np.abs(found.steps)) == pytest.approx([80.0, 100.0], rel=0.03)
    assert found.contrast == pytest.approx(80.0 / 4.0, rel=0.1)


def test_edges_found_in_noise_have_next_to_no_contrast() -> None:
    """Below a contrast of 0.35 the analysis refuses a layer."""
    found = layer_edges(np.random.default_rng(1).normal(100.0, 5.0, ROWS.shape))
    assert found is None or found.contrast < 0.2


def test_of_three_edges_those_near_the_given_rows_are_taken() -> None:
    picture = _layer(40.0, 80.0) + 70.0 * (ROWS > 150)
    found = layer_edges(picture, near=(80.0, 150.0))
    assert found is not None
    assert (np.mean(found.upper), np.mean(found.lower)) == pytest.approx((80.0, 150.5), abs=1.0)


def test_values_without_memory_count_each() -> None:
    assert effective_count(np.random.default_rng(0).normal(size=2000)) == pytest.approx(2000, rel=0.1)


@pytest.mark.parametrize("rho", [0.5, 0.8, 0.9])
def test_a_first_order_series_holds_n_times_one_less_rho_over_one_plus_rho(rho: float) -> None:
    """The sum 1 + 2 (rho + rho^2 + ...) is (1 + rho) / (1 - rho)."""
    rng, counts = np.random.default_rng(3), []
    for _ in range(20):
        series = [0.0]
        for shock in rng.normal(size=2000):
            series.append(rho * series[-1] + shock)
        counts.append(effective_count(series))
    assert np.median(counts) == pytest.approx(2000 * (1 - rho) / (1 + rho), rel=0.12)
