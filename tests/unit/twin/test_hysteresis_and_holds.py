"""Turns between the branches of a host, held potentials against Cottrell's law, and courses of a cell through time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.materials.open_circuit import open_circuit
from halfcell.twin.cards import load_card
from halfcell.twin.cell import charged
from halfcell.twin.compile import compiled
from halfcell.twin.course import constant_current, hold, rest
from halfcell.twin.electrode import Electrode, at_volt
from halfcell.twin.half_cell import Hosts
from halfcell.twin.potentials import GRID, tables_of
from halfcell.twin.steps import advance, current_of
from halfcell.twin.steps import hold as held_at


def _linear_slab(tau: float) -> Electrode:
    """A slab whose potential falls by 1 V over its content, with a fast reaction."""
    one = np.ones((1, 1))
    return Electrode(
        share=one, tau=one * tau, exchange=one * 1e5,
        tables=tables_of(np.array([[1 - GRID, 1 - GRID]]), np.zeros(1, int)),
        decay=np.ones(1), capacity=np.ones(1), thermal_volt=one * 0.0257, shape="slab", mode_count=60,
    )  # fmt: skip


def test_a_held_potential_follows_cottrell_and_then_the_slab() -> None:
    """Charge after a jump of the surface by 0.5: 2/sqrt(pi) sqrt(t/tau) 0.5 early (Cottrell, Z. Phys. Chem. 42 (1903)
    385), and ``1 - 8/pi^2 sum exp(-(n+1/2)^2 pi^2 t/tau)/(2n+1)^2`` of it always (Crank, eq. 4.18)."""
    electrode = _linear_slab(2.0)
    state = at_volt(electrode, np.array([0.8]), 0)
    time = 0.0
    for step in np.geomspace(1e-6, 0.05, 400):
        state = held_at(electrode, state, np.array([0.3]), np.array([step]), np.zeros(1))
        time += step
        n = np.arange(200)
        whole = 1 - 8 / math.pi**2 * (np.exp(-((n + 0.5) ** 2) * math.pi**2 * time / 2) / (2 * n + 1) ** 2).sum()
        if time > 1e-3:
            assert state.average[0, 0] - 0.2 == pytest.approx(0.5 * whole, rel=5e-3)
        if 1e-3 < time < 0.2:
            assert state.average[0, 0] - 0.2 == pytest.approx(math.sqrt(time / 2 / math.pi), rel=1e-2)
    assert current_of(electrode, state)[0] > 0


@pytest.mark.parametrize("spread", [0.0, 0.9])
def test_turns_do_not_flicker(spread: float) -> None:
    """After a turn of silicon the potential rises or falls smoothly, also where particles of many sizes share it."""
    hosts = Hosts(sets=(open_circuit("Si"),), shares=(1.0,), capacity=1.0, size_spread=spread, branch_content=0.03)
    electrode = hosts.electrode()
    state = at_volt(electrode, np.array([0.4]), 1)
    for current in (0.3, -0.3, 0.3):
        volts = []
        for _ in range(40):
            state = advance(electrode, state, np.array([current]), np.array([0.02]))
            volts.append(float(state.volt[0]))
        assert (np.diff(volts) * np.sign(current) < 0).all()
    assert state.memory.min() >= 0
    assert state.memory.max() <= 1


def test_a_rest_relaxes_to_one_potential_and_keeps_the_lithium() -> None:
    cell = compiled([load_card("composite-ncm811")])
    out = constant_current(cell, charged(cell), 540.0, 2.5)
    before = cell.contents(out.end.anode, out.end.cathode)
    rested = rest(cell, out.end, 200.0)
    after = cell.contents(rested.end.anode, rested.end.cathode)
    assert [float(x[0]) for x in after] == pytest.approx([float(x[0]) for x in before], abs=1e-6)
    assert (np.diff(rested.volt) > -1e-6).all()
    assert rested.volt[-1] - rested.volt[-2] < 2e-3


def test_lithium_of_a_whole_cycle_is_kept() -> None:
    """What the anode loses the cathode gains, to 1e-6 of it, over discharge, rest, charge and hold."""
    cell = compiled([load_card("composite-ncm811")])
    state = charged(cell)
    start = sum(
        float(x[0]) * q for x, q in zip(cell.contents(state.anode, state.cathode), _capacities(cell), strict=True)
    )
    out = constant_current(cell, state, 180.0, 2.5)
    back = constant_current(cell, rest(cell, out.end, 0.2).end, -180.0, 4.3)
    held = hold(cell, back.end, 4.3, 9.0, 20.0)
    assert held.current[-1] == pytest.approx(-9.0, abs=0.3), "the mean of the last step"
    assert held.volt[3:] == pytest.approx(4.3, abs=1e-5)
    for piece in (out, back, held):
        here = [float(x[0]) for x in cell.contents(piece.end.anode, piece.end.cathode)]
        total = sum(x * q for x, q in zip(here, _capacities(cell), strict=True))
        assert total == pytest.approx(start, rel=1e-6)
    passed = out.charge - back.charge - held.charge
    now = float(cell.contents(held.end.anode, held.end.cathode)[0][0])
    first = float(cell.contents(state.anode, state.cathode)[0][0])
    assert (first - now) * _capacities(cell)[0] == pytest.approx(passed, abs=1e-6 * out.charge)


def _capacities(cell) -> tuple[float, float]:
    return float(cell.anode.capacity[0]), float(cell.cathode_capacity[0])


def test_limits_that_are_met_at_once_are_refused() -> None:
    cell = compiled([load_card("composite-ncm811").with_values({"cell.resistance_ohm": 500.0}, "test")])
    with pytest.raises(InputError, match="at once"):
        constant_current(cell, charged(cell), 900.0, 2.5)
    with pytest.raises(InputError, match="needs a current"):
        constant_current(cell, charged(cell), 0.0, 2.5)
    with pytest.raises(InputError, match="above 0"):
        rest(cell, charged(cell), 0.0)
