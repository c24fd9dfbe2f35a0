"""The ladder of a solid electrolyte beside Newman's porous electrode, and contacts under pressure."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.twin.bpx_writer import bpx_facts
from halfcell.twin.card import Card, card_from_facts
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled, series_ohm
from halfcell.twin.electrode import Electrode, at_volt
from halfcell.twin.ladder import DEPTHS, Ladder
from halfcell.twin.potentials import GRID, tables_of
from halfcell.twin.predict import predict

CARD = Path(__file__).resolve().parents[3] / "src" / "halfcell" / "twin" / "cards" / "composite-lpsc-ncm811.toml"
SOLID = {
    "conductivity_s_per_m": 0.3, "conductivity_activation_kj_per_mol": 29.0, "separator_um": 600, "cathode_um": 75,
    "cathode_share": 0.35, "cathode_tortuosity": 2.5, "electronic_s_per_m": 1.0,
}  # fmt: skip
CONTACT = {"ohm_cm2": 6.0, "reference_mpa": 50, "pressure_mpa": 50, "exponent": 1.0}


def _electrode(transfer: float, depths: int) -> Electrode:
    """A flat potential, particles that do not change, and a linear reaction of `transfer` V per unit of current."""
    one = np.ones((1, 1))
    volt = 3.7 - 1e-9 * GRID
    exchange = 0.0257 / transfer * 2  # at content 0.5 the root of x (1 - x) is 1/2
    electrode = Electrode(
        share=one, tau=one * 1e-6, exchange=one * exchange,
        tables=tables_of(np.array([[volt, volt]]), np.zeros(1, int)),
        decay=np.ones(1), capacity=np.ones(1), thermal_volt=one * 0.0257,
    )  # fmt: skip
    return electrode.at_depths(depths)


def _drop(ionic: float, electronic: float, transfer: float, depths: int = 160) -> float:
    """Resistance of the ladder for a small current, V per unit of current."""
    electrode = _electrode(transfer, depths)
    state = at_volt(electrode, np.full(depths, 3.7), 0)
    rested = np.full((depths, 1), 0.5)
    state = replace(state, average=rested)
    current = np.array([1e-4])
    ladder = Ladder(np.array([ionic]), np.array([electronic]), depths)
    return (3.7 - float(ladder.advance(electrode, state, current, np.array([1e-9]))[1][0])) / 1e-4


@pytest.mark.parametrize(("ionic", "transfer"), [(1e-6, 1.0), (1.0, 1.0), (5.0, 0.2), (50.0, 0.5)])
def test_one_path_is_newmans_hyperbolic_cotangent(ionic: float, transfer: float) -> None:
    """Linear kinetics, no gradients: ``R = R_i coth(v) / v``, v^2 = R_i / R_ct (Newman and Tiedemann 1975, eq. for a
    matrix that conducts without resistance)."""
    v = math.sqrt(ionic / transfer)
    assert _drop(ionic, 0.0, transfer) == pytest.approx(ionic / (v * math.tanh(v)), rel=3e-3)


@pytest.mark.parametrize(("ionic", "electronic", "transfer"), [(1.0, 1.0, 1.0), (4.0, 1.0, 0.5), (0.5, 8.0, 2.0)])
def test_two_paths(ionic: float, electronic: float, transfer: float) -> None:
    """``R = R_i R_e / (R_i + R_e) (1 + (2 + (R_i/R_e + R_e/R_i) cosh v) / (v sinh v))``, v^2 = (R_i + R_e) / R_ct
    (J. Newman and C. W. Tobias, J. Electrochem. Soc. 109 (1962) 1183)."""
    v = math.sqrt((ionic + electronic) / transfer)
    ratio = ionic / electronic + electronic / ionic
    whole = ionic * electronic / (ionic + electronic) * (1 + (2 + ratio * math.cosh(v)) / (v * math.sinh(v)))
    assert _drop(ionic, electronic, transfer) == pytest.approx(whole, rel=3e-3)


def _card(**tables: dict[str, float]) -> Card:
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    for name, table in tables.items():
        facts[name] = {key: {"value": value, "source": "assumed"} for key, value in table.items()}
    return card_from_facts(facts, "my.toml")


def test_a_ladder_without_resistance_is_the_cell_without_it() -> None:
    easy = SOLID | {"conductivity_s_per_m": 1e3, "electronic_s_per_m": 1e3}
    plain, ladder = (predict(card, [18.0, 360.0]).rows for card in (_card(), _card(solid=easy)))
    assert [row.capacity for row in ladder] == pytest.approx([row.capacity for row in plain], rel=1e-4)
    assert [row.mean_volt for row in ladder] == pytest.approx([row.mean_volt for row in plain], abs=1e-4)


def test_a_slow_electrolyte_leaves_the_back_of_the_cathode_unused() -> None:
    slow = SOLID | {"conductivity_s_per_m": 0.01}
    fast, held = (predict(_card(solid=one), [360.0]).rows[0] for one in (SOLID, slow))
    assert held.capacity < 0.9 * fast.capacity
    finer = predict(_card(solid=slow), [360.0], steps=160).rows[0]
    assert finer.capacity == pytest.approx(held.capacity, rel=5e-3)


def test_twice_as_many_depths_change_nothing() -> None:
    card = _card(solid=SOLID | {"conductivity_s_per_m": 0.05})
    found = []
    for depths in (DEPTHS, 2 * DEPTHS):
        cell = compiled([card], depths=depths)
        found.append(discharge(cell, np.array([360.0])))
    assert found[0].capacity == pytest.approx(found[1].capacity, rel=5e-3)
    assert found[0].mean_volt == pytest.approx(found[1].mean_volt, rel=5e-3)


def test_warmth_conducts() -> None:
    """By Arrhenius: 29 kJ/mol from 25 to 60 degC is a factor of 3.42 in the separator's resistance."""
    warm, cool = (_card(solid=SOLID).with_values({"cell.temperature_celsius": t}, "x") for t in (60.0, 25.0))
    extra = [float(series_ohm([card])[0]) - card.value("cell.resistance_ohm") for card in (cool, warm)]
    assert extra[0] == pytest.approx(600e-6 / 0.3 / 0.7854e-4, rel=1e-6)
    assert extra[0] / extra[1] == pytest.approx(math.exp(29 / 8.314462618e-3 * (1 / 298.15 - 1 / 333.15)), rel=1e-6)


