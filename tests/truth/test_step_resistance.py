"""A known resistance in series comes back from the steps at the beginning of the half cycles of a cell."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.figure import Points
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

SETTINGS = Settings(kind=CellKind.CATHODE_HALF, charge_from="integral", first="discharge")
HALF_S, CURRENT = 3600.0, 2e-3


def _test(ohms: list[float], step_s: float = 1.0, rest_s: float = 0.0, noise_v: float = 2e-5) -> Measurement:
    """Cycles of one hour each way; the resistance grows from cycle to cycle, the open circuit is a straight line."""
    rng = np.random.default_rng(4)
    time: list[np.ndarray] = []
    current: list[np.ndarray] = []
    voltage: list[np.ndarray] = []
    clock, charge = 0.0, 0.0
    for ohm in ohms:
        for sign in (-1.0, 1.0):
            rest = rest_s if time else max(rest_s, 2.0 * step_s)
            for length, amp in ((rest, 0.0), (HALF_S, sign * CURRENT)):
                if length <= 0.0:
                    continue
                since = np.arange(step_s, length + step_s / 2, step_s)
                passed = charge + amp * since / 3600.0
                time.append(clock + since)
                current.append(np.full(len(since), amp))
                voltage.append(1.2 + 400.0 * passed + amp * ohm)
                clock, charge = float(time[-1][-1]), float(passed[-1])
    volts = np.concatenate(voltage)
    columns = {
        "test_time_second": np.concatenate(time),
        "current_ampere": np.concatenate(current),
        "voltage_volt": volts + noise_v * rng.standard_normal(len(volts)),
    }
    return Measurement(technique="cycling", columns=columns)


def _analysed(measurement: Measurement, **settings: object) -> CyclingResult:
    result = cycling.analyse(measurement, dataclasses.replace(SETTINGS, **settings))  # type: ignore[arg-type]
    assert isinstance(result, CyclingResult)
    return result


@pytest.mark.parametrize("rest_s", [0.0, 600.0])
def test_the_resistance_of_each_cycle(rest_s: float) -> None:
    """With a rest before, and where the current is turned round; the open circuit moves by 2.2 mV in 10 s, of 40 mV."""
    ohms = [20.0, 25.0, 30.0, 40.0]
    result = _analysed(_test(ohms, rest_s=rest_s))
    for name in ("discharge_resistance", "charge_resistance"):
        expected = list(ohms)
        if name == "discharge_resistance" and rest_s == 0.0:
            before = [ohms[0], *ohms[:-1]]  # at the turn the old resistance is still in the last record of the charge
            expected = [(ohm + old) / 2.0 for ohm, old in zip(ohms, before, strict=True)]
        assert [row[name] for row in result.rows] == pytest.approx(expected, abs=0.1)
    assert result["charge_resistance"].value == pytest.approx(np.median(ohms), abs=0.1)
    assert "step_resistance_of" in {note.code for note in result.notes}


def test_records_too_far_apart_tell_no_resistance() -> None:
    result = _analysed(_test([20.0, 30.0], step_s=30.0))
    assert [row["charge_resistance"] for row in result.rows] == [None, None]
    assert "charge_resistance" not in result.quantities
    later = _analysed(_test([20.0, 30.0], step_s=30.0), pulse_after_s=60.0)
    assert later.rows[1]["charge_resistance"] == pytest.approx(30.0, abs=0.2)


def test_an_open_circuit_that_falls_is_no_resistance() -> None:
    """A real Si half cell gave 6 kohm in the first discharge, 200 ohm later: the fall of the empty electrode."""
    measurement = _test([20.0, 20.0], rest_s=600.0)
    voltage, current = measurement["voltage_volt"], measurement["current_ampere"]
    begins = np.flatnonzero((current[1:] < 0) & (current[:-1] == 0)) + 1
    since = np.arange(len(voltage))[:, None] - begins[None, :]
    fall = np.where((since >= 0) & (since < 600), np.exp(-since / 60.0) - 1.0, np.where(since >= 600, -1.0, 0.0))
    columns = {**measurement.columns, "voltage_volt": voltage + 0.8 * fall[:, 0] - 0.8 * (1.0 + fall[:, 1]) + 0.8}
    result = _analysed(dataclasses.replace(measurement, columns=columns))
    assert result.rows[0]["discharge_resistance"] is None
    anode = _analysed(_test([20.0, 20.0], rest_s=600.0), kind=CellKind.HALF)
    assert [row["discharge_resistance"] for row in anode.rows] == [None, None]
    assert anode["charge_resistance"].value == pytest.approx(20.0, abs=0.1)
    unknown = _analysed(_test([20.0, 20.0], rest_s=600.0), kind=None)
    assert "charge_resistance" not in unknown.quantities
    assert result.rows[0]["charge_resistance"] == pytest.approx(20.0, abs=0.3)


def test_the_figure_over_the_cycles() -> None:
    result = _analysed(_test([20.0, 25.0, 30.0])).stamped(label="A1")
    figure = cycling.TECHNIQUE.figures["internal resistance"]([result])
    charge, discharge = (layer for layer in figure.panels[0].layers if isinstance(layer, Points))  # dots on rings
    assert (discharge.label, charge.label) == ("discharge", "charge")
    assert charge.hollow
    assert list(charge.x) == [1.0, 2.0, 3.0]
