"""Predicted response: what is simulated from a card agrees with the card, and a series resistance is found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.twin.cards import load_card
from halfcell.twin.techniques import predicted_response

CARD = load_card("composite-ncm811")
SWEEP = {"scan_rate_mv_s": 0.2, "cycles": 1, "step_mv": 8.0}


def _found(parameters: predicted_response.Parameters, **settings: object) -> predicted_response.PredictedResponseResult:
    scan = predicted_response.simulate(parameters, np.random.default_rng(3))
    made = predicted_response.Settings(**{"card": CARD, "active_mass_mg": 2.01, **settings})
    return predicted_response.analyse(scan, made).stamped(id="abc", label="C")


@pytest.fixture(scope="module")
def swept() -> predicted_response.PredictedResponseResult:
    return _found(predicted_response.Parameters(protocol="voltammetry", settings=SWEEP))


def test_peaks_of_the_cards_own_voltammogram(swept: predicted_response.PredictedResponseResult) -> None:
    """Within two records of 8 mV."""
    apart = [row["difference"] for row in swept.rows if row["difference"] is not None]
    assert len(apart) >= 2
    assert max(map(abs, apart)) <= 16


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
    """A reference that is 0.9 V off: nothing that the card predicts is within 0.25 V."""
    scan = predicted_response.simulate(
        predicted_response.Parameters(protocol="voltammetry", settings=SWEEP), np.random.default_rng(3)
    )
    moved = replace(scan, columns={**scan.columns, "voltage_volt": scan["voltage_volt"] + 0.9})
    found = predicted_response.analyse(moved, predicted_response.Settings(card=CARD, active_mass_mg=2.01))
    assert found.rows
    for row in found.rows:
        assert row["predicted"] is None or abs(row["predicted"] - row["measured"]) <= 0.25
    assert any(row["predicted"] is None for row in found.rows)
