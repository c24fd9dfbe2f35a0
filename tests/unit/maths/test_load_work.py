"""The work below a branch of a load-displacement loop, and its error."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.load_work import impulse, work, work_noise


def test_work_is_the_area_below_the_path_in_its_order() -> None:
    """A triangle of 1 um and 10 mN is 5 nJ; there and back is nothing."""
    depth = np.linspace(0.0, 1e-6, 11)
    load = 1e4 * depth
    assert work(load, depth) == pytest.approx(5e-9)
    assert work(np.append(load, load[::-1]), np.append(depth, depth[::-1])) == pytest.approx(0.0, abs=1e-20)
    assert impulse(np.linspace(0.0, 20.0, 11), load) == pytest.approx(0.1)


@pytest.mark.parametrize(("load_noise", "depth_noise"), [(20e-6, 0.0), (0.0, 2e-9), (20e-6, 2e-9)])
def test_the_error_of_a_work_is_what_noise_makes_of_it(load_noise: float, depth_noise: float) -> None:
    """The end at the peak counts in full: there the noise of the depth moves the area by load times depth."""
    random = np.random.default_rng(4)
    depth = np.linspace(0.0, 1e-6, 400)
    load = 10e-3 * (depth / 1e-6) ** 2
    works, said = [], []
    for _ in range(300):
        p, h = load + random.normal(0.0, load_noise, 400), depth + random.normal(0.0, depth_noise, 400)
        works.append(work(p, h))
        said.append(work_noise(p, h))
    assert 0.8 < np.median(said) / np.std(works) < 1.5
    assert work_noise(load[:4], depth[:4]) == 0.0
