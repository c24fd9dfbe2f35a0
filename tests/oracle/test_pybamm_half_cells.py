"""Half cells of the twin, with lithium metal and an electrolyte, beside PyBaMM's DFN of a half cell.

PYTHONPATH=src python -m pytest -m oracle tests/oracle/test_pybamm_half_cells.py
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest

from halfcell.twin.card import Card, card_from_facts
from halfcell.twin.card_half_cell import half_cell_of
from halfcell.twin.electrode import at_volt
from halfcell.twin.electrolyte import FARADAY
from halfcell.twin.half_cell import half_cycle
from halfcell.twin.liquids import liquid_of
from halfcell.twin.potentials import EDGE, GRID

if TYPE_CHECKING:
    from halfcell.twin.card_half_cell import HalfCell, Part

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]
CARD = Path(__file__).resolve().parents[2] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
SALT, TRANSFERENCE, METAL = 1000.0, 0.2594, 8.0  # mol/m3, -, A/m2
LIQUID = {
    "concentration_mol_per_m3": SALT, "transference": TRANSFERENCE, "thermodynamic_factor": 1.0, "bruggeman": 1.5,
    "anode_um": 80, "separator_um": 25, "cathode_um": 60, "anode_porosity": 0.35, "separator_porosity": 0.45,
    "cathode_porosity": 0.35,
}  # fmt: skip
RADIUS, ACTIVE = 5e-6, 0.5


def _card() -> Card:
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    facts["electrolyte"] = {name: {"value": value, "source": "assumed"} for name, value in LIQUID.items()}
    facts["electrolyte"]["liquid"] = "Nyman 2008"
    facts["counter"] = {"exchange_a_per_m2": {"value": METAL, "source": "assumed"}}
    values = {"anode.size_spread": 0.0, "cathode.size_spread": 0.0, "anode.exchange_per_hour": 3.0}
    return card_from_facts(facts).with_values(values, "test")


def _values(card: Card, part: Part, half: HalfCell, volt: np.ndarray, start: float) -> Any:
    """PyBaMM's parameters of the half cell, whose electrode is its positive one."""
    import pybamm

    area, length = card.value("cell.area_cm2") * 1e-4, LIQUID[f"{part}_um"] * 1e-6
    most = float(half.electrode.capacity[0]) * 3.6 / (area * length * ACTIVE * FARADAY)
    scale = float(half.electrode.exchange[0, 0]) / 3600 * FARADAY * most * RADIUS / 3
    liquid = liquid_of("Nyman 2008")

    def exchange(c_e: Any, c_s: Any, c_max: Any, _kelvin: Any) -> Any:
        x = c_s / c_max
        return scale * pybamm.sqrt(pybamm.maximum(x * (1 - x), EDGE)) * pybamm.sqrt(c_e / SALT)

    found = pybamm.ParameterValues("Xu2019")
    found.update({
        "Electrode height [m]": area**0.5, "Electrode width [m]": area**0.5, "Nominal cell capacity [A.h]": 1e-3,
        "Current function [A]": pybamm.InputParameter("ampere"),
        "Contact resistance [Ohm]": half.ohm, "Negative electrode OCP [V]": 0.0,
        "Negative electrode conductivity [S.m-1]": 1e7, "Negative electrode thickness [m]": 1e-6,
        "Exchange-current density for lithium metal electrode [A.m-2]":
            lambda c_e, _c_li, _kelvin: METAL * pybamm.sqrt(c_e / SALT),
        "Positive electrode thickness [m]": length, "Positive electrode conductivity [S.m-1]": 1e3,
        "Positive electrode porosity": LIQUID[f"{part}_porosity"],
        "Positive electrode active material volume fraction": ACTIVE, "Positive particle radius [m]": RADIUS,
        "Positive electrode Bruggeman coefficient (electrolyte)": 1.5,
        "Positive electrode Bruggeman coefficient (electrode)": 0.0,
        "Positive particle diffusivity [m2.s-1]": RADIUS**2 / (float(half.electrode.tau[0, 0]) * 3600),
        "Maximum concentration in positive electrode [mol.m-3]": most,
        "Initial concentration in positive electrode [mol.m-3]": start * most,
        "Positive electrode OCP [V]": lambda sto: pybamm.Interpolant(GRID, volt, sto, interpolator="linear"),
        "Positive electrode exchange-current density [A.m-2]": exchange,
        "Separator thickness [m]": LIQUID["separator_um"] * 1e-6, "Separator porosity": LIQUID["separator_porosity"],
        "Separator Bruggeman coefficient (electrolyte)": 1.5, "Initial concentration in electrolyte [mol.m-3]": SALT,
        "Cation transference number": TRANSFERENCE, "Thermodynamic factor": 1.0,
        "Electrolyte diffusivity [m2.s-1]": lambda c_e, kelvin: liquid.at(liquid.diffusion, c_e, kelvin),
        "Electrolyte conductivity [S.m-1]": lambda c_e, kelvin: liquid.at(liquid.conductivity, c_e, kelvin),
        "Lower voltage cut-off [V]": -1.0, "Upper voltage cut-off [V]": 10.0,
    }, check_already_exists=False)  # fmt: skip
    return found


@pytest.mark.parametrize(("part", "low", "begin"), [("anode", 0.01, 0.6), ("cathode", 3.2, 4.2)])
def test_lithiation_of_one_electrode(part: Part, low: float, begin: float) -> None:
    pybamm = pytest.importorskip("pybamm")
    card = _card()
    half = half_cell_of(card, part)
    branch: Literal[0, 1] = 0
    state = at_volt(half.electrode, np.array([begin]), branch)
    whole = float(half.electrode.capacity[0])
    values = _values(card, part, half, half.electrode.tables.volt[0, branch], float(state.average[0, 0]))
    model = pybamm.lithium_ion.DFN({"working electrode": "positive", "contact resistance": "true"})
    points = {"x_n": 3, "x_s": 30, "x_p": 40, "r_p": 60}
    solver = pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8)
    simulation = pybamm.Simulation(model, parameter_values=values, var_pts=points, solver=solver)
    for rate, most in ((0.2, 0.005), (1.0, 0.005), (3.0, 0.01), (5.0, 0.01)):
        ours = half_cycle(half.electrode, state, rate * whole, low, half.outside)
        times = np.linspace(0, float(ours.charge[-1]) / whole / rate * 3600 * 1.03, 2000)
        done = simulation.solve([0, times[-1]], t_interp=times, inputs={"ampere": rate * whole * 1e-3})
        charge, volt = (np.asarray(done[name].entries) for name in ("Discharge capacity [A.h]", "Voltage [V]"))
        theirs = float(np.interp(-low, -volt, charge)) * 1e3
        at = np.linspace(0.05, 0.95, 19) * theirs
        apart = np.interp(at, ours.charge, ours.volt) - np.interp(at, charge * 1e3, volt)
        assert abs(float(ours.charge[-1]) - theirs) <= most * whole, rate
        if ours.charge[-1] > 0.05 * whole:  # the seconds before the reaction has found its place are not compared
            assert np.sqrt((apart**2).mean()) < 6e-3, rate
