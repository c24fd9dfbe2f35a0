"""Design of a cell both ways: loadings, N/P, masses; which loading gives an energy density, and when none does."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError, Refused
from halfcell.materials import cell_balance
from halfcell.twin.card import card_from_facts, read_card
from halfcell.twin.card_writer import card_text
from halfcell.twin.cards import load_card, own_cards
from halfcell.twin.design import design, loading_for, scaled, with_np_ratio
from halfcell.twin.predict import predict

BASIS = "electrodes and separator"


def test_a_design_is_what_the_card_weighs() -> None:
    """Table S5: 12.18 mg of NCM811 and 2.01 mg of composite on 0.7854 cm2; and both electrodes."""
    made = design(load_card("composite-ncm811"), [18.0])
    assert made.loading == pytest.approx((2.01 / 0.7854, 12.18 / 0.7854))
    assert made.areal == pytest.approx((2.01 * 1.2554 / 0.7854, 12.18 * 0.215 / 0.7854))
    assert made.mass[BASIS] == pytest.approx((2.87 + 15.23 + 1.76) / 0.7854)
    assert made.rows[0].energy_density[BASIS] == pytest.approx(
        predict(made.card, [18.0]).rows[0].energy_density, rel=1e-3
    )
    assert made.np_ratio == pytest.approx(2.01 * 1255.4 / (12.18 * 215))
    assert any("N/P ratio is 0.964" in doubt for doubt in made.doubts)
    assert set(made.mass) == {"active materials", "electrodes", BASIS}


@pytest.mark.parametrize("target", [260.0, 275.0])
def test_which_loading_gives_an_energy_density(target: float) -> None:
    card = load_card("graphite-ncm811")
    found = loading_for(card, target, BASIS, 18.0)
    assert design(found, [18.0]).rows[0].energy_density[BASIS] == pytest.approx(target, rel=1e-4)
    assert design(found, [18.0]).np_ratio == pytest.approx(design(card, [18.0]).np_ratio)


def test_at_low_rate_it_is_that_of_the_balance() -> None:
    """Without resistance and slowly, capacity and voltage do not depend on the loading: f = w s / (q V - w k)."""
    card = load_card("graphite-ncm811").with_values({"cell.resistance_ohm": 0.0}, "test")
    row = predict(card, [2.0]).rows[0]
    area = card.value("cell.area_cm2")
    parts = {
        name: cell_balance.BalancedElectrode(
            loading_mg_per_cm2=card.value(f"{name}.active_mg") / area,
            active_fraction=card.value(f"{name}.active_mg") / card.value(f"{name}.electrode_mg"),
            first_mah_per_g=capacity,
            reversible_mah_per_g=capacity,
        )
        for name, capacity in (("anode", 1000.0), ("cathode", row.capacity))
    }
    separator = card.value("cell.separator_mg") / area
    cell = cell_balance.CellBalance(**parts, separator_mg_per_cm2=separator)
    expected = cell_balance.loading_for(cell, row.mean_volt, BASIS, 275.0)
    found = loading_for(card, 275.0, BASIS, 2.0)
    loading = found.value("cathode.active_mg") / area
    assert loading == pytest.approx(expected.cathode.loading_mg_per_cm2, rel=0.01)


def test_what_no_loading_gives_is_refused() -> None:
    card = load_card("composite-ncm811")
    with pytest.raises(Refused, match="no loading gives 460") as caught:
        loading_for(card, 460.0, BASIS, 180.0)
    assert "the best is" in caught.value.hint
    with pytest.raises(Refused, match="every loading gives more"):
        loading_for(card, 300.0, "electrodes", 18.0)
    with pytest.raises(InputError, match="does not say what the cell weighs"):
        loading_for(card, 300.0, "cell", 18.0)


def test_masses_of_stack_and_cell() -> None:
    facts = tomllib.loads(card_text(load_card("composite-ncm811")))
    facts["cell"] |= {
        name: {"value": value, "source": "test"}
        for name, value in (("collectors_mg", 10.0), ("electrolyte_mg", 5.0), ("casing_mg", 3000.0))
    }
    made = design(card_from_facts(facts), [18.0])
    area = 0.7854
    assert made.mass["stack"] - made.mass[BASIS] == pytest.approx(15.0 / area)
    assert made.mass["cell"] - made.mass["stack"] == pytest.approx(3000.0 / area)
    twice = design(scaled(made.card, 2.0), [18.0])
    assert twice.mass["stack"] - twice.mass[BASIS] == pytest.approx(20.0 / area), "collectors stay, electrolyte grows"


def test_the_anode_for_an_np_ratio_keeps_the_lithium() -> None:
    card = load_card("composite-ncm811")
    larger = with_np_ratio(card, 1.2)
    made, before = design(larger, [18.0]), design(card, [18.0])
    assert made.np_ratio == pytest.approx(1.2)
    assert made.card.value("anode.charged_content") * made.areal[0] == pytest.approx(
        card.value("anode.charged_content") * before.areal[0]
    )
    assert made.rows[0].capacity == pytest.approx(before.rows[0].capacity, rel=0.02)
    with pytest.raises(Refused, match="does not hold the lithium"):
        with_np_ratio(card, 0.85)


def test_more_active_mass_than_electrode_is_refused() -> None:
    with pytest.raises(Refused, match=r"more than anode\.electrode_mg"):
        predict(load_card("composite-ncm811").with_values({"anode.active_mg": 3.0}, "test"), [18.0])


def test_the_verb(capsys, tmp_path: Path) -> None:
    path = tmp_path / "designed.toml"
    words = ["twin", "design", "composite-ncm811", "--target", "400", "--current", "18", "--write", str(path)]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "400 Wh/kg (electrodes and separator) at 18 mA/g: 1.14" in out
    assert main([*words, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["rows"][0]["energy_density_wh_per_kg"][BASIS] == pytest.approx(400.0, rel=1e-3)
    assert read_card(path).value("cathode.active_mg") == pytest.approx(made["loading_mg_per_cm2"]["cathode"] * 0.7854)
    assert main(["twin", "design", "composite-ncm811", "--target", "900", "--current", "18"]) == 2


@pytest.mark.parametrize("name", own_cards())
def test_a_written_card_is_the_same(name: str) -> None:
    card = load_card(name)
    again = card_from_facts(tomllib.loads(card_text(card)), card.origin)
    for part in ("title", "values", "phases", "shapes", "electrolyte", "joint", "notes"):
        assert getattr(again, part) == getattr(card, part)
    assert str(again.targets) == str(card.targets)
