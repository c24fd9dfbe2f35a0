"""Counters against our integral: units, energies, unsigned counters; a current without its sign."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings
from halfcell.techniques.cycling.counter_units import clean_factor

FULL = Settings(kind=CellKind.FULL)
COUNTERS = ("charging_capacity_ah", "discharging_capacity_ah", "charging_energy_wh", "discharging_energy_wh")


def _summed(values: NDArray[np.float64], time: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate((np.zeros(1), np.cumsum(0.5 * (values[1:] + values[:-1]) * np.diff(time)))) / 3600.0


def _test(cycles: int = 3) -> Measurement:
    """A full cell between 3.0 and 4.2 V at 1 A, one hour for each half cycle, with counters that never reset."""
    voltage = np.tile(np.concatenate((np.linspace(3.0, 4.2, 61), np.linspace(4.1, 3.0, 61))), cycles)
    current = np.tile(np.concatenate((np.ones(61), -np.ones(61))), cycles)
    time = 60.0 * np.arange(len(current))
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    for name, sign in zip(COUNTERS, (1, -1, 1, -1), strict=True):
        part = np.maximum(sign * current, 0.0) * (voltage if name.endswith("wh") else 1.0)
        columns[name] = _summed(part, time)
    return Measurement(technique="cycling", columns=columns)


def _changed(test: Measurement, **how: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Measurement:
    return dataclasses.replace(test, columns={**test.columns, **{name: f(test[name]) for name, f in how.items()}})


def _codes(result: CyclingResult, level: str = "") -> set[str]:
    return {note.code for note in result.notes if not level or note.level == level}


def _scaled(test: Measurement, factor: float, *names: str) -> Measurement:
    return _changed(test, **dict.fromkeys(names, lambda column: column * factor))


@pytest.mark.parametrize(("ratio", "factor"), [(60.3, 60.0), (1 / 3590.0, 1 / 3600.0), (1000.0, 1000.0)])
def test_a_clean_factor_is_found(ratio: float, factor: float) -> None:
    assert clean_factor(ratio) == pytest.approx(factor)


@pytest.mark.parametrize("ratio", [1.0, 0.5, 70.0, 1200.0, np.nan, np.inf, -60.0])
def test_other_ratios_are_no_units(ratio: float) -> None:
    assert clean_factor(ratio) is None


@pytest.mark.parametrize("factor", [60.0, 1000.0, 3600.0, 1 / 60.0, 1 / 1000.0, 1 / 3600.0])
def test_undecided_units_are_refused(factor: float) -> None:
    test = _scaled(_test(), factor, *COUNTERS)
    with pytest.raises(Refused, match="a factor between units"):
        cycling.analyse(test, FULL)
    kept = cycling.analyse(test, dataclasses.replace(FULL, charge_from="integral"))
    assert kept["initial_charge_capacity"].value == pytest.approx(1000.0, rel=0.02)


def test_the_clock_decides_between_time_and_counters() -> None:
    test = _scaled(_test(), 3600.0, *COUNTERS)
    clock = {"unix_time_second": 1.7e9 + test["test_time_second"]}
    result = cycling.analyse(dataclasses.replace(test, columns={**test.columns, **clock}), FULL)
    assert "counter_unit" in _codes(result, "doubt")
    assert result["initial_charge_capacity"].value == pytest.approx(1000.0, rel=0.02)
    assert result["initial_mean_charge_voltage"].value == pytest.approx(3.6, rel=0.02)
    slow = {"unix_time_second": 1.7e9 + 60.0 * test["test_time_second"]}
    with pytest.raises(Refused, match="the clock runs 60 times the test time"):
        cycling.analyse(dataclasses.replace(test, columns={**test.columns, **slow}), FULL)


@pytest.mark.parametrize("factor", [60.0, 1000.0, 3600.0, 1e-3])
def test_a_time_in_another_unit_is_told_by_the_clock(factor: float) -> None:
    test = dataclasses.replace(_test(), columns=dict(list(_test().columns.items())[:3]))
    clock = 1.7e9 + factor * test["test_time_second"]
    with pytest.raises(Refused, match="the clock runs"):
        cycling.analyse(dataclasses.replace(test, columns={**test.columns, "unix_time_second": clock}), FULL)


def test_a_pause_is_no_other_unit() -> None:
    """The clock goes on in a pause in which the test time stands still."""
    test = dataclasses.replace(_test(), columns=dict(list(_test().columns.items())[:3]))
    time = test["test_time_second"]
    clock = 1.7e9 + time + np.where(np.arange(len(time)) > 100, 59.0 * time[-1], 0.0)
    result = cycling.analyse(dataclasses.replace(test, columns={**test.columns, "unix_time_second": clock}), FULL)
    assert result["initial_charge_capacity"].value == pytest.approx(1000.0, rel=0.02)


def test_the_counter_of_energy_decides() -> None:
    result = cycling.analyse(_scaled(_test(), 1000.0, *COUNTERS[:2]), FULL)
    assert "counter_unit" in _codes(result, "doubt")
    assert result["initial_charge_capacity"].value == pytest.approx(1000.0, rel=0.02)


@pytest.mark.parametrize("factor", [0.5, 1.2, 1000.0, 3600.0, 0.0])
def test_energies_are_held_against_their_own_integral(factor: float) -> None:
    result = cycling.analyse(_scaled(_test(), factor, *COUNTERS[2:]), FULL)
    assert result["initial_mean_charge_voltage"].value == pytest.approx(3.6, rel=0.02)
    if factor:  # a counter that is zero counts nothing
        assert "energy_counters_differ" in _codes(result, "doubt")


def test_coarse_counters_of_energy_give_way_to_the_integral() -> None:
    coarse = _changed(_test(), **dict.fromkeys(COUNTERS[2:], lambda column: np.floor(column / 0.5) * 0.5))
    result = cycling.analyse(coarse, FULL)
    assert result["initial_mean_charge_voltage"].value == pytest.approx(3.6, rel=0.02)
    assert "energy_counters_differ" in _codes(result, "doubt")


def test_counted_energy_at_a_voltage_below_zero() -> None:
    test = _changed(_test(), voltage_volt=lambda voltage: 0.01 * (voltage - 4.3))
    columns = {**test.columns}
    time, current, voltage = (test[n] for n in ("test_time_second", "current_ampere", "voltage_volt"))
    for name, sign in zip(COUNTERS[2:], (1, -1), strict=True):
        columns[name] = _summed(np.maximum(sign * current, 0.0) * np.abs(voltage), time)
    result = cycling.analyse(dataclasses.replace(test, columns=columns), FULL)
    assert result["initial_mean_charge_voltage"].value == pytest.approx(-0.007, rel=0.03)
    assert "energy_counters_differ" not in _codes(result)


def test_an_unsigned_counter_of_energy_gives_back_energy() -> None:
    """Reversed current within a half cycle: 3 % of the charge at 3.6 V, which counts in Wh with its voltage."""
    test = _test()
    current = test["current_ampere"].copy()
    current[30:33] = -0.5
    time, voltage = test["test_time_second"], test["voltage_volt"]
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    columns["cumulative_capacity_ah"] = _summed(np.abs(current), time)
    columns["cumulative_energy_wh"] = _summed(np.abs(current) * voltage, time)
    given = dataclasses.replace(test, columns=columns)
    counted = cycling.analyse(given, dataclasses.replace(FULL, charge_from="counters")).rows[0]
    ours = cycling.analyse(given, dataclasses.replace(FULL, charge_from="integral")).rows[0]
    for name in ("charge_capacity", "mean_charge_voltage"):
        assert counted[name] == pytest.approx(ours[name], rel=0.02)


def test_a_current_that_lost_its_sign_is_refused() -> None:
    test = _changed(_test(), current_ampere=np.abs)
    with pytest.raises(Refused, match="does not tell charging from discharging"):
        cycling.analyse(test, FULL)


def test_one_rise_and_one_fall_under_positive_current_is_doubted() -> None:
    test = _changed(_test(1), current_ampere=np.abs)
    result = cycling.analyse(dataclasses.replace(test, columns=dict(list(test.columns.items())[:3])), FULL)
    assert "sign_doubtful" in _codes(result, "doubt")


def test_a_single_discharge_is_not_doubted() -> None:
    test = _test(1)
    half = dataclasses.replace(test, columns={name: column[61:] for name, column in test.columns.items()})
    assert "sign_doubtful" not in _codes(cycling.analyse(half, FULL))


def test_pulses_of_one_sign_with_relaxation_are_not_doubted() -> None:
    voltage, current = [], []
    for pulse in range(12):
        voltage += [*np.linspace(3.0 + 0.1 * pulse, 3.3 + 0.1 * pulse, 20), *np.linspace(3.2, 3.1, 20) + 0.1 * pulse]
        current += [1.0] * 20 + [0.0] * 20
    columns = {"test_time_second": 10.0 * np.arange(480), "current_ampere": np.array(current)}
    test = Measurement(technique="cycling", columns={**columns, "voltage_volt": np.array(voltage)})
    assert "sign_doubtful" not in _codes(cycling.analyse(test, FULL))


def test_a_hold_is_a_measurement_of_the_current() -> None:
    time = 10.0 * np.arange(50)
    columns = {"test_time_second": time, "current_ampere": np.exp(-time / 100), "voltage_volt": np.full(50, 4.2)}
    result = cycling.analyse(Measurement(technique="cycling", columns=columns), FULL)
    assert "voltage_constant" not in _codes(result)
    columns["current_ampere"] = np.ones(50)
    result = cycling.analyse(Measurement(technique="cycling", columns=columns), FULL)
    assert "voltage_constant" in _codes(result, "refused")
