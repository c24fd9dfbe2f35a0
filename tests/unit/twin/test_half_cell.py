"""Half cycles: charge balance, hysteresis with memory, resistance, first lithiation."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.materials.open_circuit import mean_volt, open_circuit, volt_at
from halfcell.twin.electrode import at_volt
from halfcell.twin.half_cell import Hosts, first_cycle, half_cycle

SILICON = Hosts(sets=(open_circuit("Si"),), shares=(1.0,), capacity=2.0)


def test_what_went_in_comes_out() -> None:
    lithiated, emptied = first_cycle(SILICON, 0.1, (0.05, 1.5))
    held = 1e-3 * 2.0 + lithiated.charge[-1] - emptied.charge[-1]
    assert held == pytest.approx(float(emptied.end.average.mean()) * 2.0, abs=1e-6)
    assert (np.diff(lithiated.volt) < 0).all()
    assert (np.diff(emptied.volt[1:]) > 0).all()
    assert (lithiated.volt[-1], emptied.volt[-1]) == (0.05, 1.5)


def test_slow_half_cycle_follows_the_open_circuit_potentials() -> None:
    steps = open_circuit("Si").steps("delithiation")
    electrode = SILICON.electrode()
    slow = half_cycle(electrode, at_volt(electrode, np.array([0.2]), 1), -1e-4, 0.8)
    start, end = (float(at_volt(electrode, np.array([v]), 1).average[0, 0]) for v in (0.2, 0.8))
    assert slow.charge[-1] == pytest.approx((start - end) * 2.0, rel=2e-3)
    energy = np.diff(slow.charge) @ (slow.volt[1:] + slow.volt[:-1]) / 2
    assert energy / slow.charge[-1] == pytest.approx(mean_volt(steps, start, end), abs=2e-3)


def test_memory_of_the_branch() -> None:
    """After a turn the potential goes over to the other branch within some content, not at once."""
    hosts = Hosts(sets=(open_circuit("Si"),), shares=(1.0,), capacity=2.0, branch_content=0.05)
    electrode = hosts.electrode()
    state = at_volt(electrode, np.array([0.15]), 0)
    emptied = half_cycle(electrode, state, -0.001, 0.9)
    content = float(state.average[0, 0])
    both = [volt_at(open_circuit("Si").steps(branch), content - 0.0125) for branch in ("lithiation", "delithiation")]
    early = float(np.interp(0.025, emptied.charge, emptied.volt))
    assert both[0] + 0.01 < early < both[1] - 0.05
    late = volt_at(open_circuit("Si").steps("delithiation"), content - 0.4)
    assert float(np.interp(0.8, emptied.charge, emptied.volt)) == pytest.approx(late, abs=0.01)


def test_resistance_and_limits() -> None:
    electrode = SILICON.electrode()
    state = at_volt(electrode, np.array([0.3]), 1)
    free, limited = (half_cycle(electrode, state, -1.0, 0.9, ohm) for ohm in (0.0, 100.0))
    assert limited.volt[0] - free.volt[0] == pytest.approx(0.1)
    assert limited.charge[-1] < free.charge[-1]
    with pytest.raises(InputError, match="beyond the limit"):
        half_cycle(electrode, state, -1.0, 0.2)
    with pytest.raises(InputError, match="needs a current"):
        half_cycle(electrode, state, 0.0, 0.9)
