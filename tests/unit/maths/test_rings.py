"""Rings of a radial profile: alone, and all of a phase by one scale."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.radial_profile import Profile
from halfcell.maths.rings import joint_scale, rings_of

RADIUS = np.arange(20.0, 300.0)
GOLD = 1.0 / (0.40786 / np.sqrt([3.0, 4.0, 8.0, 11.0]))  # 1/d of 111, 200, 220, 311 (1/nm), a of gold at 25 degC
HEIGHTS = (100.0, 50.0, 30.0, 30.0)


def _profile(radii: np.ndarray, error: float = 0.3, seed: int = 0) -> Profile:
    """Gaussian rings, 2.5 px wide, over a falling background."""
    background = 200.0 * np.exp(-RADIUS / 80.0) + 10.0
    level = background + sum(h * np.exp(-0.5 * ((RADIUS - r) / 2.5) ** 2) for r, h in zip(radii, HEIGHTS, strict=False))
    noisy = level + np.random.default_rng(seed).normal(0.0, error, len(RADIUS))
    return Profile(radius=RADIUS, intensity=noisy, error=np.full(len(RADIUS), error), background=background)


def test_every_ring_is_found_at_its_radius_with_its_width_and_height() -> None:
    radii = np.array([80.4, 120.7, 200.2])
    found = rings_of(_profile(radii))
    assert [ring.radius for ring in found] == pytest.approx(list(radii), abs=0.05)
    assert [ring.width for ring in found] == pytest.approx([2.5] * 3, rel=0.1)
    assert [ring.height for ring in found] == pytest.approx([100.0, 50.0, 30.0], rel=0.05)


def test_the_error_of_a_radius_is_that_of_repeated_profiles() -> None:
    found = [rings_of(_profile(np.array([80.4]), error=3.0, seed=seed))[0] for seed in range(100)]
    scatter = np.std([ring.radius for ring in found])
    assert np.mean([ring.error for ring in found]) == pytest.approx(scatter, rel=0.25)


def test_noise_over_a_background_is_no_ring() -> None:
    assert rings_of(_profile(np.empty(0))) == ()


@pytest.mark.parametrize("away", [0.99, 1.0, 1.01])
def test_the_rings_of_gold_give_the_scale_from_a_start_near_it(away: float) -> None:
    scale = 0.0400  # 1/nm per px
    found, error, _ = joint_scale(_profile(GOLD / scale), GOLD, away * scale)
    assert found == pytest.approx(scale, rel=2e-4)
    assert abs(found - scale) < 4 * error


def test_the_fitted_profile_is_the_measured_one() -> None:
    profile = _profile(GOLD / 0.04)
    _, _, curve = joint_scale(profile, GOLD, 0.04)
    assert np.sqrt(np.mean((curve - profile.intensity) ** 2)) < 0.5
