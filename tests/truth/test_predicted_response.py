"""Predicted response: what is simulated from a card agrees with the card, and a series resistance is found again."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.twin.card import Card
from halfcell.twin.card_series import Joint
from halfcell.twin.cards import load_card
from halfcell.twin.techniques import predicted_response
from halfcell.twin.techniques.predicted_response.spread import spreads

CARD = load_card("composite-ncm811")
SWEEP = {"scan_rate_mv_s": 0.2, "cycles": 1, "step_mv": 8.0}


def _found(parameters: predicted_response.Parameters, **settings: object) -> predicted_response.PredictedResponseResult:
    scan = predicted_response.simulate(parameters, np.random.default_rng(3))
    made = predicted_response.Settings(**{"card": CARD, "active_mass_mg": 2.01, **settings})
    return predicted_response.analyse(scan, made).stamped(id="abc", label="C")


@pytest.fixture(scope="module")
def swept() -> predicted_response.PredictedResponseResult:
    """A card's own voltammogram beside its prediction."""
    return _found(predicted_response.Parameters(protocol="voltammetry", settings=SWEEP))


def test_peaks_of_the_cards_own_voltammogram(swept: predicted_response.PredictedResponseResult) -> None:
    """Within two records of 8 mV."""
    apart = [row["difference"] for row in swept.rows if row["difference"] is not None]
    assert len(apart) >= 2
    assert max(map(abs, apart)) <= 16


def _with_an_ohm() -> Card:
    """The card with 1 ohm of uncertainty in its series resistance of 5 ohm."""
    ohm = replace(CARD.values["cell.resistance_ohm"], std=1.0)
    return replace(CARD, values={**CARD.values, "cell.resistance_ohm": ohm})


def test_z_of_magnitudes() -> None:
    """At 1 kHz |Z| is uncertain by the 1 ohm that the card says of its resistance, and 3 ohm more are a z of 3."""
    found = _found(predicted_response.Parameters(values={"cell.resistance_ohm": 8.0}), card=_with_an_ohm())
    (top,) = [row for row in found.rows if row["name"] == "magnitude at 1000 Hz"]
    assert top["predicted_std"] == pytest.approx(1.0, rel=0.02)
    assert top["z"] == pytest.approx(3.0, abs=0.3)
    assert "z_of_the_card_alone" in {note.code for note in found.notes}


@pytest.mark.slow
def test_z_of_peaks() -> None:
    """A peak moves by 1 ohm times its current; measured and predicted at the same resistance, all z are below 3."""
    found = _found(predicted_response.Parameters(protocol="voltammetry", settings=SWEEP), card=_with_an_ohm())
    peaks = [row for row in found.rows if row["z"] is not None]
    assert peaks
    assert all(0 < row["predicted_std"] < 0.02 for row in peaks)
    assert abs(found["largest_z"].value) == max(abs(row["z"]) for row in peaks) < 3
    table = predicted_response.TABLES["measured and predicted"]([found])
    assert table.columns[-1].label == "z"
    assert "abc:z" in {row[-1].origin for row in table.rows}


def test_values_of_one_fit_move_a_prediction_together() -> None:
    """Two resistances of 1 ohm each that are known to sum to a fixed value leave no uncertainty."""
    stated = {path: replace(CARD.values["cell.resistance_ohm"], std=1.0) for path in ("cell.resistance_ohm", "cell.x")}
    card = replace(CARD, values={**CARD.values, **stated}, joint=())

    def total(one: Card) -> dict[str, float]:
        return {"a": one.value("cell.resistance_ohm") + one.value("cell.x")}

    paths = tuple(stated)
    apart = spreads(card, paths, total, total(card))
    fixed = replace(card, joint=(Joint(paths=paths, correlation=((1.0, -1.0), (-1.0, 1.0))),))
    together = spreads(fixed, paths, total, total(card))
    assert together["a"] < 0.2 * apart["a"]
    assert apart["a"] == pytest.approx(math.sqrt(2))


