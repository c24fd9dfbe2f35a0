"""Mean efficiency, cumulative loss, hysteresis; symmetric cells; the reservoir method."""

from __future__ import annotations

import dataclasses

import pytest
from tests.unit.techniques.cycling.schedules import Step, half_cell, recorded

from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

HALF = Settings(kind=CellKind.HALF)
SYMMETRIC = Settings(kind=CellKind.SYMMETRIC, area_cm2=2.0)


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
    assert error == pytest.approx(20 * 1.4142 * 0.0002 / 1.732, rel=0.05)


def test_hysteresis_is_the_difference_of_mean_voltages() -> None:
    result = cycling.analyse(recorded([s for _ in range(3) for s in half_cell(1.0, 0.99)]), HALF)
    assert result["initial_voltage_hysteresis"].value == pytest.approx(0.775 - 0.755, abs=1e-3)
    assert result.rows[1]["voltage_hysteresis"] == pytest.approx(0.02, abs=1e-3)


def _plated(volts: list[float], currents: list[float]) -> CyclingResult:
    """A symmetric cell: pairs of half cycles of 1 mAh at so many mV and mA."""
    steps = [Step(s, 1.0, i, s * v / 1e3, s * v / 1e3) for v, i in zip(volts, currents, strict=True) for s in (1, -1)]
    return cycling.analyse(recorded(steps), SYMMETRIC)


def test_the_overpotential_is_half_of_the_polarisation() -> None:
    result = _plated([40.0, 41.0, 42.0, 43.0], [1.0] * 4)
    assert result["overpotential"].value == pytest.approx(20.25, abs=0.3)
    assert not {"short_circuit", "soft_short"} & set(_codes(result))


def test_a_short_circuit_and_the_critical_current() -> None:
    """0.2, 0.4, 0.6 mA/cm2 at growing polarisation, a collapse at 0.8 mA/cm2."""
    result = _plated([20.0, 40.0, 61.0, 8.0, 9.0], [0.4, 0.8, 1.2, 1.6, 2.0])
    assert result["critical_current"].value == pytest.approx(0.6)
    assert result["critical_current"].unit == "mA/cm2"
    assert result["short_circuit_half_cycle"].value == 7
    assert _codes(result)["short_circuit"] == "doubt"
    fine = _plated([20.0, 40.0, 61.0, 82.0], [0.4, 0.8, 1.2, 1.6])
    assert "critical_current" not in fine.quantities
    assert "0.8 mA/cm2" in next(n.text for n in fine.notes if n.code == "critical_current_above")


def test_a_smaller_current_is_no_short_circuit() -> None:
    result = _plated([60.0, 60.0, 60.0, 20.0, 20.0], [1.2, 1.2, 1.2, 0.4, 0.4])
    assert not {"short_circuit", "soft_short"} & set(_codes(result))
    soft = _plated([60.0, 60.0, 60.0, 40.0, 40.0], [1.2] * 5)
    assert _codes(soft)["soft_short"] == "doubt"


def _reservoir(efficiency: float, end_volt: float = 1.0) -> CyclingResult:
    """A conditioning cycle, 5 mAh plated, ten cycles of 1 mAh, what is left stripped (Adams et al., method 3)."""
    left = 5.0
    steps = [Step(-1, 5.0, 0.5, -0.03, -0.03), Step(1, 4.6, 0.5, 0.03, 1.0), Step(-1, 5.0, 0.5, -0.03, -0.03)]
    for _ in range(10):
        steps += [Step(1, 1.0, 0.5, 0.03, 0.04), Step(-1, 1.0, 0.5, -0.03, -0.03)]
        left -= 1.0 - efficiency
    plated = 15.0
    strip = efficiency * plated - 10.0
    steps.append(Step(1, strip, 0.5, 0.03, end_volt))
    return cycling.analyse(recorded(steps), dataclasses.replace(HALF, efficiency_method="reservoir"))


@pytest.mark.parametrize("efficiency", [0.95, 0.98, 0.995])
def test_the_reservoir_method(efficiency: float) -> None:
    result = _reservoir(efficiency)
    assert result["reservoir_efficiency"].value == pytest.approx(100 * efficiency, abs=0.01)
    assert result["reservoir_cycles"].value == 10


def test_a_foil_that_is_not_empty_gives_no_efficiency() -> None:
    assert _codes(_reservoir(0.98, end_volt=0.05))["reservoir_refused"] == "refused"


def test_more_charge_out_than_in_is_no_irreversible_capacity() -> None:
    result = cycling.analyse(recorded([s for _ in range(8) for s in half_cell(1.0, 1.03)]), HALF)
    assert "cumulative_irreversible_capacity" not in result.quantities
    assert _codes(result)["irreversible_refused"] == "refused"
    assert _codes(result)["efficiencies_above_100"] == "doubt"
