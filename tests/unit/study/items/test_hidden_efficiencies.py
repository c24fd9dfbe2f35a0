"""The line on Coulombic efficiencies below the axis is true of the axis that is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.figure import Axis, Figure, Panel, Points
from halfcell.render.looks.figure import looked
from halfcell.study.items.hidden_efficiencies import with_hidden_efficiencies

BELOW = "Coulombic efficiencies below the axis: cycle 1 (Si 85.0 %)."


def _figure() -> Figure:
    points = Points(
        x=np.arange(1.0, 4.0), y=np.array([85.0, 99.0, 99.5]), side="right", name="Si, Coulombic efficiency, mean"
    )
    right = Axis(label="Coulombic efficiency, hollow", unit="%", low=95.0, high=100.2)
    return Figure(panels=(Panel(right=right, layers=(points,)),), notes=("Mean.", BELOW))


@pytest.mark.parametrize(
    ("limits", "notes"),
    [
        ([80, 101], ("Mean.",)),
        ([95, 101], ("Mean.", BELOW)),
        ([99.2, 101], ("Mean.", "Coulombic efficiencies below the axis: cycles 1, 2 (Si lowest 85.0 %).")),
    ],
)
def test_the_limits_of_the_author_decide(limits: list[float], notes: tuple[str, ...]) -> None:
    """It named efficiencies that the author's limits showed, and none of those that they hid."""
    figure = _figure().styled({"axes": {"right": {"limits": limits}}})
    assert with_hidden_efficiencies(figure, looked(figure)).notes == notes


def test_other_figures_are_left_alone() -> None:
    figure = Figure(panels=(Panel(),), notes=("a note",))
    assert with_hidden_efficiencies(figure, figure) is figure
