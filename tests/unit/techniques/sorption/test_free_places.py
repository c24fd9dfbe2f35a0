"""Where text and inset of an isotherm hide no points."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from halfcell.maths.monolayer import bet_loading
from halfcell.techniques.sorption.branches import Branch
from halfcell.techniques.sorption.free_places import Box, free_places

PRESSURE = np.linspace(0.01, 0.98, 60)


@pytest.mark.parametrize("loading", [bet_loading(PRESSURE, 10.0, 100.0), 60.0 * PRESSURE / (PRESSURE + 0.01)])
def test_the_inset_hides_next_to_nothing_of_the_isotherm(loading: np.ndarray) -> None:
    result = SimpleNamespace(adsorption=Branch(pressure=PRESSURE, loading=loading), desorption=None)
    high = 1.05 * float(loading.max())
    places = free_places(result, high)  # type: ignore[arg-type]
    if places.inset is not None:
        assert places.inset.with_axes.hides(PRESSURE, loading / high) < 0.1 * len(PRESSURE)
    assert all(0.0 <= value <= 1.0 for value in places.text)


def test_a_box_counts_the_points_within_it() -> None:
    assert Box(0.2, 0.2, 0.2, 0.2).hides(np.array([0.3, 0.5]), np.array([0.3, 0.3])) == 1
