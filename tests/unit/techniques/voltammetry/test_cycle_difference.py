"""Differences of cycles: sweep by sweep, at the same potential."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.figure import Line
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Parameters, Settings, analyse, simulate
from halfcell.techniques.voltammetry.cycle_difference import difference
from halfcell.techniques.voltammetry.result import Trace


def _trace(cycle: int, down: float, up: float, count: int) -> Trace:
    sweep = np.linspace(2.0, 0.0, count)
    potential = np.concatenate((sweep, sweep[::-1][1:]))
    current = np.concatenate((down * sweep, up * sweep[::-1][1:]))
    return Trace(cycle=cycle, potential=potential, current=current)


def test_each_sweep_is_compared_with_the_same_sweep() -> None:
    """Another distance of the records does not matter, and the way down is not mixed with the way up."""
    x, y = difference(_trace(2, -3.0, 5.0, 101), _trace(1, -1.0, 2.0, 201))
    gap = int(np.flatnonzero(np.isnan(y))[0])
    assert y[5 : gap - 2] == pytest.approx(-2.0 * x[5 : gap - 2])
    assert y[gap + 3 : -3] == pytest.approx(3.0 * x[gap + 3 : -3])


def test_the_figure_shows_the_charge_that_the_first_cycle_lost() -> None:
    result = analyse(simulate(Parameters(noise_part=0.0), np.random.default_rng(1)), Settings(shown_cycles=(1, 2, 3)))
    figure = voltammetry.TECHNIQUE.figures["cycle differences"]([result.stamped(label="Si")])
    lines = [layer for layer in figure.panels[0].layers if isinstance(layer, Line)]
    assert [line.label for line in lines] == ["cycle 2 − 1", "cycle 3 − 1"]
    assert np.nanmax(np.abs(lines[0].y - lines[1].y)) < 0.02 * np.nanmax(np.abs(lines[0].y))


def test_one_cycle_has_no_difference() -> None:
    result = analyse(simulate(Parameters(), np.random.default_rng(1)), Settings(shown_cycles=(1,)))
    with pytest.raises(Refused, match="two cycles"):
        voltammetry.TECHNIQUE.figures["cycle differences"]([result])


def test_a_cycle_to_show_that_was_not_measured_is_named() -> None:
    result = analyse(simulate(Parameters(), np.random.default_rng(1)), Settings(shown_cycles=(1, 30)))
    (note,) = (note for note in result.notes if note.code == "cycle_missing")
    assert "no cycle 30" in note.text
    assert [trace.cycle for trace in result.traces] == [1]
