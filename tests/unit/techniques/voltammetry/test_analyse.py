"""Voltammetry: what is refused."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError, Refused
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Settings


def test_a_current_without_sign_is_refused() -> None:
    """Nobody knows then which peaks are cathodic."""
    test = voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(0))
    columns = {**test.columns, "current_ampere": np.abs(test["current_ampere"])}
    unsigned = dataclasses.replace(test, columns=columns, notes=(Note("doubt", "sign_unknown", "no sign"),))
    with pytest.raises(Refused, match="no sign"):
        voltammetry.analyse(unsigned, voltammetry.Settings())


def _lagging(lag_volt: float, hold_s: float = 0.0) -> tuple[Measurement, float]:
    """Two triangles at 1 mV/s whose current keeps its sign for `lag_volt` after each turn; the anodic charge in mAh."""
    rate, up = 1e-3, np.linspace(0.0, 1.0, 1001)
    one = np.concatenate((up[::-1], up[1:]))
    potential = np.concatenate((one, one[1:]))
    time = np.abs(np.diff(potential, prepend=potential[0])).cumsum() / rate
    down = np.concatenate((np.ones(1001), np.zeros(1000), np.ones(1000), np.zeros(1000)))
    after = np.where(down > 0, 1.0 - potential, potential)  # distance from the turn before
    sign = np.where(down > 0, -1.0, 1.0)
    current = 1e-4 * np.where(after < lag_volt, -sign, sign)
    current[:1001] = -1e-4  # nothing lags at the beginning
    if hold_s:
        at = 1000
        time = np.concatenate((time[: at + 1], time[at] + np.linspace(1.0, hold_s, 60), time[at + 1 :] + hold_s))
        potential = np.concatenate((potential[: at + 1], np.full(60, potential[at]), potential[at + 1 :]))
        current = np.concatenate((current[: at + 1], np.full(60, -1e-5), current[at + 1 :]))
    columns = {"test_time_second": time, "voltage_volt": potential, "current_ampere": current}
    return Measurement(technique="voltammetry", columns=columns), 1e-4 * (1.0 - lag_volt) / rate / 3.6


@pytest.mark.parametrize("lag", [0.0, 0.03, 0.2])
def test_the_anodic_charge_is_that_of_the_anodic_current(lag: float) -> None:
    """The current is still cathodic after the turn: the net charge of the sweep would be low by twice that."""
    test, anodic = _lagging(lag)
    result = voltammetry.analyse(test, Settings())
    assert result["anodic_charge"].value == pytest.approx(anodic, rel=3e-3)
    rows = [row for row in result.rows if row["branch"] == "anodic" and row["cycle"] == 1]
    assert rows[0]["sweep_charge"] == pytest.approx(anodic - 0.1 * lag / 3.6, rel=6e-3)
    assert ("sign_after_turn" in {note.code for note in result.notes}) == (lag > 0)


def test_holds_at_turns_are_named() -> None:
    (note,) = [n for n in voltammetry.analyse(_lagging(0.0, 600.0)[0], Settings()).notes if n.code == "vertex_hold"]
    assert "604 s at 0.000 V" in note.text
    assert "vertex_hold" not in {n.code for n in voltammetry.analyse(_lagging(0.0)[0], Settings()).notes}


def test_a_hold_does_not_change_the_scan_rate() -> None:
    held = voltammetry.analyse(_lagging(0.0, 600.0)[0], Settings())
    assert held["scan_rate"].value == pytest.approx(1.0, rel=1e-6)
    assert not {"scan_rates_differ", "sweep_bends"} & {note.code for note in held.notes}


def test_a_current_of_the_other_sign_is_doubted() -> None:
    """Potentiostats that count reduction as positive: all peaks would be missed without a word."""
    test = voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(3))
    turned = dataclasses.replace(test, columns={**test.columns, "current_ampere": -test["current_ampere"]})
    levels = {note.code: note.level for note in voltammetry.analyse(turned, Settings()).notes}
    assert levels["current_against_sweep"] == "doubt"
    assert "current_against_sweep" not in {note.code for note in voltammetry.analyse(test, Settings()).notes}


def test_the_potential_is_corrected_for_a_series_resistance() -> None:
    """A resistance that moves the highest peak by 30 mV is taken out again."""
    test = voltammetry.simulate(voltammetry.Parameters(), np.random.default_rng(3))
    ohm = 0.03 / float(np.abs(test["current_ampere"]).max())
    shifted = dataclasses.replace(
        test, columns={**test.columns, "voltage_volt": test["voltage_volt"] + ohm * test["current_ampere"]}
    )
    plain = voltammetry.analyse(test, Settings())
    back = voltammetry.analyse(shifted, Settings(series_resistance_ohm=ohm))
    peaks = [[row["peak_potential"] for row in r.rows if row["cycle"] == 2] for r in (plain, back)]
    assert len(peaks[0]) == len(peaks[1])
    for one, two in zip(*peaks, strict=True):
        assert two == pytest.approx(one, abs=0.01)
    assert "ir_corrected" in {note.code for note in back.notes}
    with pytest.raises(HalfcellError, match="series_resistance_ohm"):
        voltammetry.analyse(test, Settings(series_resistance_ohm=-1.0))


def _swept(rates: np.ndarray) -> Measurement:
    """Sweeps between 0 and 1 V, each at a scan rate (V/s)."""
    potential, time = [np.array([1.0])], [np.array([0.0])]
    for number, rate in enumerate(rates):
        up = np.linspace(0.0, 1.0, 101)[1:]
        potential.append(up if number % 2 else 1.0 - up)
        time.append(time[-1][-1] + np.arange(1, 101) * 0.01 / rate)
    volts = np.concatenate(potential)
    current = np.where(np.diff(volts, prepend=1.01) > 0, 1e-4, -1e-4)
    columns = {"test_time_second": np.concatenate(time), "voltage_volt": volts, "current_ampere": current}
    return Measurement(technique="voltammetry", columns=columns)


def test_the_scan_rate_of_many_sweeps_is_better_known_than_that_of_one() -> None:
    """Eight sweeps that scatter by 0.5 %: their median scatters by 1.25 (0.5 %) / 8^(1/2), which is what it says."""
    random = np.random.default_rng(7)
    found = [
        voltammetry.analyse(_swept(1e-3 * random.normal(1.0, 5e-3, 8)), Settings())["scan_rate"] for _ in range(80)
    ]
    said, seen = np.median([one.std or 0.0 for one in found]), np.std([one.value for one in found])
    assert np.mean([one.value for one in found]) == pytest.approx(1.0, rel=2e-3)
    assert 0.6 < said / seen < 1.2