def test_a_series_resistance_shifts_all_magnitudes_alike() -> None:
    """Z is that of the card plus 10 ohm: at high frequency both are nearly real."""
    found = _found(predicted_response.Parameters(values={"cell.resistance_ohm": 15.0}))
    top = [row for row in found.rows if row["name"] == "magnitude at 1000 Hz"]
    assert top[0]["measured"] - top[0]["predicted"] == pytest.approx(10.0, abs=0.2)
    same = _found(predicted_response.Parameters())
    assert abs(same["mean_magnitude_difference"].value) < 1.5


def test_currents_are_per_gram_of_the_electrode_s_active_material(
    swept: predicted_response.PredictedResponseResult,
) -> None:
    """The charge of the predicted lithiation, over the scan rate, is a capacity that graphite and silicon have."""
    line = swept.lines[0]
    volt, per_gram = np.asarray(line.x), np.asarray(line.y)
    swept_charge = float(np.sum(np.abs(0.5 * (per_gram[1:] + per_gram[:-1]) * np.diff(volt)))) / 0.2e-3 / 3600.0
    assert 2.0 * 300.0 < swept_charge < 2.0 * 1600.0  # mAh/g, there and back


def test_differences_of_both_signs_do_not_cancel() -> None:
    """Half the frequencies are too high and half too low: the mean difference is that of their sizes."""
    scan = predicted_response.simulate(predicted_response.Parameters(), np.random.default_rng(3))
    factor = np.where(scan["frequency_hertz"] > np.median(scan["frequency_hertz"]), 1.2, 1 / 1.2)
    parts = {name: scan[name] * factor for name in ("real_impedance_ohm", "imaginary_impedance_ohm")}
    moved = replace(scan, columns={**scan.columns, **parts})
    settings = predicted_response.Settings(card=CARD, active_mass_mg=2.01)
    found = predicted_response.analyse(moved, settings)
    assert found["mean_magnitude_difference"].value == pytest.approx(18.5, abs=2.5)
    assert {np.sign(row["difference"]) for row in found.rows} == {-1.0, 1.0}


def test_figure_and_table(swept: predicted_response.PredictedResponseResult) -> None:
    figure = predicted_response.FIGURES["predicted response"]([swept])
    assert "Predicted from" in figure.caption
    table = predicted_response.TABLES["measured and predicted"]([swept])
    assert table.rows[0][1] is not None
    assert table.rows[0][1].origin == "abc:measured"


def test_refusals() -> None:
    none = _found(predicted_response.Parameters(), card=None)
    assert [note.code for note in none.notes] == ["no_prediction"]
    with pytest.raises(Refused, match="no cell card"):
        predicted_response.FIGURES["predicted response"]([none])
    whole = _found(predicted_response.Parameters(protocol="voltammetry", settings=SWEEP), part="cell")
    assert "one electrode" in whole.notes[0].text
    with pytest.raises(InputError, match="cycling data"):
        predicted_response.analyse(Measurement(technique="cycling", columns={}), predicted_response.Settings())


def test_a_magnitude_above_the_prediction_is_a_negative_difference() -> None:
    """15 ohm were measured where 5 are predicted, beside what the electrodes have."""
    found = _found(predicted_response.Parameters(values={"cell.resistance_ohm": 15.0}))
    top = next(row for row in found.rows if row["name"] == "magnitude at 1000 Hz")
    assert top["difference"] == pytest.approx(100.0 * (top["predicted"] - top["measured"]) / top["measured"], rel=1e-9)
    assert top["difference"] < 0


def test_a_peak_far_from_every_predicted_one_has_none_beside_it() -> None:
    """The reference is 0.9 V off: the card predicts no peak within 0.25 V of a measured one."""
    scan = predicted_response.simulate(
        predicted_response.Parameters(protocol="voltammetry", settings=SWEEP), np.random.default_rng(3)
    )
    moved = replace(scan, columns={**scan.columns, "voltage_volt": scan["voltage_volt"] + 0.9})
    found = predicted_response.analyse(moved, predicted_response.Settings(card=CARD, active_mass_mg=2.01))
    assert found.rows
    for row in found.rows:
        assert row["predicted"] is None or abs(row["predicted"] - row["measured"]) <= 0.25
    assert any(row["predicted"] is None for row in found.rows)
