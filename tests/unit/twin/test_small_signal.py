"""Impedance in closed form against series, ladders of resistors, and the time steps of the same cell."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError, StudyError
from halfcell.twin.card import card_from_facts
from halfcell.twin.cards import load_card
from halfcell.twin.cell import Cell, charged, most_charge
from halfcell.twin.compile import compiled
from halfcell.twin.course import passed, rest
from halfcell.twin.diffusion import modes
from halfcell.twin.ladder import Ladder
from halfcell.twin.potentials import tables_of
from halfcell.twin.protocols import run_protocol
from halfcell.twin.small_signal import at_laplace, porous, surface_per_rate

CARD = Path(__file__).resolve().parents[3] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
ELECTROLYTE = {
    "concentration_mol_per_m3": 1000, "diffusion_m2_per_s": 3e-10, "conductivity_s_per_m": 1.0, "transference": 0.3,
    "thermodynamic_factor": 1.0, "bruggeman": 1.5, "anode_um": 80, "separator_um": 25, "cathode_um": 60,
    "anode_porosity": 0.35, "separator_porosity": 0.45, "cathode_porosity": 0.35,
}  # fmt: skip


@pytest.mark.parametrize("shape", ["sphere", "slab"])
def test_diffusion_is_the_sum_of_its_modes(shape: str) -> None:
    """``1/s + sum gain / (s + l_n^2 / tau)``: the partial fractions of the closed form (Crank)."""
    of = modes(shape, 4000)
    s = np.array([1e-6, 0.3 + 2j, 40j, 1e4j])[:, None]
    tau = np.array([0.5, 2.0])
    found = surface_per_rate(s, tau, shape)
    summed = 1 / s + (of.gain / (s[..., None] + of.decay / tau[:, None])).sum(axis=-1) + of.rest * tau
    assert found == pytest.approx(summed, rel=2e-3)


def test_high_frequencies_are_a_warburg_impedance() -> None:
    """Far above 1/tau the phase is -45 degrees and the magnitude falls with the root of the frequency."""
    one, four = surface_per_rate(np.array([[1e7j], [4e7j]]), np.array([1.0]), "sphere")[:, 0]
    assert np.angle(one, deg=True) == pytest.approx(-45, abs=0.1)
    assert abs(one / four) == pytest.approx(2, rel=1e-3)


@pytest.mark.parametrize(("ionic", "electronic"), [(3.0, 1e-9), (3.0, 2.0), (0.1, 5.0)])
def test_porous_electrode_is_a_ladder_of_resistors(ionic: float, electronic: float) -> None:
    count, local = 600, np.array([0.4 - 1.5j])
    each = local[0] * count
    matrix = np.zeros((2 * count, 2 * count), complex)
    for k in range(count):
        links = [(k, count + k, 1 / each)]
        if k + 1 < count:
            links += [(k, k + 1, count / ionic), (count + k, count + k + 1, count / electronic)]
        for a, b, y in links:
            matrix[a, a] += y
            matrix[b, b] += y
            matrix[a, b] -= y
            matrix[b, a] -= y
    current = np.zeros(2 * count, complex)
    current[0], current[2 * count - 1] = 1, -1
    matrix[-1, -1] += 1e-3
    solved = np.linalg.solve(matrix, current)
    ladder = Ladder(np.array([ionic]), np.array([electronic]))
    ends = (ionic + electronic) / count / 2
    assert porous(ladder, local)[0] == pytest.approx(solved[0] - solved[-1] + ends, rel=5e-3)


def _card(electrolyte: bool):
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    if electrolyte:
        facts["electrolyte"] = {name: {"value": value, "source": "assumed"} for name, value in ELECTROLYTE.items()}
    return card_from_facts(facts)


def _without_hysteresis(cell: Cell) -> Cell:
    """Both branches alike: an alternating current keeps a particle on its branch, a steady one does not."""
    made = []
    for one in (cell.anode, cell.cathode):
        volt = np.repeat(one.tables.volt[:, 1:], 2, axis=1)
        made.append(replace(one, tables=tables_of(volt, one.tables.phase)))
    return replace(cell, anode=made[0], cathode=made[1])


@pytest.mark.parametrize("electrolyte", [False, True])
def test_the_answer_to_a_step_of_current_is_that_of_the_time_steps(electrolyte: bool) -> None:
    """``Z(s) = s/I integral of (V0 - V) exp(-s t)`` of a small step in current, at real s, from the kernel in time."""
    cell = _without_hysteresis(compiled([_card(electrolyte)]))
    state = charged(cell)
    for _ in range(30):
        state = passed(cell, state, float(most_charge(cell, charged(cell))[0]) * 0.5 / 30, 1.0)
    state = rest(cell, state, 2000.0).end
    current, s = 0.05, np.array([2.0, 20.0])
    base, time, drops = float(state.volt[0]), [0.0], []
    steps = np.geomspace(2e-4, 0.2, 160)
    for hours in steps:
        state = passed(cell, state, current, float(hours))
        time.append(time[-1] + float(hours))
        drops.append(base - float(state.volt[0]))
    at, drop = np.array(time[1:]), np.array(drops)
    grid = np.linspace(0, at[-1], 400_001)
    inner = np.interp(grid, np.concatenate([[0.0], at]), np.concatenate([drop[:1], drop]))
    for one in s:
        step = one / current * np.trapezoid(inner * np.exp(-one * grid), grid)
        found = at_laplace(cell, state, np.array([complex(one)]), (0.0, 0.0)).whole[0]
        assert step == pytest.approx(found.real, rel=0.02)


def test_spectrum_and_its_limits(tmp_path: Path) -> None:
    made = run_protocol(load_card("graphite-ncm811"), "impedance", {"discharged_percent": "50", "highest_hertz": "1e6"})
    z = made.measurement
    assert z is not None
    assert z["real_impedance_ohm"][0] == pytest.approx(made.rows[0]["series"].value + made.rows[0]["anode, high"].value
                                                       + made.rows[0]["cathode, high"].value, rel=1e-6)  # fmt: skip
    assert (z["imaginary_impedance_ohm"] < 0).all()
    assert any("no double layer" in doubt for doubt in made.doubts)
    charged_state = run_protocol(load_card("graphite-ncm811"), "impedance", {"discharged_percent": "0"})
    assert any("exchange rate of the model falls to nothing" in doubt for doubt in charged_state.doubts)
    for wrong, words in (
        ({"lowest_hertz": "0"}, "lowest frequency"),
        ({"discharged_percent": "120"}, "between 0 and 95"),
    ):
        with pytest.raises(InputError, match=words):
            run_protocol(load_card("graphite-ncm811"), "impedance", wrong)
    with pytest.raises(StudyError, match="unknown setting"):
        run_protocol(load_card("graphite-ncm811"), "impedance", {"frequency": "1"})
