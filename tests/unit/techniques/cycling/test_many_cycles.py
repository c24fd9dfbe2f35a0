"""Over many cycles: mean efficiency, irreversible capacity, hysteresis of the first cycle."""

from __future__ import annotations

import dataclasses

import pytest
from tests.unit.techniques.cycling.schedules import Step, half_cell, recorded

from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

HALF = Settings(kind=CellKind.HALF)


def _codes(result: CyclingResult) -> dict[str, str]:
    return {note.code: note.level for note in result.notes}


def _twenty() -> list[Step]:
    """ICE 80 %, then 99 % for ten cycles and 99.9 % for nine."""
    put = [1.25, *[1 / 0.99] * 10, *[1 / 0.999] * 9]
    return [step for q in put for step in half_cell(q, 1.0)]


def test_the_mean_efficiency_names_its_cycles() -> None:
    test = recorded(_twenty())
    result = cycling.analyse(test, HALF)
    assert result["mean_coulombic_efficiency"].value == pytest.approx((10 * 99.0 + 9 * 99.9) / 19, abs=1e-3)
    assert result["mean_coulombic_efficiency"].std is None
    late = cycling.analyse(test, dataclasses.replace(HALF, efficiency_cycles=(12, 20)))
    assert late["mean_coulombic_efficiency"].value == pytest.approx(99.9, abs=1e-3)
    assert "9 cycles, 12 to 20" in next(n.text for n in late.notes if n.code == "mean_efficiency_range")
    none = cycling.analyse(test, dataclasses.replace(HALF, efficiency_cycles=(30, 40)))
    assert _codes(none)["mean_efficiency_refused"] == "refused"


def test_the_irreversible_capacity_is_the_sum_of_losses() -> None:
    """0.25 mAh in the first cycle, ten times 0.0101, nine times 0.001."""
    result = cycling.analyse(recorded(_twenty()), HALF)
    lost = 0.25 + 10 * (1 / 0.99 - 1) + 9 * (1 / 0.999 - 1)
    assert result["cumulative_irreversible_capacity"].value == pytest.approx(lost, rel=1e-3)
    exact = dataclasses.replace(HALF, current_accuracy_percent=0.02, current_offset_a=0.0)
    error = cycling.analyse(recorded(_twenty()), exact)["cumulative_irreversible_capacity"].std
    assert error == pytest.approx(1.05 * 20 * 1.4142 * 0.0002 / 1.732, rel=0.03)  # 68 % of a triangular distribution


def test_hysteresis_is_the_difference_of_mean_voltages() -> None:
    result = cycling.analyse(recorded([s for _ in range(3) for s in half_cell(1.0, 0.99)]), HALF)
    assert result["initial_voltage_hysteresis"].value == pytest.approx(0.775 - 0.755, abs=1e-3)
    assert result.rows[1]["voltage_hysteresis"] == pytest.approx(0.02, abs=1e-3)


def test_more_charge_out_than_in_is_no_irreversible_capacity() -> None:
    result = cycling.analyse(recorded([s for _ in range(8) for s in half_cell(1.0, 1.03)]), HALF)
    assert "cumulative_irreversible_capacity" not in result.quantities
    assert _codes(result)["irreversible_refused"] == "refused"
    assert _codes(result)["efficiencies_above_100"] == "doubt"
