"""EXAFS: edge energy, normalisation, background and transform, of curves whose parts are known."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import exafs

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
