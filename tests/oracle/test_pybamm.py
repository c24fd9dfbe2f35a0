"""The twin beside PyBaMM on the same card, where that is installed (python -m pip install 'halfcell[twin]').

    PYTHONPATH=src python -m pytest -m oracle tests/oracle/test_pybamm.py

What is asked for: capacities within 0.5 % to 3C and 1 % at 5C. 60 shells, 60 sizes and 40 points over the thickness.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.twin.card import Card, card_from_facts
from halfcell.twin.cards import load_card
from halfcell.twin.cell import charged, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.course import passed, rest
from halfcell.twin.pybamm_cell import discharge_by_pybamm, pybamm_parameters
from halfcell.twin.pybamm_models import Model, check_model
from halfcell.twin.small_signal import cell_impedance

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]
CARD = Path(__file__).resolve().parents[2] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
CURRENTS = [18.0, 90.0, 180.0, 360.0, 540.0, 900.0]
LIMITS = np.array([0.005] * 5 + [0.01])
VOLTS = np.array([0.004] * 5 + [0.02])  # a real liquid: 9 mV from DFN at 5C, 17 mV from SPMe; constant ones 4 mV
LIQUID = {
    "concentration_mol_per_m3": 1000, "diffusion_m2_per_s": 3e-10, "conductivity_s_per_m": 1.0, "transference": 0.3,
    "thermodynamic_factor": 1.0, "bruggeman": 1.5, "anode_um": 80, "separator_um": 25, "cathode_um": 60,
    "anode_porosity": 0.35, "separator_porosity": 0.45, "cathode_porosity": 0.35,
}  # fmt: skip
SOLID = {
    "conductivity_s_per_m": 0.05, "separator_um": 60, "cathode_um": 75, "cathode_share": 0.35,
    "cathode_tortuosity": 2.5, "electronic_s_per_m": 0.5,
}  # fmt: skip


NYMAN = {name: value for name, value in LIQUID.items() if not name.startswith(("diffusion", "conductivity"))}
LANDESFEIND = {name: value for name, value in NYMAN.items() if not name.startswith(("transference", "thermo"))}


def _card(spread: float, liquid: str = "", **tables: dict[str, float]) -> Card:
    """The graphite card with one spread and a quick exchange; with a table `solid`, its electrolyte is solid."""
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    for name, table in tables.items():
        facts[name] = {key: {"value": value, "source": "assumed"} for key, value in table.items()}
    if liquid:
        facts["electrolyte"]["liquid"] = liquid
    if "solid" in tables:
        facts["cell"]["electrolyte"] = "solid"
    values = {"anode.size_spread": spread, "cathode.size_spread": spread, "anode.exchange_per_hour": 3.0}
    return card_from_facts(facts).with_values(values, "test")


@pytest.mark.parametrize(
    ("card", "model"),
    [
        (_card(0.0), "SPM"), (_card(0.2), "MPM"), (_card(0.4), "MPM"), (_card(0.0, electrolyte=LIQUID), "SPMe"),
        (_card(0.0, electrolyte=LIQUID), "DFN"), (_card(0.0, solid=SOLID), "DFN"),
        (_card(0.0, "Nyman 2008", electrolyte=NYMAN), "SPMe"), (_card(0.0, "Nyman 2008", electrolyte=NYMAN), "DFN"),
        (_card(0.0, "Landesfeind 2019", electrolyte=LANDESFEIND), "DFN"),
    ],
    ids=["SPM", "MPM 0.2", "MPM 0.4", "SPMe", "DFN", "solid DFN", "Nyman SPMe", "Nyman DFN", "Landesfeind DFN"],
)  # fmt: skip
def test_discharges(card: Card, model: Model) -> None:
    pytest.importorskip("pybamm")
    ours = discharge(compiled([card] * len(CURRENTS)), np.array(CURRENTS))
    theirs = discharge_by_pybamm(card, CURRENTS, model)
    assert (np.abs(ours.capacity / theirs.capacity - 1) <= LIMITS).all()
    assert (np.abs(ours.mean_volt - theirs.mean_volt) <= VOLTS).all()


def test_impedance() -> None:
    """Single particles with double layers at half discharge: within 1 % from 10 kHz to 1 mHz."""
    pybamm = pytest.importorskip("pybamm")
    card = _card(0.0)
    cell, state = compiled([card], depths=1), charged(compiled([card], depths=1))
    for _ in range(40):
        state = passed(cell, state, 95.0 / 20, 0.5)
    state = rest(cell, state, 500.0).end
    values = pybamm_parameters(card, "SPM")
    hertz = np.geomspace(1e4, 1e-3, 22)
    layers = []
    for name, at in (("Negative", state.anode), ("Positive", state.cathode)):
        most = values[f"Maximum concentration in {name.lower()} electrode [mol.m-3]"]
        values.update({f"Initial concentration in {name.lower()} electrode [mol.m-3]": float(at.average[0, 0]) * most})
        values.update({f"{name} electrode double-layer capacity [F.m-2]": 0.2}, check_already_exists=False)
        length = values[f"{name} electrode thickness [m]"]
        surface = 3 * 0.5 / 5e-6 * length * card.value("cell.area_cm2") * 1e-4
        layers.append(0.2 * surface / (card.value("cathode.active_mg") * 1e-3))
    values.update({"Current function [A]": 0.0})
    model = pybamm.lithium_ion.SPM({"surface form": "differential", "contact resistance": "true"})
    points = {"x_n": 10, "x_s": 10, "x_p": 10, "r_n": 150, "r_p": 150}
    simulation = pybamm.EISSimulation(model, parameter_values=values, var_pts=points)
    theirs = np.asarray(simulation.solve(hertz).impedance)
    ours = cell_impedance(cell, state, hertz, (layers[0], layers[1])).whole * 1e6 / card.value("cathode.active_mg")
    assert np.abs(ours / theirs - 1).max() < 0.01


@pytest.mark.parametrize(
    ("card", "model", "words"),
    [
        (load_card("composite-ncm811"), "SPM", "3 phases"), (_card(0.5), "DFN", "holds one size"),
        (_card(0.0), "MPM", "need a spread"), (_card(0.0), "DFN", "needs an electrolyte"),
        (_card(0.0, solid=SOLID), "SPMe", "compared with PyBaMM's DFN"),
    ],
)  # fmt: skip
def test_what_pybamm_cannot_hold_is_refused(card: Card, model: Model, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_model(card, model)
