"""Cells of metal electrodes: overpotential, short circuits, critical current, and the reservoir method."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import Step, recorded

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

HALF = Settings(kind=CellKind.HALF)
SYMMETRIC = Settings(kind=CellKind.SYMMETRIC, area_cm2=2.0)


def _codes(result: CyclingResult) -> dict[str, str]:
    return {note.code: note.level for note in result.notes}


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


def _symmetric(
    currents: list[float], ohms: list[float], *, short: tuple[int, float, float] | None = None, offset: float = 0.0
) -> CyclingResult:
    """Two metals at currents (mA) per cycle and resistances per half cycle, nucleation spikes, 0.2 mV of noise.

    `short` is the half cycle (from 1) in which, after a part of it, the resistance falls to so many ohm for good.
    """
    rng, rows, at = np.random.default_rng(1), [], 0.0
    since = np.arange(0.0, 1801.0, 10.0)
    for place, ohm in enumerate(ohms):
        current = (1.0, -1.0)[place % 2] * 1e-3 * currents[place // 2]
        now = np.full(len(since), ohm)
        if short and place + 1 >= short[0]:
            now[since >= (short[1] * 1800.0 if place + 1 == short[0] else 0.0)] = short[2]
        volt = current * now * (1.0 + 0.15 * np.exp(-since / 60.0)) + offset + rng.normal(0.0, 2e-4, len(since))
        rows += [(at + t, current, v) for t, v in zip(since, volt, strict=True)]
        at += 1830.0
    time, current, voltage = np.array(rows).T
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    return cycling.analyse(
        Measurement(technique="cycling", columns=columns), dataclasses.replace(SYMMETRIC, area_cm2=1.0)
    )


STEPS = [0.1 * n for n in range(1, 16)]


@pytest.mark.parametrize("place", [17, 18])
@pytest.mark.parametrize("part", [0.02, 0.6, 0.95])
@pytest.mark.parametrize("ohm", [1.0, 20.0])
def test_a_short_circuit_within_a_half_cycle_is_that_of_its_current(place: int, part: float, ohm: float) -> None:
    """0.9 mA/cm2 in half cycles 17 and 18: told by the voltage at its end, the one after it runs at 1.0 mA/cm2."""
    result = _symmetric(STEPS, [50.0] * 30, short=(place, part, ohm))
    assert result["short_circuit_half_cycle"].value == place
    assert result["critical_current"].value == pytest.approx(0.8)


def test_a_soft_short_circuit_leaves_the_critical_current_open() -> None:
    codes = _codes(_symmetric(STEPS, [50.0] * 30, short=(18, 0.5, 30.0)))
    assert {"soft_short": "doubt", "critical_current_open": "doubt"}.items() <= codes.items()
    assert "critical_current_above" not in codes


def test_polarisations_that_fall_slowly_or_for_a_while_are_doubted() -> None:
    slow = _symmetric([0.5] * 60, np.linspace(50.0, 10.0, 120).tolist())
    assert "slowly" in next(note.text for note in slow.notes if note.code == "soft_short")
    passing = _symmetric([0.5] * 30, [50.0] * 40 + [5.0] * 2 + [50.0] * 18)
    assert "comes back" in next(note.text for note in passing.notes if note.code == "soft_short")
    for fine in (np.linspace(50.0, 150.0, 60).tolist(), [80.0, 75.0, 70.0, 62.0, 55.0, 52.0] + [50.0] * 54):
        assert not {"soft_short", "short_circuit"} & set(_codes(_symmetric([0.5] * 30, fine)))


def test_an_offset_of_the_voltage_is_no_short_circuit() -> None:
    """10 mV beside 25 mV: charges at 35 mV, discharges at -15 mV."""
    result = _symmetric([0.5] * 10, [50.0] * 20, offset=0.010)
    assert result["overpotential"].value == pytest.approx(12.5, abs=0.2)
    assert "short_circuit" not in _codes(result)
    assert _codes(result)["electrodes_unlike"] == "doubt"


def _reservoir(efficiency: float, end_volt: float = 1.0, left_before: float = 0.0) -> CyclingResult:
    """A conditioning cycle, 5 mAh plated, ten cycles of 1 mAh, what is left stripped (Adams et al., method 3)."""
    left = 5.0
    first = 0.05 if left_before else 1.0
    steps = [Step(-1, 5.0, 0.5, -0.03, -0.03), Step(1, 4.6 - left_before, 0.5, 0.03, first)]
    steps.append(Step(-1, 5.0, 0.5, -0.03, -0.03))
    for _ in range(10):
        steps += [Step(1, 1.0, 0.5, 0.03, 0.04), Step(-1, 1.0, 0.5, -0.03, -0.03)]
        left -= 1.0 - efficiency
    plated = 15.0
    strip = efficiency * plated - 10.0 + left_before
    steps.append(Step(1, strip, 0.5, 0.03, end_volt))
    return cycling.analyse(recorded(steps), dataclasses.replace(HALF, efficiency_method="reservoir"))


@pytest.mark.parametrize("efficiency", [0.95, 0.98, 0.995])
def test_the_reservoir_method(efficiency: float) -> None:
    result = _reservoir(efficiency)
    assert result["reservoir_efficiency"].value == pytest.approx(100 * efficiency, abs=0.01)
    assert result["reservoir_cycles"].value == 10


def test_the_reservoir_method_prints_no_other_efficiency() -> None:
    """Its cycles pair a plating with the stripping of another: 92 % on average, and 104 % of the first capacity."""
    result = _reservoir(0.985)
    others = {"initial_coulombic_efficiency", "mean_coulombic_efficiency", "capacity_retention", "fade_rate"}
    others |= {"cycles_to_limit", "cumulative_irreversible_capacity", "rate_exponent"}
    assert not others & set(result.quantities)
    assert all(row["coulombic_efficiency"] is None for row in result.rows)
    assert _codes(result)["reservoir_alone"] == "info"


def test_a_symmetric_cell_has_no_rate_equation() -> None:
    """Its capacities are what the schedule passes at each current."""
    result = _symmetric(STEPS, [50.0] * 30)
    assert not {"rate_capacity", "rate_exponent", "c_rate_unlikely"} & {*result.quantities, *_codes(result)}


def test_a_foil_that_is_not_empty_gives_no_efficiency() -> None:
    assert _codes(_reservoir(0.98, end_volt=0.05))["reservoir_refused"] == "refused"


def test_a_small_cycle_before_the_reservoir_is_a_cycle_of_its_own() -> None:
    """0.2 mAh plated and stripped before 5 mAh: no pulse within the plating of the reservoir."""
    steps = [Step(-1, 0.2, 0.5, -0.03, -0.03), Step(1, 0.19, 0.5, 0.03, 1.0), Step(-1, 5.0, 0.5, -0.03, -0.03)]
    steps += [step for _ in range(10) for step in (Step(1, 1.0, 0.5, 0.03, 0.04), Step(-1, 1.0, 0.5, -0.03, -0.03))]
    steps.append(Step(1, 0.98 * 15.0 - 10.0, 0.5, 0.03, 1.0))
    result = cycling.analyse(recorded(steps), dataclasses.replace(HALF, efficiency_method="reservoir"))
    assert result["reservoir_efficiency"].value == pytest.approx(98.0, abs=0.01)


def test_metal_left_on_the_foil_before_gives_no_efficiency() -> None:
    """0.3 mAh that the conditioning left would make 100.5 % of 98.5 %."""
    result = _reservoir(0.985, left_before=0.3)
    assert _codes(result)["reservoir_refused"] == "refused"
    assert "before the reservoir" in next(note.text for note in result.notes if note.code == "reservoir_refused")
