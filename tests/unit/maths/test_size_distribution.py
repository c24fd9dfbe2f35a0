"""Size distributions that end abruptly: powders whose coarse or fine part was not measured."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from halfcell.core.measurement import Measurement
from halfcell.maths import size_distribution
from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Settings


def _shares(edges: np.ndarray, median: float, sd: float, highest: float = np.inf) -> np.ndarray:
    part = ndtr(np.log(np.minimum(edges, highest) / median) / np.log(sd))
    return np.asarray(np.diff(part))


@pytest.mark.parametrize(
    ("edges", "highest", "cut_at"),
    [
        (np.geomspace(0.02, 2000.0, 101), np.inf, []),
        (np.geomspace(0.5, 60.0, 40), np.inf, []),
        (np.array([0.5, 2.0, 5.0, 10.0, 20.0, 45.0, 100.0]), np.inf, []),  # a set of sieves
        (np.geomspace(0.1, 12.0, 60), np.inf, [12.0]),  # D90 is 17 um, 10.5 were printed without a word
        (np.geomspace(0.1, 20.0, 60), np.inf, [20.0]),
        (np.geomspace(6.0, 200.0, 60), np.inf, [6.0]),
        (np.append(np.geomspace(0.1, 12.0, 60), np.geomspace(13.0, 100.0, 10)), 12.0, [12.0]),  # empty channels follow
    ],
)
def test_where_a_powder_of_8_um_is_cut(edges: np.ndarray, highest: float, cut_at: list[float]) -> None:
    share = 100.0 * _shares(edges, 8.0, 1.8, highest)
    assert [pytest.approx(size) for _, size in size_distribution.cut_ends(edges, share)] == cut_at
    columns = {"lower_size_micrometre": edges[:-1], "upper_size_micrometre": edges[1:], "share_percent": share}
    result = particle_size.analyse(Measurement(technique="particle_size", columns=columns), Settings())
    assert ("cut_distribution" in {note.code for note in result.notes if note.level == "doubt"}) == bool(cut_at)


def test_a_narrow_powder_in_few_channels_is_not_cut() -> None:
    """Beads with a geometric standard deviation of 1.1 in the 100 channels of a laser diffractometer."""
    edges = np.geomspace(0.01, 10000.0, 101)
    for median in np.geomspace(0.5, 500.0, 23):
        assert size_distribution.cut_ends(edges, _shares(edges, float(median), 1.1)) == ()
