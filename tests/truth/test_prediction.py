"""Prediction: cycles simulated from a card agree with it, and z is that of the uncertainties that made them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.figure import Figure
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.twin.card import Card
from halfcell.twin.cards import load_card
from halfcell.twin.techniques import prediction
from halfcell.twin.techniques.prediction.overlays import OVERLAYS, with_predictions

CELL = {"kind": CellKind.FULL, "cathode_active_mass_mg": 12.18, "area_cm2": 0.7854}
CURRENTS = (18.0, 180.0, 540.0)


def _with_std(path: str, std: float) -> Card:
    card = load_card("graphite-ncm811")
    return replace(card, values={**card.values, path: replace(card.values[path], std=std)})


def _found(card: Card, seed: int = 0, **changed: object) -> prediction.PredictionResult:
    settings = {**CELL, **{key: value for key, value in changed.items() if key in prediction.Settings.__annotations__}}
    values = changed.get("values", {})
    scan = prediction.simulate(prediction.Parameters(values=values, current_ma_g=CURRENTS), np.random.default_rng(seed))
    return prediction.analyse(scan, prediction.Settings(card=card, **settings)).stamped(id="abc", label="G")


@pytest.fixture(scope="module")
def same() -> prediction.PredictionResult:
    """A cell that is what its card says."""
    return _found(load_card("graphite-ncm811"))


def test_a_cell_of_the_card_is_predicted(same: prediction.PredictionResult) -> None:
    assert [row["current_density"] for row in same.rows] == pytest.approx(CURRENTS)
    assert [row["cycle"] for row in same.rows] == [2, 4, 6]
    assert abs(same["largest_capacity_error"].value) < 0.1
    assert same["mean_voltage_error"].value < 1
    assert "largest_z" not in same.quantities
    assert {note.code for note in same.notes} == {"card_assumed", "no_z"}


def test_z_is_that_of_what_was_drawn() -> None:
    """A content two standard uncertainties lower gives z = -2 at each rate, whatever the rate makes of it."""
    card = _with_std("anode.charged_content", 0.01)
    lower = {"anode.charged_content": card.value("anode.charged_content") - 0.02}
    found = _found(card, values=lower, draws=128)
    assert [row["capacity_z"] for row in found.rows] == pytest.approx([-2.0] * 3, abs=0.35)
    assert all(row["predicted_capacity_low"] < row["predicted_capacity"] for row in found.rows)


def test_a_measured_uncertainty_makes_z_smaller() -> None:
    card = _with_std("anode.charged_content", 0.01)
    lower = {"anode.charged_content": card.value("anode.charged_content") - 0.02}
    plain, known = (_found(card, values=lower, active_mass_std_mg=std) for std in (None, 0.4))
    for one, two in zip(plain.rows, known.rows, strict=True):
        width = (one["predicted_capacity_high"] - one["predicted_capacity_low"]) / 3.29
        expected = abs(one["capacity_z"]) * width / np.hypot(width, 0.4 / 12.18 * two["capacity"])
        assert abs(two["capacity_z"]) == pytest.approx(expected, rel=0.02)
    assert "z_of_the_card_alone" in {note.code for note in plain.notes} - {note.code for note in known.notes}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"card": None}, "no cell card"),
        ({"kind": CellKind.HALF, "active_mass_mg": 1.0}, "full cells"),
        ({"cathode_active_mass_mg": None}, "cathode's active material"),
        ({"cathode_active_mass_mg": None, "active_mass_mg": 12.18}, "cathode's active material"),  # of the anode
    ],
)
def test_what_cannot_be_predicted_is_refused(changed: dict, words: str) -> None:
    scan = prediction.simulate(prediction.Parameters(current_ma_g=(180.0,)), np.random.default_rng(0))
    settings = prediction.Settings(**{"card": load_card("graphite-ncm811"), **CELL, **changed})
    found = prediction.analyse(scan, settings)
    assert found.quantities == {}
    assert any(note.level == "refused" and words in note.text for note in found.notes)
    for show in (*prediction.TABLES.values(), *prediction.FIGURES.values()):
        with pytest.raises(Refused, match="no prediction"):
            show([found])


def test_a_card_of_another_cell_is_doubted() -> None:
    found = _found(load_card("graphite-ncm811"), cathode_active_mass_mg=10.0)
    assert any("is it the card of this cell?" in note.text for note in found.notes if note.level == "doubt")


def test_doubts_about_the_cycles_are_passed_on() -> None:
    """A counter that loses a tenth of what flows while charging: efficiencies of 110 % are doubted."""
    scan = prediction.simulate(prediction.Parameters(current_ma_g=(180.0,)), np.random.default_rng(0))
    current = np.where(scan["current_ampere"] > 0, scan["current_ampere"] / 1.1, scan["current_ampere"])
    columns = {name: values for name, values in scan.columns.items() if not name.endswith(("_ah", "_wh"))}
    leaky = replace(scan, columns={**columns, "current_ampere": current})
    found = prediction.analyse(leaky, prediction.Settings(card=load_card("graphite-ncm811"), **CELL))
    doubts = {note.code for note in found.notes if note.level == "doubt"}
    assert doubts & {"efficiency_above_100", "efficiencies_above_100"}, doubts


def test_a_card_file_that_is_none() -> None:
    from halfcell.twin.card_of_file import card_of

    scan = Measurement(technique="cycling", columns={})
    with pytest.raises(InputError, match="no cell card"):
        card_of(scan, prediction.Settings())


def test_the_table_sets_measured_beside_predicted(same: prediction.PredictionResult) -> None:
    table = prediction.TABLES["measured and predicted"]([same])
    first = [entry.text for entry in table.rows[0] if entry]
    assert first[:4] == ["2", "18", "162.7", "162.6"]
    assert table.rows[0][3].origin == "abc:predicted_capacity"
    assert "z" not in [column.label for column in table.columns]
    assert any("no value of the card has a standard uncertainty" in note for note in table.notes)


@pytest.mark.parametrize("show", OVERLAYS)
def test_predictions_lie_over_what_was_measured(show: str, same: prediction.PredictionResult) -> None:
    """The dotted lines end at the capacities that the cell of the card has, too."""
    scan = prediction.simulate(prediction.Parameters(current_ma_g=CURRENTS), np.random.default_rng(0))
    measured = cycling.analyse(scan, cycling.Settings(**CELL)).stamped(label="G")
    figure = with_predictions(cycling.FIGURES[show]([measured]), show, [same])
    dotted = [layer for panel in figure.panels for layer in panel.layers if getattr(layer, "dash", "") == "dot"]
    assert len(dotted) == {"voltage profile": 1, "rate capability": 1, "profile by rate": 3}[show]
    assert [layer.label for layer in dotted].count("predicted") == 1
    ends = sorted(float(np.nanmax(layer.y if show == "rate capability" else layer.x)) for layer in dotted)
    assert ends[-1] == pytest.approx(162.6, abs=0.2)
    assert "predicted from graphite" in figure.caption


def test_other_figures_have_no_prediction(same: prediction.PredictionResult) -> None:
    with pytest.raises(InputError, match="no prediction of 'dQ/dV'"):
        with_predictions(Figure(panels=()), "dQ/dV", [same])


def test_a_cell_of_another_area_is_doubted() -> None:
    texts = [note.text for note in _found(load_card("graphite-ncm811"), area_cm2=1.0).notes if note.code == "card_mass"]
    assert any("the card's electrode area is 0.7854, that of the cell 1" in text for text in texts)


def test_errors_are_told_by_their_size_and_faded_cycles_are_doubted() -> None:
    """The last cycles, at the current of the first, take a tenth less time, and 20 mV more are read all the while."""
    scan = prediction.simulate(prediction.Parameters(current_ma_g=(180.0, 540.0, 180.0)), np.random.default_rng(0))
    late = scan["cycle_count"] >= 4
    time = np.cumsum(np.append(0.0, np.diff(scan["test_time_second"]) * np.where(late[1:], 0.9, 1.0)))
    columns = {**scan.columns, "test_time_second": time, "voltage_volt": scan["voltage_volt"] + 0.02}
    found = prediction.analyse(
        replace(scan, columns=columns), prediction.Settings(card=load_card("graphite-ncm811"), **CELL)
    )
    assert found["largest_capacity_error"].value == pytest.approx(100.0 * (1 / 0.9 - 1.0), abs=0.5)
    assert found["mean_voltage_error"].value == pytest.approx(20.0, abs=1.5)
    said = [note.text for note in found.notes if note.code == "later_stretches"]
    assert len(said) == 1
    assert "has 90.0 % of the first capacity at its rate" in said[0]
    columns["test_time_second"] = np.cumsum(
        np.append(0.0, np.diff(scan["test_time_second"]) * np.where(late[1:], 1.1, 1.0))
    )
    more = prediction.analyse(
        replace(scan, columns=columns), prediction.Settings(card=load_card("graphite-ncm811"), **CELL)
    )
    assert more["largest_capacity_error"].value == pytest.approx(100.0 * (1 / 1.1 - 1.0), abs=0.5)
