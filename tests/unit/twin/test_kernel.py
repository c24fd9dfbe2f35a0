"""The kernel of the twin against closed solutions and an independent one: diffusion, equilibrium, lithium, mesh."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.materials.open_circuit import mean_volt, open_circuit, volt_at
from halfcell.twin import electrolyte
from halfcell.twin.card import card_from_facts
from halfcell.twin.cards import own_cards
from halfcell.twin.cell import STEPS, Cell, charged, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.diffusion import MODES, modes, step
from halfcell.twin.electrode import Electrode, at_volt
from halfcell.twin.potentials import tables
from halfcell.twin.sizes import NODES, log_normal, measured
from halfcell.twin.steps import advance

CARDS = Path(__file__).resolve().parents[3] / "src" / "halfcell" / "twin" / "cards"
THERMAL = 0.025693  # RT/F at 25 degC
GRAPHITE, NCM = open_circuit("graphite"), open_circuit("NCM811")


def _electrode(hosts, capacity, tau, sd, exchange, cells=1, shape="sphere") -> Electrode:
    sizes = log_normal(sd)
    share = np.concatenate([part * sizes.share for _, part in hosts])
    radius = np.tile(sizes.radius, len(hosts))
    phase = np.repeat(np.arange(len(hosts)), len(sizes.share))
    pairs = [(one.steps("lithiation"), one.steps("delithiation")) for one, _ in hosts]
    ones = np.ones((cells, 1))
    return Electrode(
        share=ones * share, tau=ones * tau * radius**2, exchange=ones * exchange / radius, tables=tables(pairs, phase),
        decay=np.full(len(share), 1e9), capacity=np.full(cells, capacity), thermal_volt=ones * THERMAL, shape=shape,
    )  # fmt: skip


def _cell(cells=1, tau=0.5, sd=0.6, exchange=10.0, anode=((GRAPHITE, 1.0),), shape="sphere") -> Cell:
    ones = np.ones(cells)
    return Cell(
        anode=_electrode(anode, 210.0, tau, sd, exchange, cells, shape),
        cathode=_electrode(((NCM, 1.0),), 207.5, tau / 4, sd, 30.0, cells, shape),
        resistance=ones * 1e-4, full_anode=ones * 0.93, upper_volt=ones * 4.3, lower_volt=ones * 2.5,
    )  # fmt: skip


@pytest.mark.parametrize(("shape", "steady", "flux"), [("sphere", 1 / 15, 1 / 3), ("slab", 1 / 3, 1.0)])
def test_diffusion_in_its_limits(shape, steady, flux) -> None:
    """Steady: tau i / 15 and tau i / 3 (Crank, eqs. 6.45, 4.45); early: twice the flux times sqrt(t tau / pi)."""
    of = modes(shape, 400)
    for hours, expected in ((20.0, 20.0 + 2 * steady), (1e-3, 2 * flux * math.sqrt(1e-3 * 2 / math.pi))):
        made = step(of, np.zeros(1), np.zeros((1, 400)), np.array([2.0]), np.array([hours]))
        assert made.slope[0] == pytest.approx(expected, rel=0.04)


def test_ten_modes_are_as_good_as_many() -> None:
    few, many = (
        step(modes("sphere", n), np.zeros(1), np.zeros((1, n)), np.ones(1), np.ones(1) * 0.01) for n in (10, 300)
    )
    assert few.slope[0] == pytest.approx(many.slope[0], rel=0.02)


def test_without_polarisation_the_discharge_is_that_of_the_open_circuit_potentials() -> None:
    """The mean voltage is the exact mean of the two curves between their contents."""
    cell = _cell(tau=1e-5, sd=0.0, exchange=1e5)
    anode, cathode = charged(cell).anode, charged(cell).cathode
    found = discharge(cell, np.array([1e-3]), steps=600)
    q = float(found.capacity[0])
    a, c = float(anode.average[0, 0]), float(cathode.average[0, 0])
    assert a == pytest.approx(0.93, abs=1e-6)
    expected = mean_volt(NCM.steps("lithiation"), c, c + q / 207.5) - mean_volt(
        GRAPHITE.steps("delithiation"), a, a - q / 210.0
    )
    assert found.mean_volt[0] == pytest.approx(expected, abs=1.5e-3)
    assert cathode.volt[0] - anode.volt[0] == pytest.approx(4.3, abs=1e-6)


def test_lithium_is_kept() -> None:
    electrode = _electrode(((GRAPHITE, 0.6), (open_circuit("Si"), 0.4)), 210.0, 1.0, 0.9, 1.0)
    state = at_volt(electrode, np.array([0.15]), 1)
    before = (electrode.share * state.average).sum()
    for _ in range(50):
        state = advance(electrode, state, np.array([-100.0]), np.array([0.01]))
    passed = before - (electrode.share * state.average).sum()
    assert passed * 210.0 == pytest.approx(50.0, rel=1e-6)


def test_phases_share_one_potential() -> None:
    """At rest graphite and silicon are in equilibrium; on discharge graphite, which lies lower, goes first."""
    electrode = _electrode(((GRAPHITE, 0.5), (open_circuit("Si"), 0.5)), 200.0, 0.01, 0.0, 100.0)
    state = at_volt(electrode, np.array([0.08]), 1)
    start = state.average.copy()
    for _ in range(30):
        state = advance(electrode, state, np.array([-20.0]), np.array([0.1]))
    taken = (start - state.average)[0]
    assert taken[0] > 2 * taken[1]
    assert volt_at(GRAPHITE.steps("delithiation"), float(state.average[0, 0])) == pytest.approx(state.volt[0], abs=0.01)


def test_a_single_particle_against_finite_volumes() -> None:
    """Shells of equal thickness and small steps, written independently, give the same surface content."""
    tau, rate, shells = 1.0, -0.8, 400
    electrode = _electrode(((GRAPHITE, 1.0),), 1.0, tau, 0.0, 50.0)
    state = at_volt(electrode, np.array([0.08]), 1)
    start = float(state.average[0, 0])
    edges = np.linspace(0, 1, shells + 1)
    volume, area = np.diff(edges**3) / 3, edges[1:-1] ** 2
    width = 1 / shells
    matrix = np.zeros((shells, shells))
    for k in range(shells - 1):
        flow = area[k] / width
        matrix[[k, k, k + 1, k + 1], [k, k + 1, k + 1, k]] += np.array([-flow, flow, -flow, flow])
    hours = 0.005
    system = np.linalg.inv(np.diag(volume) - hours / tau * matrix)
    content = np.full(shells, start)
    source = np.zeros(shells)
    source[-1] = hours * rate / 3
    for _ in range(100):
        state = advance(electrode, state, np.array([rate]), np.array([hours]))
        content = system @ (volume * content + source)
    surface = content[-1] + tau * rate / 3 * width / 2
    ours = state.average[0, 0] + state.amplitudes[0, 0].sum() + electrode.modes.rest * tau * rate
    assert ours == pytest.approx(surface, abs=1e-3)


@pytest.mark.parametrize("shape", ["sphere", "slab"])
def test_meshes_are_fine_enough(shape) -> None:
    """Half the steps change no capacity by 0.1 % and no mean voltage by 2 mV."""
    currents = np.array([18.0, 180.0, 540.0, 900.0])
    cell = _cell(4, anode=((GRAPHITE, 0.2), (open_circuit("Si"), 0.8)), shape=shape)
    fine, coarse = discharge(cell, currents), discharge(cell, currents, steps=40)
    assert coarse.capacity == pytest.approx(fine.capacity, rel=1e-3)
    assert coarse.mean_volt == pytest.approx(fine.mean_volt, abs=2e-3)
    assert (np.diff(fine.capacity) < 0).all()
    assert (np.diff(fine.mean_volt) < 0).all()


def test_several_variants_at_once_are_as_each_alone() -> None:
    currents = np.array([18.0, 900.0])
    both = discharge(_cell(2), currents)
    alone = [discharge(_cell(1), currents[k : k + 1]).capacity[0] for k in range(2)]
    assert both.capacity == pytest.approx(alone, rel=1e-6)


def test_sizes() -> None:
    sizes = log_normal(0.8)
    assert (sizes.share * sizes.radius**2).sum() == pytest.approx(math.exp(2 * 0.8**2), rel=1e-3)
    assert log_normal(0.0).radius == pytest.approx([1.0])
    diameters = np.exp(np.linspace(-4, 4, 400))
    shares = np.exp(-0.5 * (np.log(diameters) / 0.5) ** 2)
    found = measured(list(diameters), list(shares), 40)
    assert (found.share * found.radius**2).sum() == pytest.approx(math.exp(2 * 0.5**2), rel=0.02)
    for wrong in (([1, 2], [1]), ([2, 1], [1, 1])):
        with pytest.raises(InputError, match="positive and rising, with one share each"):
            measured(*wrong)
    for wrong in (([1, 2], [-1, 1]), ([1, 2], [0, 0])):
        with pytest.raises(InputError, match="must not be negative, nor all zero"):
            measured(*wrong)
    with pytest.raises(InputError, match="negative"):
        log_normal(-0.1)


def test_no_current_is_refused() -> None:
    with pytest.raises(InputError, match="above 0"):
        discharge(_cell(), np.array([0.0]))


@pytest.mark.parametrize("name", own_cards())
def test_no_value_of_a_card_depends_on_the_meshes(name: str) -> None:
    """Twice as many steps and sizes change no capacity, voltage or energy by 0.5 %; nor do more modes."""
    card = own_cards()[name]
    currents = np.array([18.0, 180.0, 540.0, 900.0])
    cell = compiled([card] * len(currents))
    finer = replace(
        cell, anode=replace(cell.anode, mode_count=2 * MODES), cathode=replace(cell.cathode, mode_count=2 * MODES)
    )
    usual = discharge(cell, currents)
    twice = compiled([card] * len(currents), nodes=2 * NODES)
    for fine in (discharge(finer, currents), discharge(twice, currents, 2 * STEPS)):
        assert usual.capacity == pytest.approx(fine.capacity, rel=5e-3)
        assert usual.mean_volt == pytest.approx(fine.mean_volt, rel=5e-3)
        assert usual.capacity * usual.mean_volt == pytest.approx(fine.capacity * fine.mean_volt, rel=5e-3)


def test_twice_as_many_volumes_of_the_electrolyte_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = tomllib.loads((CARDS / "graphite-ncm811.toml").read_text(encoding="utf-8"))
    values = {
        "concentration_mol_per_m3": 1000, "diffusion_m2_per_s": 2e-10, "conductivity_s_per_m": 0.8, "transference": 0.3,
        "thermodynamic_factor": 1.2, "bruggeman": 1.5, "anode_um": 120, "separator_um": 25, "cathode_um": 110,
        "anode_porosity": 0.3, "separator_porosity": 0.45, "cathode_porosity": 0.3,
    }  # fmt: skip
    facts["electrolyte"] = {name: {"value": value, "source": "assumed"} for name, value in values.items()}
    card, currents = card_from_facts(facts), np.array([18.0, 180.0, 360.0])
    usual = discharge(compiled([card] * 3), currents)
    monkeypatch.setattr(electrolyte, "CELLS", (20, 12, 20))
    fine = discharge(compiled([card] * 3), currents)
    assert usual.capacity == pytest.approx(fine.capacity, rel=5e-3)
    assert usual.mean_volt == pytest.approx(fine.mean_volt, rel=5e-3)
