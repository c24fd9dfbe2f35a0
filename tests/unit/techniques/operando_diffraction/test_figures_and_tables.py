"""Figures and tables of operando diffraction: their structure, compared with snapshots."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.result import Result
from halfcell.render.screen.layout import picture_size, place_panel
from halfcell.techniques import operando_diffraction
from halfcell.techniques.operando_diffraction import Parameters, Settings, simulate, voltage_record
from halfcell.techniques.run import run
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"
SMALL = Parameters(scans=5, start_degree=27.0, stop_degree=32.0, step_degree=0.1, width_degree=0.2)


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """A line that fades and one that moves, with the voltage of a cycler beside them."""
    measurement = simulate(SMALL, np.random.default_rng(5))
    settings = Settings(follow_degree=((27.4, 29.4), (29.4, 32.0)))
    references = {"voltage": voltage_record(SMALL, 10.0)}
    found = run(operando_diffraction.TECHNIQUE, [measurement], settings, references)
    return [result.stamped(label="A1", id="id1") for result in found]


@pytest.mark.parametrize("show", operando_diffraction.TECHNIQUE.figures)
def test_figures(results: list[Result], show: str) -> None:
    """Counts over angle and time beside the voltage; the fading line loses area, the other one moves."""
    check(operando_diffraction.TECHNIQUE.figures[show](results), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", operando_diffraction.TECHNIQUE.tables)
def test_tables(results: list[Result], show: str) -> None:
    """One row per scan and line: time, voltage, centre and net area with errors."""
    table = operando_diffraction.TECHNIQUE.tables[show](results)
    check(table, SNAPSHOTS / f"table {show}.json")
    assert {entry.origin.split(":")[0] for row in table.rows for entry in row if entry and entry.quantity} == {"id1"}


def test_voltage_and_map_have_one_axis_of_time_on_the_screen(results: list[Result]) -> None:
    """The map has a colour bar beside it; the voltage above it was drawn over another width."""
    figure = operando_diffraction.TECHNIQUE.figures["contour map"](results)
    size = picture_size(figure)
    boxes = [place_panel(figure, index, size).box for index in range(2)]
    assert boxes[0].left == boxes[1].left
    assert boxes[0].width == boxes[1].width
