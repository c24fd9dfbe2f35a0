"""Fits of several cards: what is shared, priors that are named, uncertainties that stated ones give, cards written."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from halfcell.cli import main
from halfcell.core.errors import InputError, Refused
from halfcell.twin.card import Card, Stated, read_card
from halfcell.twin.card_series import Target
from halfcell.twin.card_writer import card_text
from halfcell.twin.cards import load_card
from halfcell.twin.fit import Free, fit
from halfcell.twin.intervals import intervals
from halfcell.twin.predict import predict

TAU, FULL, SPREAD = "anode.diffusion_hours", "anode.charged_content", "anode.size_spread"
CURRENTS = (90.0, 540.0)


def _series(card: Card, factors: Sequence[float] = (1.0, 1.0), **stated: float) -> Card:
    """The card with capacities of its own, times factors."""
    capacity = [row.capacity * factor for row, factor in zip(predict(card, CURRENTS).rows, factors, strict=True)]
    target = Target(source="simulated", current=CURRENTS, capacity=tuple(capacity), **stated)
    return replace(card, targets=(target,))


def _known(card: Card, path: str, std: float) -> Card:
    return replace(card, values={**card.values, path: replace(card.values[path], std=std)})


def test_a_prior_holds_what_the_data_do_not_tell() -> None:
    """One capacity says nothing of the spread beside the content: it stays what its prior says, and the fit says so."""
    whole = _series(load_card("graphite-ncm811"), capacity_percent=0.5)
    target = whole.targets[0]
    one = replace(target, current=target.current[:1] * 2, capacity=target.capacity[:1] * 2)
    card = _known(replace(whole, targets=(one,)), SPREAD, 0.05)
    found = fit([card], [FULL, SPREAD], [SPREAD])
    assert found.priors == (SPREAD,)
    assert found.std[SPREAD] == pytest.approx(0.05, rel=0.1)
    assert any("tell next to nothing of anode.size_spread" in doubt for doubt in found.doubts)
    assert found.values[FULL] == pytest.approx(card.value(FULL), abs=0.02)
    with pytest.raises(InputError, match="needs a width"):
        fit([_series(load_card("graphite-ncm811"))], [TAU, SPREAD], [SPREAD])
    with pytest.raises(InputError, match="is not free"):
        fit([card], [TAU], [SPREAD])


def test_what_a_card_states_with_an_uncertainty_goes_along() -> None:
    """Content times capacity of the anode is what one series tells: 2 % of the latter are in the former."""
    card = _series(load_card("graphite-ncm811"), capacity_percent=0.5)
    (target,) = card.targets
    card = replace(card, targets=(replace(target, current=target.current * 3, capacity=target.capacity * 3),))
    alone = fit([card], [FULL])
    assert (alone.carried, alone.priors) == ((), ())
    assert {"cathode.diffusion_hours", "cell.lower_volt"} <= set(alone.held)
    assert not any(path.endswith("_mg") for path in alone.held)
    held = card.value("anode.capacity_mah_per_g")
    found = fit([_known(card, "anode.capacity_mah_per_g", 0.02 * held)], [FULL])
    assert found.carried == found.priors == ("anode.capacity_mah_per_g",)
    assert found.values[FULL] == pytest.approx(alone.values[FULL], abs=0.002)
    wide = math.hypot(alone.std[FULL], 0.02 * alone.values[FULL])
    assert found.std[FULL] == pytest.approx(wide, rel=0.15)
    ((name, (low, high)),) = intervals(found).items()
    assert name == FULL
    assert low is not None
    assert high is not None
    assert high - low > 3.9 * wide


def test_what_was_fitted_before_does_not_go_along() -> None:
    card = _series(load_card("graphite-ncm811"), capacity_percent=0.5)
    stated = replace(card.values[TAU], std=0.1, source="fitted: Table S5")
    assert fit([replace(card, values={**card.values, TAU: stated})], [FULL]).carried == ()


def test_no_interval_around_what_is_no_minimum() -> None:
    found = fit([_series(load_card("graphite-ncm811"), capacity_percent=0.5)], [FULL])
    beside = {**found.values, FULL: found.values[FULL] - 0.05}
    with pytest.raises(Refused, match="other values fit better"):
        intervals(replace(found, values=beside))


def test_a_shift_moves_the_voltage_as_it_is() -> None:
    """With both limits moved by as much, the discharge is the same but for the shift."""
    card = load_card("graphite-ncm811")
    limits = {path: card.value(path) + 0.01 for path in ("cell.upper_volt", "cell.lower_volt")}
    given = Stated(value=0.01, source="test")
    moved = replace(card, values={**card.values, "cell.open_circuit_shift_volt": given}).with_values(limits, "test")
    for one, other in zip(predict(card, CURRENTS).rows, predict(moved, CURRENTS).rows, strict=True):
        assert other.capacity == pytest.approx(one.capacity, rel=1e-5)
        assert other.mean_volt == pytest.approx(one.mean_volt + 0.01, abs=1e-5)


@pytest.mark.slow
def test_stated_uncertainties_give_those_of_the_values() -> None:
    """The content goes with the capacity: twice the stated uncertainty is twice that of the content, noise or not."""
    base = load_card("graphite-ncm811")
    one, two = (fit([_series(base, capacity_percent=percent)], [FULL]) for percent in (0.5, 1.0))
    assert one.scatter < 0.5
    assert two.std[FULL] == pytest.approx(2 * one.std[FULL], rel=0.02)
    wrong = fit([_series(base, (1.1, 0.9), capacity_percent=0.5)], [FULL])
    assert wrong.std[FULL] > 5 * one.std[FULL]
    assert any("the model is not this cell" in doubt for doubt in wrong.doubts)


def test_a_value_of_some_cards() -> None:
    base = load_card("graphite-ncm811")
    cards = [_series(base.with_values({TAU: tau, SPREAD: 0.0}, "x")) for tau in (1.0, 1.0, 3.0)]
    found = fit(cards, [Free(TAU, (0, 1)), Free(TAU, 2)])
    assert found.values["anode.diffusion_hours of cards 1 and 2"] == pytest.approx(1.0, rel=0.03)
    assert found.values["anode.diffusion_hours of card 3"] == pytest.approx(3.0, rel=0.03)


@pytest.mark.slow
def test_the_verb_fits_several_cards_and_writes_them(capsys, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.toml" for name in "ab"]
    for path, tau in zip(paths, (1.0, 2.0), strict=True):
        card = _series(load_card("graphite-ncm811").with_values({TAU: tau}, "x"), capacity_percent=0.5)
        path.write_text(card_text(card), encoding="utf-8")
    out = tmp_path / "fitted.toml"
    words = ["twin", "fit", str(paths[0]), "--with-card", str(paths[1]), "--write", str(out), "--json"]
    assert main([*words, "--free", f"{TAU}@1", "--free", f"{TAU}@2", "--free", FULL]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["values"][f"{TAU} of card 2"]["value"] == pytest.approx(2.0, rel=0.05)
    assert len(made["cards"]) == 2
    second = read_card(tmp_path / "fitted-2.toml")
    assert second.values[TAU].std
    assert second.joint[0].paths == (TAU, FULL)
    assert main(["twin", "predict", str(tmp_path / "fitted-2.toml"), "--band", "--current", "90"]) == 0
    assert "median (5 to 95 %)" in capsys.readouterr().out
    assert main([*words, "--free", f"{TAU}@3"]) == 2
