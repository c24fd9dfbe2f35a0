"""Completion by end voltage, by charge and by duration; formation to another voltage; net charge in efficiencies."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import Step, full_cell, half_cell, recorded

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

HALF, FULL = Settings(kind=CellKind.HALF), Settings(kind=CellKind.FULL)


def _codes(result: CyclingResult) -> dict[str, str]:
    return {note.code: note.level for note in result.notes}


def _limited(ends: list[float]) -> list[Step]:
    """Silicon lithiated by 1 mAh each time, whatever voltage that reaches; charged to 1.5 V."""
    return [s for end in ends for s in (Step(-1, 1.0, 0.2, 1.2, end), Step(1, 0.9, 0.2, 0.3, 1.5))]


def test_capacity_limited_silicon_keeps_its_efficiency() -> None:
    """The first lithiations end at higher voltages than the later ones, but at the same charge."""
    result = cycling.analyse(recorded(_limited([0.35, 0.2, 0.1, 0.08, 0.07, 0.06, 0.06, 0.05])), HALF)
    assert all(row["complete"] for row in result.rows)
    assert result["initial_coulombic_efficiency"].value == pytest.approx(90.0, abs=0.1)


def test_a_capacity_limited_half_cycle_that_was_cut_off_is_incomplete() -> None:
    """At 60 % of the charge, though its voltage is that of the others on a flat plateau."""
    steps = [*_limited([0.08] * 5), Step(-1, 0.6, 0.2, 1.2, 0.085)]
    result = cycling.analyse(recorded([*steps, Step(1, 0.5, 0.2, 0.3, 1.5)], rest=False), HALF)
    assert result.rows[-1]["complete"]  # a charge to the usual voltage follows
    cut = cycling.analyse(recorded(steps, rest=False), HALF)
    assert not cut.rows[-1]["complete"]


def test_half_cycles_of_one_duration_are_complete() -> None:
    """Charged for five hours each time at currents that differ, to voltages that differ."""
    steps = []
    for current, top in ((0.1, 3.9), (0.2, 4.0), (0.3, 4.3), (0.3, 4.31), (0.3, 4.3), (0.3, 4.29), (0.3, 4.3)):
        steps += [Step(1, 5 * current, current, 3.0, top), Step(-1, 4.9 * current, current, 3.9, 2.8)]
    assert all(row["complete"] for row in cycling.analyse(recorded(steps), FULL).rows)


def test_formation_to_another_voltage_has_its_own_end() -> None:
    steps = [s for _ in range(2) for s in (Step(1, 0.8, 0.5, 3.0, 4.0), Step(-1, 0.7, 0.5, 3.9, 2.8))]
    steps += [s for _ in range(10) for s in full_cell(1.0, 0.99)]
    result = cycling.analyse(recorded(steps), FULL)
    assert [row["role"] for row in result.rows[:3]] == ["formation", "formation", "cycling"]
    assert result["initial_coulombic_efficiency"].value == pytest.approx(87.5, abs=0.1)
    assert result["reference_cycle"].value == 3
    assert _codes(result)["own_end_voltage"] == "info"


def test_one_short_half_cycle_at_the_beginning_is_doubted() -> None:
    later = [s for _ in range(9) for s in full_cell(1.0, 0.99)]
    steps = [Step(1, 0.5, 0.5, 3.0, 3.7), Step(-1, 0.4, 0.5, 3.6, 2.8), *later]
    assert _codes(cycling.analyse(recorded(steps), FULL))["own_end_voltage"] == "doubt"


def test_an_interruption_in_the_middle_is_incomplete() -> None:
    steps = [s for _ in range(4) for s in full_cell(1.0, 0.99)]
    steps += [Step(1, 0.4, 0.5, 3.0, 3.6), Step(-1, 0.39, 0.5, 3.5, 2.8)]
    steps += [s for _ in range(4) for s in full_cell(1.0, 0.99)]
    assert [row["complete"] for row in cycling.analyse(recorded(steps), FULL).rows] == [True] * 4 + [False] + [True] * 4


def test_a_constant_voltage_tells_nothing_of_completeness() -> None:
    test = recorded([*(s for _ in range(3) for s in half_cell(1.0, 0.9)), Step(-1, 0.4, 0.2, 1.5, 0.6)], rest=False)
    flat = dataclasses.replace(test, columns={**test.columns, "voltage_volt": np.full(len(test), 3.7)})
    assert not cycling.analyse(flat, HALF).rows[-1]["complete"]
    assert "unfinished_cycle" in _codes(cycling.analyse(flat, HALF))


def _regenerating(share: float) -> Measurement:
    """A full cell charged by 1 mAh; its discharge has pulses of charging that give back `share` of what it takes."""
    time, current, voltage = [np.arange(0.0, 3601.0, 10.0)], [np.full(361, 1e-3)], [np.linspace(3.0, 4.2, 361)]
    at, taken, pulse = 3601.0, 0.0, 0.004
    net = pulse * (1.0 - share)
    while taken < 0.999:
        for sign, size in ((-1.0, pulse), (1.0, share * pulse)):
            if not size:
                continue
            lasts = 3.6 * size / 1e-3
            time.append(at + np.linspace(0.0, lasts, 9))
            current.append(np.full(9, sign * 1e-3))
            voltage.append(np.full(9, 4.1 - 1.3 * taken) + 0.02 * sign)
            at += lasts + 1e-3
        taken += net
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    return Measurement(technique="cycling", columns={name: np.concatenate(parts) for name, parts in columns.items()})


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5])
def test_efficiencies_are_of_net_charge(share: float) -> None:
    """99.9 % of the charge comes out net; gross it would be 143 % with 30 % of regeneration."""
    result = cycling.analyse(_regenerating(share), dataclasses.replace(FULL, lower_cutoff_volt=2.85))
    assert result.rows[0]["coulombic_efficiency"] == pytest.approx(99.9, abs=0.7)
    efficiency = result.rows[0]["energy_efficiency"]
    assert efficiency is not None
    assert 90.0 < float(efficiency) < 100.0


def test_more_energy_out_than_in_is_doubted() -> None:
    """Discharged at a higher voltage than charged: the voltage of one direction cannot be right."""
    steps = [s for _ in range(4) for s in (Step(1, 1.0, 0.5, 2.9, 4.0), Step(-1, 0.99, 0.5, 4.2, 2.95))]
    assert _codes(cycling.analyse(recorded(steps), FULL))["energy_efficiency_above_100"] == "doubt"
    assert "energy_efficiency_above_100" not in _codes(cycling.analyse(recorded(full_cell(1.0, 0.99)), FULL))