def test_pressure_closes_contacts() -> None:
    """Where the true area grows with the load, half the pressure doubles the resistance."""
    base = float(series_ohm([_card(contact=CONTACT)])[0])
    assert base == pytest.approx(20 + 6.0 / 0.7854)
    half = _card(contact=CONTACT | {"pressure_mpa": 25})
    assert float(series_ohm([half])[0]) == pytest.approx(20 + 12.0 / 0.7854)
    low = _card(contact=CONTACT | {"pressure_mpa": 2.0})
    assert predict(low, [360.0]).rows[0].capacity < predict(_card(contact=CONTACT), [360.0]).rows[0].capacity
    assert any("stack pressure is 0.04 times" in doubt for doubt in predict(low, [360.0]).doubts)
    with pytest.raises(Refused, match="above 0"):
        predict(_card(contact=CONTACT | {"pressure_mpa": 0.0}), [18.0])


def test_what_no_solid_cell_is() -> None:
    for wrong, words in (
        ({"cathode_tortuosity": 0.5}, "no path is shorter"),
        ({"cathode_share": 1.2}, "between 0 and 1"),
    ):
        with pytest.raises(Refused, match=words):
            predict(_card(solid=SOLID | wrong), [18.0])


def test_bpx_says_what_it_cannot_hold_of_a_solid_cell() -> None:
    made = bpx_facts(_card(solid=SOLID, contact=CONTACT))
    assert any(loss.startswith("solid: ") for loss in made.losses)
    assert any(loss.startswith("contact: ") for loss in made.losses)
    held = next(v for k, v in made.facts["Parameterisation"]["User-defined"].items() if k != "description")
    assert held == pytest.approx(float(series_ohm([_card(solid=SOLID, contact=CONTACT)])[0]))
