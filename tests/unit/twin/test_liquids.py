"""Liquid electrolytes over the concentration, what a card may say of them, and cells that warm themselves."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused, StudyError
from halfcell.twin.card import Card, Stated, card_from_facts
from halfcell.twin.card_half_cell import half_cell_of, left_out
from halfcell.twin.card_writer import card_text
from halfcell.twin.cell import advanced, charged
from halfcell.twin.compile import compiled
from halfcell.twin.electrode import at_volt
from halfcell.twin.electrolyte import FARADAY, Electrolyte
from halfcell.twin.half_cell import half_cycle
from halfcell.twin.liquids import LIQUIDS, liquid_of
from halfcell.twin.predict import predict

CARD = Path(__file__).resolve().parents[3] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
GEOMETRY = {
    "concentration_mol_per_m3": 1000, "bruggeman": 1.5, "anode_um": 80, "separator_um": 25, "cathode_um": 80,
    "anode_porosity": 0.35, "separator_porosity": 0.45, "cathode_porosity": 0.35,
}  # fmt: skip
CONSTANT = {
    "diffusion_m2_per_s": 1.769e-10,
    "conductivity_s_per_m": 0.9487,
    "transference": 0.2594,
    "thermodynamic_factor": 1.0,
}


def _card(liquid: str = "", **more: float) -> Card:
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    given = {**GEOMETRY, **({} if liquid else CONSTANT), **more}
    facts["electrolyte"] = {name: {"value": value, "source": "assumed"} for name, value in given.items()}
    if liquid:
        facts["electrolyte"]["liquid"] = liquid
    return card_from_facts(facts)


def test_values_at_one_mole_per_litre() -> None:
    """Nyman 2008 at 25 degC: D 1.769e-10 m2/s, 9.49 mS/cm. Landesfeind 2019: 9 to 10 mS/cm, t+ 0.2 to 0.3."""
    nyman = liquid_of("nyman 2008")
    assert nyman.at(nyman.diffusion, 1000.0, 298.15) == pytest.approx(1.769e-10, rel=1e-3)
    assert nyman.at(nyman.conductivity, 1000.0, 298.15) == pytest.approx(0.9487, rel=1e-3)
    other = liquid_of("Landesfeind 2019")
    assert other.transference is not None
    assert other.at(other.conductivity, 1000.0, 298.15) == pytest.approx(0.95, abs=0.05)
    assert 0.2 < other.at(other.transference, 1000.0, 298.15) < 0.3
    assert other.at(other.conductivity, 1000.0, 323.15) > 1.3 * other.at(other.conductivity, 1000.0, 298.15)


@pytest.mark.parametrize("liquid", LIQUIDS, ids=lambda one: one.name)
def test_no_property_is_negative_where_salt_runs_out_or_gathers(liquid) -> None:
    salt = np.linspace(-500.0, 6000.0, 200)
    for kelvin in (263.15, 298.15, 333.15):
        assert (liquid.at(liquid.diffusion, salt, kelvin) > 0).all()
        assert (liquid.at(liquid.conductivity, salt, kelvin) > 0).all()


def test_a_steady_salt_profile_is_that_of_its_diffusion_coefficient() -> None:
    """In the separator (1 - t) i / F = D(c) e^b dc/dx, so that the integral of D over c is linear in x."""
    one = np.ones(1)
    porosity = np.array([[0.35, 0.45, 0.35]])
    made = Electrolyte(
        concentration=1000 * one, diffusion=one, conductivity=one, transference=0.2594 * one, factor=one,
        thickness=np.array([[80e-6, 60e-6, 80e-6]]), porosity=porosity, efficiency=porosity**1.5,
        ampere_per_m2=one, thermal_volt=0.0257 * one, liquid=liquid_of("Nyman 2008"), counts=(40, 40, 40),
    )  # fmt: skip
    salt = made.rested
    for _ in range(300):
        salt = made.after(salt, np.array([40.0]), np.array([0.02]))
    mole = salt[0, 40:80] * 1e-3
    integral = 1e3 * (8.794e-11 * mole**3 / 3 - 3.972e-10 * mole**2 / 2 + 4.862e-10 * mole)
    slope = np.diff(integral) / (60e-6 / 40)
    assert slope == pytest.approx(np.full(39, -(1 - 0.2594) * 40 / FARADAY / 0.45**1.5), rel=2e-3)


def test_a_liquid_says_what_the_card_does_not() -> None:
    whole = _card("Landesfeind 2019")
    assert card_from_facts(tomllib.loads(card_text(whole))).liquid == "Landesfeind 2019"
    assert "transference is missing" in _mistake("Nyman 2008", thermodynamic_factor=1.0)
    assert "conductivity_s_per_m is given twice" in _mistake("Landesfeind 2019", conductivity_s_per_m=1.0)
    assert "no liquid electrolyte 'Nymann 2008'" in _mistake("Nymann 2008", transference=0.3, thermodynamic_factor=1.0)


def _mistake(liquid: str, **more: float) -> str:
    with pytest.raises(StudyError) as caught:
        _card(liquid, **more)
    return " ".join(map(str, caught.value.problems))


def test_depletion_costs_more_where_the_properties_go_with_the_salt() -> None:
    """At rest both liquids are alike; where salt is depleted the conductivity of the real one falls."""
    real = _card("Nyman 2008", transference=0.2594, thermodynamic_factor=1.0)
    thick = {"electrolyte.anode_um": 160.0, "electrolyte.cathode_um": 160.0}
    slow, fast = (
        [predict(one.with_values(thick, "test"), [rate]) for one in (_card(), real)] for rate in (18.0, 540.0)
    )
    volts = [[one.rows[0].mean_volt for one in pair] for pair in (slow, fast)]
    assert volts[0][1] == pytest.approx(volts[0][0], abs=2e-3)
    assert volts[1][1] < volts[1][0] - 3e-3


def test_a_cell_that_warms_itself_loses_less_and_keeps_its_energy() -> None:
    """Adiabatic: what the current loses is what warms the cell, C dT, to the step of time."""
    card = replace(
        _card("Landesfeind 2019"),
        values={
            **_card("Landesfeind 2019").values,
            "cell.heat_capacity_j_per_k": replace(_card().values["cell.area_cm2"], value=0.05),
            "cell.cooling_w_per_k": replace(_card().values["cell.area_cm2"], value=0.0),
        },
    )
    cell = compiled([card])
    state, current, gram = charged(cell), np.array([540.0]), card.value("cathode.active_mg") * 1e-3
    heat, before = 0.0, float(state.kelvin[0])
    for _ in range(60):
        after = advanced(cell, state, current, np.array([0.002]))
        heat += 0.05 * float(after.kelvin[0] - state.kelvin[0])
        state = after
    assert heat == pytest.approx(0.05 * (float(state.kelvin[0]) - before))
    assert before + 1 < float(state.kelvin[0]) < before + 100
    given = 0.12 * 540.0 * 3.6 * gram
    assert heat < given, "less heat than a volt of loss would make"
    cold = compiled([_card("Landesfeind 2019")])
    other = charged(cold)
    for _ in range(60):
        other = advanced(cold, other, current, np.array([0.002]))
    assert float(state.volt[0]) > float(other.volt[0]) + 5e-3


def test_what_no_cell_that_warms_itself_is() -> None:
    values = {**_card().values, "cell.heat_capacity_j_per_k": replace(_card().values["cell.area_cm2"], value=1.0)}
    with pytest.raises(Refused, match="alone says no temperature"):
        compiled([replace(_card(), values=values)])


def test_temperatures_at_which_a_liquid_was_not_measured_are_doubted() -> None:
    def doubts(liquid: str, celsius: float, **more: float) -> str:
        card = _card(liquid, **more).with_values({"cell.temperature_celsius": celsius}, "test")
        return " ".join(predict(card, [90.0]).doubts)

    salt = {"transference": 0.26, "thermodynamic_factor": 1.0}
    assert "measured at -10 to 50 degC, the cell is at -20" in doubts("Landesfeind 2019", -20.0)
    assert "was measured" not in doubts("Landesfeind 2019", 45.0)
    assert "measured at 25 degC, the cell is at 45" in doubts("Nyman 2008", 45.0, **salt)
    warm = {"diffusion_activation_kj_per_mol": 17.0, "conductivity_activation_kj_per_mol": 17.0}
    assert "was measured" not in doubts("Nyman 2008", 45.0, **salt, **warm)


def test_half_cells_with_lithium_lose_more_at_high_rates() -> None:
    """At a slow rate both end alike; the salt that runs out and the metal cost more at a high one."""
    metal = Stated(value=8.0, source="assumed")
    card = _card("Landesfeind 2019")
    with_lithium = replace(card, values={**card.values, "counter.exchange_a_per_m2": metal})
    assert left_out(half_cell_of(card)) == ()
    assert "left out here" in left_out(half_cell_of(with_lithium))[0]
    for current, least, most in ((0.02, 0.0, 0.02), (8.0, 0.01, 0.9)):
        ends = []
        for one in (card, with_lithium):
            half = half_cell_of(one, "cathode")
            state = at_volt(half.electrode, np.array([4.2]), 0)
            ends.append(float(half_cycle(half.electrode, state, current, 3.2, half.outside).charge[-1]))
        assert least <= 1 - ends[1] / ends[0] <= most
