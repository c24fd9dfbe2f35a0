"""The area below a curve of few points, and that the mesh of a fit leaves no trace in what is fitted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.twin.areas import area_below
from halfcell.twin.card_series import Target
from halfcell.twin.cards import load_card
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.fit import fit

CURRENTS = (18.0, 90.0, 180.0, 360.0, 540.0, 900.0)


def test_a_line_and_points_twice() -> None:
    assert area_below(np.array([0.0, 1.0, 1.0, 3.0]), np.array([2.0, 4.0, 4.0, 8.0])) == pytest.approx(15.0)
    assert area_below(np.array([1.0, 1.0]), np.array([2.0, 3.0])) == 0.0


def test_the_bend_at_the_end_of_a_discharge() -> None:
    """4 - x^40 from 0 to 1 is 4 - 1/41 on the average; chords of 80 steps miss four times as much."""
    x = np.linspace(0, 1, 81)
    y = 4 - x**40
    exact = 4 - 1 / 41
    assert abs(area_below(x, y) - exact) < abs(np.trapezoid(y, x) - exact) / 4


@pytest.mark.parametrize("name", ["graphite-ncm811", "composite-ncm811"])
def test_mean_voltages_are_those_of_many_steps(name: str) -> None:
    cell = compiled([load_card(name)] * len(CURRENTS))
    few, many = (discharge(cell, np.array(CURRENTS), steps) for steps in (80, 640))
    assert few.mean_volt == pytest.approx(many.mean_volt, abs=3e-4)


def test_a_fit_is_that_of_a_fine_mesh() -> None:
    """A series of 320 steps and 24 sizes without noise gives back what made it, within a tenth of the uncertainties."""
    true = {"anode.diffusion_hours": 1.1, "anode.charged_content": 0.82, "cell.resistance_ohm": 12.0}
    card = load_card("graphite-ncm811")
    kept = {name: stated for name, stated in card.values.items() if name != "anode.lost_content"}
    card = replace(card, values=kept, targets=()).with_values({"anode.size_spread": 0.8, **true}, "truth")
    made = discharge(compiled([card] * len(CURRENTS), 24, 24), np.array(CURRENTS), 320)
    target = Target(
        source="made", current=CURRENTS, capacity=tuple(made.capacity), mean_volt=tuple(made.mean_volt),
        capacity_percent=0.5, volt_std=0.003,
    )  # fmt: skip
    found = fit([replace(card, targets=(target,)).with_values({"anode.diffusion_hours": 1.5}, "start")], list(true))
    assert found.scatter < 0.05
    for path, value in true.items():
        assert found.values[path] == pytest.approx(value, abs=0.1 * found.std[path])
