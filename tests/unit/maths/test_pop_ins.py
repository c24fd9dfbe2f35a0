"""Pop-ins in the loading of an indentation."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.pop_ins import popins

COUNT = 400


def _loading(noise_nm: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Load (N) and depth (m) of P = C h^2 to 1 um and 10 mN, under load control."""
    load = np.linspace(1e-6, 10e-3, COUNT)
    depth = 1e-6 * np.sqrt(load / 10e-3)
    return load, depth + np.random.default_rng(seed).normal(0.0, 1e-9, COUNT) * noise_nm


def test_a_jump_of_the_depth_under_load_control() -> None:
    load, depth = _loading(noise_nm=0.2)
    depth[250:] += 60e-9
    (found,) = popins(load, depth, 0, COUNT - 1)
    assert (found.index, found.drop) == (249, 0.0)
    assert found.load == load[249]
    assert found.length == pytest.approx(61e-9, abs=2.5e-9)


def test_a_drop_of_the_load_under_displacement_control() -> None:
    depth = np.linspace(1e-9, 1e-6, COUNT)
    load = 10e-3 * (depth / 1e-6) ** 2
    load[200:] -= 1.2e-3
    (found,) = popins(load, depth, 0, COUNT - 1)
    assert found.index == 199
    assert found.drop == pytest.approx(1.2e-3 - load[199] * 2 / 199, rel=0.01)  # less what the record adds


def test_two_jumps_in_their_order_and_one_over_neighbouring_records() -> None:
    load, depth = _loading()
    depth[100:] += 40e-9
    depth[300:] += 40e-9
    depth[301:] += 40e-9
    first, second = popins(load, depth, 0, COUNT - 1)
    assert (first.index, second.index) == (99, 299)
    assert second.length == pytest.approx(83e-9, abs=3e-9)


@pytest.mark.parametrize("seed", range(5))
def test_noise_alone_does_not_pop_in(seed: int) -> None:
    assert popins(*_loading(noise_nm=1.0, seed=seed), 0, COUNT - 1) == ()


def test_jumps_outside_the_loading_are_not_looked_for() -> None:
    load, depth = _loading()
    depth[250:] += 60e-9
    assert popins(load, depth, 0, 240) == ()
    assert popins(load, depth, 255, COUNT - 1) == ()
    assert popins(load, depth, 245, 255) == ()  # too few records tell the usual step
    (found,) = popins(load, depth, 200, COUNT - 1)
    assert found.index == 249
