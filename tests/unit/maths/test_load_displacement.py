"""Branches of an indentation: noise, peaks and valleys, where a hold ends, work and its error."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import load_displacement as ld


def test_the_noise_of_a_smooth_curve_is_that_of_its_readings() -> None:
    random = np.random.default_rng(1)
    smooth = 5.0 * np.linspace(0.0, 1.0, 4000) ** 2
    assert ld.noise(smooth + random.normal(0.0, 0.02, 4000)) == pytest.approx(0.02, rel=0.05)
    assert ld.noise(np.ones(4)) == 0.0


@pytest.mark.parametrize(
    ("load", "pairs"),
    [
        ([0, 5, 10, 5, 0], ((2, 4),)),
        ([0, 10, 2, 10, 2], ((1, 2), (3, 4))),
        ([0, 10, 9.2, 10.5, 0], ((3, 4),)),  # a fall by less than a tenth of the peak is none
        ([0, 10, 8.9, 10.5, 0], ((1, 2), (3, 4))),
        ([0, 5, 10], ()),
        ([0, 0.4, 0, 10, 0], ((3, 4),)),  # nor one by less than the least
    ],
)
def test_peaks_and_valleys_of_a_load(load: list[float], pairs: tuple[tuple[int, int], ...]) -> None:
    assert ld.turning_points(np.array(load), 0.1, 0.5) == pairs


@pytest.mark.parametrize("creep", [0.0, -1e-4, 2e-4])
@pytest.mark.parametrize("hold", [10, 40])
def test_a_hold_ends_where_the_load_begins_to_fall(creep: float, hold: int) -> None:
    """A load that changes slowly in the hold and falls at a constant rate after it."""
    time = np.arange(100.0)
    load = np.where(time <= hold, 10.0 + creep * time, 10.0 + creep * hold - 0.1 * (time - hold))
    assert ld.bend(time, load) == pytest.approx(hold, abs=1)
    assert ld.unload_start(time, load, 0, 99) == pytest.approx(hold, abs=1)


def test_a_fall_without_a_hold_begins_at_the_peak() -> None:
    time = np.arange(60.0)
    load = 10.0 - 0.1 * time
    assert ld.bend(time, load) == 0
    assert ld.unload_start(time, load, 0, 59) == 0
    assert ld.bend(time[:5], load[:5]) == 0
    assert ld.bend(time, np.full(60, 3.0)) == 0
