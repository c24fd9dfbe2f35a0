"""Numbers along an axis: enough of them on a short log axis, whole ones where things are counted."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

from halfcell.core.figure import Axis, Figure, Panel, Points
from halfcell.render import screen_figure
from halfcell.render.paper.figure import draw_figure
from halfcell.render.tick_numbers import has_few_decades, log_digits


@pytest.mark.parametrize(
    ("low", "high", "digits"),
    [
        (0.05, 5.0, "125"),
        (150.0, 700.0, "12346"),
        (165.0, 360.0, "123456789"),
        (210.0, 290.0, "123456789"),
        (1.0, 1.5, "123456789"),
        (3, 30, "125"),
    ],
)
def test_numbers_along_a_short_log_axis(low: float, high: float, digits: str) -> None:
    assert log_digits(low, high) == digits


@pytest.mark.parametrize(
    ("low", "high", "few"),
    [
        (1.0, 15.0, True),
        (0.012, 0.2, True),
        (0.012, 0.9, True),
        (0.012, 1.2, False),
        (0.9, 110.0, False),
        (2.0, 90.0, True),
    ],
)
def test_an_axis_with_one_power_of_ten_has_numbers_between(low: float, high: float, few: bool) -> None:
    assert has_few_decades(low, high) is few


@pytest.mark.parametrize("cycles", [2, 20, 33, 1000])
def test_cycles_are_counted_in_whole_numbers(cycles: int) -> None:
    x = np.arange(1.0, cycles + 1)
    panel = Panel(
        x=Axis(label="Cycle number", low=0.0, whole=True), y=Axis(label="Capacity"), layers=(Points(x=x, y=x),)
    )
    figure = Figure(panels=(panel,))
    with mpl.rc_context():
        ticks = draw_figure(figure).axes[0].get_xticks()
    assert np.array_equal(ticks, np.round(ticks))
    assert screen_figure(figure)["layout"]["xaxis"]["dtick"] % 1 == 0
