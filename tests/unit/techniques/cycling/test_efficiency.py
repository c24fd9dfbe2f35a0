"""Cycling: efficiencies above 100 % are doubted where they are many, refused where they are none."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import Step, half_cell, recorded

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Parameters, Settings

HALF = Settings(kind=CellKind.HALF, active_mass_mg=1.2)
MADE = cycling.simulate(
    Parameters(points=30, fine_points=60, cycles=8, retention_cycle=8, retention_percent=99.0), np.random.default_rng(7)
)


def _charging_too_much(factor: float, cycles: tuple[int, int] = (0, 99)) -> CyclingResult:
    """The same test with charging currents that are off by a factor in some cycles (counted from 1)."""
    current, count = MADE["current_ampere"].copy(), MADE["cycle_count"] - MADE["cycle_count"].min() + 1
    wrong = (current > 0) & (count >= cycles[0]) & (count <= cycles[1])
    current[wrong] *= factor
    columns = {"test_time_second": MADE["test_time_second"], "current_ampere": current}
    columns["voltage_volt"] = MADE["voltage_volt"]
    return cycling.analyse(Measurement(technique="cycling", columns=columns), HALF)


def _said(result: CyclingResult, code: str) -> str:
    return " ".join(note.text for note in result.notes if note.code == code)


def test_many_above_100_are_doubted() -> None:
    result = _charging_too_much(1.05)
    assert "in 7 of 7 complete cycles after the first" in _said(result, "efficiencies_above_100")
    true = _charging_too_much(1.0).rows[3]["coulombic_efficiency"]
    assert result.rows[3]["coulombic_efficiency"] == pytest.approx(1.05 * float(true or 0), rel=1e-3)


@pytest.mark.parametrize(("factor", "cycles"), [(1.0, (0, 99)), (1.001, (0, 99)), (1.05, (4, 6))])
def test_few_or_within_the_uncertainty_are_not(factor: float, cycles: tuple[int, int]) -> None:
    assert not _said(_charging_too_much(factor, cycles), "efficiencies_above_100")


def test_what_is_no_efficiency_is_refused() -> None:
    result = _charging_too_much(3.0, (1, 1))
    assert "the cell held charge" in _said(result, "efficiency_impossible")
    assert "initial_coulombic_efficiency" not in result.quantities
    assert result.rows[0]["coulombic_efficiency"] is None
    assert isinstance(result.rows[1]["coulombic_efficiency"], float)


def test_an_aged_half_cell_that_gives_more_than_it_takes(data: Path) -> None:
    measured = read(data / "cycling" / "arbin" / "20160805_test001_45_cc_01.res.gz")
    result = cycling.analyse(measured, dataclasses.replace(HALF, active_mass_mg=0.853))
    assert "in 16 of 16 complete cycles after the first (103.9 to 109.2 %)" in _said(result, "efficiencies_above_100")
    assert "efficiency_above_100" not in {note.code for note in result.notes}


def test_a_full_cell_that_was_charged_before(data: Path) -> None:
    measured = read(data / "cycling" / "neware" / "nw_regular_export_ife_example.csv.gz")
    result = cycling.analyse(measured, Settings(kind=CellKind.FULL))
    assert "22.56 mAh went in and 330.7 mAh came out" in _said(result, "efficiency_impossible")
    assert "initial_coulombic_efficiency" not in result.quantities
    assert result.rows[0]["energy_efficiency"] is None


def test_a_shorted_foil_is_stripped_for_as_long_as_it_was_plated() -> None:
    """Ten cycles of 98 % to 1 V; then a soft short circuit: the strip never reaches 1 V and time ends it at 100 %."""
    steps = []
    for place in range(20):
        out, end = (0.98, 1.0) if place < 10 else (1.0, 0.04)
        steps += [Step(-1, 1.0, 0.5, -0.03, -0.03), Step(1, out, 0.5, 0.03, end)]
    result = cycling.analyse(recorded(steps), Settings(kind=CellKind.HALF))
    assert result["mean_coulombic_efficiency"].value == pytest.approx(98.0, abs=0.02)
    (note,) = [note for note in result.notes if note.code == "efficiency_by_schedule"]
    assert "10 of 20 cycles (11 to 20)" in note.text
    good = cycling.analyse(
        recorded([s for _ in range(10) for s in half_cell(1.001, 1.0)]), Settings(kind=CellKind.HALF)
    )
    assert "efficiency_by_schedule" not in {note.code for note in good.notes}
