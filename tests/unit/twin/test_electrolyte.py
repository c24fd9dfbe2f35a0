"""The electrolyte: salt is kept, its steady state is the closed one, and a thick cell is limited by it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import Refused, StudyError
from halfcell.twin.card import card_from_facts
from halfcell.twin.electrolyte import FARADAY, Electrolyte
from halfcell.twin.predict import predict

CARD = Path(__file__).resolve().parents[3] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
VALUES = {
    "concentration_mol_per_m3": 1000, "diffusion_m2_per_s": 3e-10, "conductivity_s_per_m": 1.0, "transference": 0.3,
    "thermodynamic_factor": 1.0, "bruggeman": 1.5, "anode_um": 80, "separator_um": 25, "cathode_um": 60,
    "anode_porosity": 0.35, "separator_porosity": 0.45, "cathode_porosity": 0.35,
}  # fmt: skip


def _electrolyte() -> Electrolyte:
    one = np.ones(1)
    return Electrolyte(
        concentration=1000 * one, diffusion=3e-10 * one, conductivity=one, transference=0.3 * one, factor=one,
        thickness=np.array([[80e-6, 25e-6, 60e-6]]), porosity=np.array([[0.35, 0.45, 0.35]]),
        efficiency=np.array([[0.35, 0.45, 0.35]]) ** 1.5,
        ampere_per_m2=one, thermal_volt=0.0257 * one,
    )  # fmt: skip


def test_salt_is_kept_and_the_steady_state_is_the_closed_one() -> None:
    """Steady: the gradient in the separator is (1 - t) i / (F D e^b); it falls to zero linearly at both ends."""
    made, current = _electrolyte(), np.array([20.0])
    salt = made.rested
    widths = np.repeat(made.thickness / np.array([10, 6, 10]), (10, 6, 10), axis=1)
    held = widths * np.repeat(made.porosity, (10, 6, 10), axis=1)
    for _ in range(200):
        salt = made.after(salt, current, np.array([0.02]))
    assert (salt * held).sum() == pytest.approx((made.rested * held).sum(), rel=1e-9)
    flux = 0.7 * 20 / FARADAY / 3e-10
    slope = flux / 0.45**1.5
    assert (salt[0, 10] - salt[0, 15]) / (25e-6 * 5 / 6) == pytest.approx(slope, rel=1e-6)
    over_anode = flux / 0.35**1.5 * 80e-6 / 2
    outer, inner = (salt[0, k] for k in (0, 9))
    assert outer - inner == pytest.approx(over_anode * (0.95**2 - 0.05**2), rel=1e-6), "a parabola, between centres"


def _facts() -> dict:
    facts = tomllib.loads(CARD.read_text(encoding="utf-8"))
    facts["electrolyte"] = {name: {"value": value, "source": "assumed"} for name, value in VALUES.items()}
    return facts


def test_a_thick_cell_is_limited_by_its_electrolyte() -> None:
    card = card_from_facts(_facts())
    thick = card.with_values({"electrolyte.anode_um": 250.0, "electrolyte.cathode_um": 250.0}, "test")
    found = [predict(one, [18.0, 900.0]).rows for one in (card, thick)]
    assert found[1][0].capacity == pytest.approx(found[0][0].capacity, rel=0.02)
    assert found[1][1].capacity < 0.8 * found[0][1].capacity
    assert not any("depletion" in doubt for doubt in predict(card, [900.0]).doubts)


def test_mistakes() -> None:
    facts = _facts()
    del facts["electrolyte"]["bruggeman"]
    with pytest.raises(StudyError) as caught:
        card_from_facts(facts)
    assert "electrolyte.bruggeman is missing" in str(caught.value.problems[0])
    card = card_from_facts(_facts())
    with pytest.raises(Refused, match="between 0 and 1"):
        predict(card.with_values({"electrolyte.anode_porosity": -0.1}, "test"), [18.0])
