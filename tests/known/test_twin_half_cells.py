"""The twin beside a real silicon half cell of another laboratory (cellpy test data, IFE): shapes of its half cycles."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from halfcell.materials.open_circuit import open_circuit
from halfcell.twin.half_cell import HalfCycle, Hosts, first_cycle, half_cycle

FIRST_RATE = 0.152  # mA
WINDOW = (0.05, 1.0)
Measured = Callable[[int, int], tuple[np.ndarray, np.ndarray]]


@pytest.fixture(scope="module")
def measured(data: Path) -> Measured:
    """Charge (mAh) and potential of a half cycle below 1.0 V: cycle, and -1 for lithiation."""
    path = data / "twin" / "si_halfcell" / "si_halfcell_ife_cycles1-6.csv"
    if not path.is_file():
        pytest.skip(f"no file {path}")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}

    def of(cycle: int, sign: int) -> tuple[np.ndarray, np.ndarray]:
        current = columns["current_A"]
        kept = (columns["Cycle_Index"] == cycle) & (np.sign(current) == sign) & (np.abs(current) > 5e-5)
        kept &= columns["voltage_V"] <= WINDOW[1]
        charge = columns["discharge_capacity_Ah" if sign < 0 else "charge_capacity_Ah"][kept] * 1000
        return charge - charge[0], columns["voltage_V"][kept]

    return of


def _rms(found: HalfCycle, charge: np.ndarray, volt: np.ndarray) -> float:
    """Millivolts between two curves over the same part of their charge."""
    kept = found.volt <= WINDOW[1] + 1e-6
    own = found.charge[kept] - found.charge[kept][0]
    parts = np.linspace(0.02, 0.98, 97)
    ours = np.interp(parts * own[-1], own, found.volt[kept])
    theirs = np.interp(parts * charge[-1], charge, volt)
    return float(np.sqrt(((ours - theirs) ** 2).mean()) * 1000)


@pytest.fixture(scope="module")
def cycles() -> tuple[HalfCycle, HalfCycle, HalfCycle]:
    """First lithiation, second lithiation, and the delithiation after it; nothing is fitted to the cell."""
    hosts = Hosts(sets=(open_circuit("Si"),), shares=(1.0,), capacity=1.9)
    lithiated, emptied = first_cycle(hosts, FIRST_RATE, WINDOW)
    again = half_cycle(hosts.electrode(), emptied.end, FIRST_RATE, WINDOW[0])
    return lithiated, again, half_cycle(hosts.electrode(), again.end, -FIRST_RATE, WINDOW[1])


def test_delithiation(measured: Measured, cycles: tuple[HalfCycle, ...]) -> None:
    assert _rms(cycles[2], *measured(3, 1)) <= 12


def test_later_lithiation(measured: Measured, cycles: tuple[HalfCycle, ...]) -> None:
    assert _rms(cycles[1], *measured(3, -1)) <= 15


def test_first_lithiation_is_that_of_crystalline_silicon(measured: Measured, cycles: tuple[HalfCycle, ...]) -> None:
    assert _rms(cycles[0], *measured(1, -1)) <= 30
    assert _rms(cycles[1], *measured(1, -1)) > 60, "the curve of amorphous silicon is another one"
