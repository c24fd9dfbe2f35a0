"""EXAFS: edge energy, normalisation, background and transform, of curves whose parts are known."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import exafs, exafs_background, exafs_transform

E0 = 7112.0
ENERGY = np.concatenate(
    [np.arange(6912.0, 7092.0, 5.0), np.arange(7092.0, 7152.0, 0.25), np.arange(7152.0, 7912.0, 2.0)]
)


def _edge(width: float = 1.0, step: float = 1.0) -> np.ndarray:
    """A pre-edge line that falls, and an edge whose step falls slowly."""
    t = ENERGY - E0
    return 0.7 - 2e-4 * t + step * (0.5 + np.arctan(t / width) / np.pi) * (1.0 - 1e-4 * t)


def test_an_electron_of_one_rydberg_has_one_over_the_bohr_radius() -> None:
    """k = (2 m E)^(1/2)/hbar: 13.6057 eV and 0.529177 angstrom."""
    assert np.sqrt(exafs.K_PER_E * 13.605693) == pytest.approx(1.0 / 0.52917721, rel=1e-7)


@pytest.mark.parametrize("moved", [-3.0, 0.0, 5.25])
def test_e0_is_where_the_absorption_is_steepest(moved: float) -> None:
    assert exafs.edge_energy(ENERGY + moved, _edge()) == pytest.approx(E0 + moved, abs=0.25)


@pytest.mark.parametrize("step", [0.05, 1.0, 2.5])
def test_the_step_is_that_of_the_edge(step: float) -> None:
    """A narrow edge: its tails hold less than a hundredth of the step in the ranges of both lines."""
    found = exafs.normalise(ENERGY, _edge(0.3, step), E0)
    assert found.step == pytest.approx(step, rel=0.01)
    assert found.pre_edge[ENERGY < 7000.0] == pytest.approx(
        0.7 - 2e-4 * (ENERGY[ENERGY < 7000.0] - E0), abs=3e-3 * step
    )
    assert (found.degree, found.flat_pre_edge) == (2, False)


@pytest.mark.parametrize(("post", "degree"), [((25.0, 700.0), 2), ((25.0, 200.0), 1), ((25.0, 50.0), 0)])
def test_short_ranges_take_polynomials_of_lower_degree(post: tuple[float, float], degree: int) -> None:
    assert exafs.normalise(ENERGY, _edge(), E0, post_range=post).degree == degree


def test_the_error_of_the_step_is_the_scatter_of_both_lines() -> None:
    noise = np.random.default_rng(2).normal(0.0, 2e-3, len(ENERGY))
    found = exafs.normalise(ENERGY, _edge(0.3) + noise, E0)
    assert found.step_std == pytest.approx(np.hypot(2e-3, 2e-3), rel=0.25)


def test_ranges_without_points_are_refused() -> None:
    with pytest.raises(ValueError, match="too few points before or after the edge"):
        exafs.normalise(ENERGY[ENERGY < E0 + 50.0], _edge()[ENERGY < E0 + 50.0], E0, post_range=(45.0, 400.0))


@pytest.mark.parametrize("r", [1.5, 2.5, 4.0])
@pytest.mark.parametrize("weight", [1, 2, 3])
def test_a_wave_of_2_k_r_is_a_peak_at_r(r: float, weight: int) -> None:
    k = exafs_transform.STEP * np.arange(300)
    chi = np.where(k > 0.5, np.sin(2.0 * k * r) / np.maximum(k, 0.5) ** weight, 0.0)
    place, spectrum = exafs_transform.transform(chi, weight, (3.0, 12.0), 1.0)
    assert place[int(np.argmax(np.abs(spectrum)))] == pytest.approx(r, abs=0.04)
    assert np.abs(spectrum).max() == pytest.approx(9.0 / (2.0 * np.sqrt(np.pi)), rel=0.02)  # half the span of k


def test_the_window_rises_over_its_sill_and_falls_over_it() -> None:
    k = exafs_transform.STEP * np.arange(300)
    window = exafs_transform.window(k, 3.0, 12.0, 1.0)
    at = {
        place: float(window[round(place / exafs_transform.STEP)])
        for place in (2.4, 2.5, 3.0, 3.5, 7.0, 11.5, 12.0, 12.5, 12.6)
    }
    assert at[2.4] == at[12.6] == 0.0
    assert at[2.5] == pytest.approx(0.0, abs=0.01)
    assert at[12.5] == pytest.approx(0.0, abs=0.01)
    assert at[3.0] == pytest.approx(0.5, abs=0.02)
    assert at[12.0] == pytest.approx(0.5, abs=0.02)
    assert at[3.5] == at[7.0] == at[11.5] == 1.0


def test_the_noise_of_chi_is_that_far_beyond_the_structure() -> None:
    """White noise s in k: each part of chi(R) has dk (sum of (k^w W)^2 / 2 pi)^(1/2) s."""
    k = exafs_transform.STEP * np.arange(300)
    shape = k**2 * exafs_transform.window(k, 3.0, 12.0, 1.0)
    random = np.random.default_rng(1)
    found = [
        exafs_transform.noise_of(*exafs_transform.transform(random.normal(0.0, 1e-3, 300), 2, (3.0, 12.0), 1.0))
        for _ in range(40)
    ]
    expected = exafs_transform.STEP * 1e-3 * np.sqrt(np.sum(shape**2) / (2.0 * np.pi))
    assert np.sqrt(np.mean(np.square(found))) == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("r", [2.0, 3.0])
def test_the_background_takes_the_slow_part_and_leaves_the_wave(r: float) -> None:
    k = np.sqrt(exafs.K_PER_E * np.clip(ENERGY - E0, 0.0, None))
    wave = np.where(k > 1.0, 0.5 * np.sin(2.0 * k * r) * np.exp(-0.02 * k**2) / np.maximum(k, 1.0), 0.0)
    slow = 0.03 * np.sin(0.8 * k)
    mu = _edge(0.3) + wave + np.where(ENERGY > E0, slow, 0.0)
    normal = exafs.normalise(ENERGY, mu, E0)
    found = exafs_background.background(ENERGY, mu, normal)
    place, spectrum = exafs_transform.transform(found.chi * normal.step, 2, (3.0, 12.0), 1.0)
    truth = np.interp(found.k, k[ENERGY >= E0], wave[ENERGY >= E0])
    expected = exafs_transform.transform(truth, 2, (3.0, 12.0), 1.0)[1]
    near = np.abs(place - r) < 0.3
    assert np.abs(spectrum)[near].max() == pytest.approx(np.abs(expected)[near].max(), rel=0.05)
    assert np.abs(spectrum)[place < 0.7].max() < 0.1 * np.abs(spectrum).max()
