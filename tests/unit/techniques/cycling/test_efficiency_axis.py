"""The axis of efficiencies: that of a good cell is told from 100 %, and what lies below it is told."""

from __future__ import annotations

import numpy as np

from halfcell.core.figure import Points
from halfcell.techniques.cycling.efficiency_axis import efficiency_axis, hidden_efficiencies


def _points(y: np.ndarray, side: str = "right") -> Points:
    return Points(x=np.arange(1.0, len(y) + 1), y=y, name="A, Coulombic efficiency", side=side)  # type: ignore[arg-type]


def test_without_efficiencies_there_is_no_axis() -> None:
    assert efficiency_axis([_points(np.array([1.0, 2.0]), side="left")]) is None


def test_a_tenth_of_a_per_cent_is_seen_on_the_axis_of_a_good_cell() -> None:
    axis = efficiency_axis([_points(np.append(92.0, np.full(99, 99.8)))])
    assert axis is not None
    assert axis.low is not None
    assert axis.high is not None
    assert axis.high - axis.low < 6.0
    assert axis.low < 99.8 < axis.high


def test_efficiencies_below_the_axis_are_told_with_their_cycle() -> None:
    points = _points(np.append(62.0, np.full(99, 99.8)))
    (told,) = hidden_efficiencies([points], efficiency_axis([points]))
    assert "cycle 1 (A 62.0 %)" in told
