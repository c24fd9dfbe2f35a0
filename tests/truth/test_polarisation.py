"""Simulated polarisation: steady currents give the conductivity, unfinished ones a bound that holds."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques.common.pellet import Electrodes
from halfcell.techniques.polarisation import Parameters, Settings, analyse, analyse_series, simulate

SET = Settings(
    thickness_um=650,
    thickness_std_um=0.0,
    diameter_std_mm=0.0,
    leakage_std_ampere=0.0,
    diameter_mm=10,
    electrodes="electron-blocking",
    claimed="ionic",
    series_resistance_ohm=0.0,
    pressure_mpa=300,
    temperature_degc=25,
)
PELLET = Parameters()
SLOW = Parameters(conductivity_s_per_cm=1e-8, initial_ratio=50, tau_second=600, beta=0.5)


def codes(result: object) -> set[str]:
    return {note.code for note in result.notes}  # type: ignore[attr-defined]


def test_truth_is_recovered_and_the_uncertainty_is_calibrated() -> None:
    pulls = []
    for seed in range(200):
        sigma = analyse(simulate(PELLET, np.random.default_rng(seed)), SET)["conductivity"]
        assert sigma.std is not None
        pulls.append((sigma.value - 2e-3) / sigma.std)
    assert 0.8 < np.std(pulls) < 1.25
    assert abs(np.mean(pulls)) < 4 / np.sqrt(200)


@pytest.mark.parametrize(("hours", "excess"), [(1 / 6, 18.3), (1.0, 4.36), (4.0, 0.388)])
def test_unfinished_transient_is_an_upper_bound(hours: float, excess: float) -> None:
    """The excess of a stretched transient that is stopped too early; the bound holds, nothing is extrapolated."""
    own = dataclasses.replace(SLOW, duration_second=hours * 3600)
    set_ = dataclasses.replace(SET, electrodes="ion-blocking", claimed="electronic")
    result = analyse(simulate(own, np.random.default_rng(1)), set_)
    assert not result.steady
    assert result.bound == "upper"
    assert "not_steady" in codes(result)
    assert result["conductivity"].value == pytest.approx(1e-8 * (1 + excess), rel=0.02)


def test_finished_transient_is_a_value() -> None:
    own = dataclasses.replace(SLOW, duration_second=24 * 3600, period_second=30)
    result = analyse(simulate(own, np.random.default_rng(1)), dataclasses.replace(SET, electrodes="ion-blocking"))
    assert result.steady
    assert result["conductivity"].value == pytest.approx(1e-8, rel=0.02)


def test_unknown_series_resistance_is_a_lower_bound() -> None:
    layers = dataclasses.replace(PELLET, series_ohm=15.0)
    result = analyse(simulate(layers, np.random.default_rng(0)), dataclasses.replace(SET, series_resistance_ohm=None))
    assert result.bound == "lower"
    assert result["conductivity"].value < 2e-3
    known = dataclasses.replace(SET, series_resistance_ohm=15.0, series_std_ohm=0.5)
    sigma = analyse(simulate(layers, np.random.default_rng(0)), known)["conductivity"]
    assert abs(sigma.value - 2e-3) < 2 * (sigma.std or 0)


def record(current: np.ndarray, time: np.ndarray) -> Measurement:
    """A record at 50 mV."""
    columns = {"test_time_second": time, "voltage_volt": np.full(len(time), 0.05), "current_ampere": current}
    return Measurement(technique="polarisation", columns=columns)


def relaxation(kind: str, rng: np.random.Generator, time: np.ndarray) -> np.ndarray:
    """Currents in units of the steady one: those of the literature on blocking electrodes and dielectric absorption.

    Stretched exponentials (R. Kohlrausch 1854), the power law of J. Curie and E. von Schweidler (1889, 1907) with and
    without a steady current, two exponentials.
    """
    ratio, end = 10 ** rng.uniform(0, 2.5), float(time[-1])
    late = np.maximum(time, end / len(time) / 10)
    if kind == "stretched":
        return np.asarray(
            1 + (ratio - 1) * np.exp(-((time / (end * 10 ** rng.uniform(-3, 1))) ** rng.uniform(0.25, 1)))
        )
    if kind == "power law alone":
        return np.asarray(late ** -rng.uniform(0.005, 1))
    if kind == "power law on a steady current":
        return np.asarray(1 + (ratio - 1) * (1 + late / (end * 10 ** rng.uniform(-3, 0))) ** -rng.uniform(0.1, 1.5))
    fast = (ratio - 1) * np.exp(-time / (end * 10 ** rng.uniform(-2.5, 0.5)))
    return np.asarray(1 + fast + rng.uniform(0, 1) * np.exp(-time / (end * rng.uniform(0.1, 1.5))))


@pytest.mark.parametrize("kind", ["stretched", "power law alone", "power law on a steady current", "two exponentials"])
def test_no_unfinished_transient_is_a_value(kind: str) -> None:
    """Up to +213 % were printed as values; a power law without any conduction has none at all."""
    values = 0
    for number in range(150):
        rng = np.random.default_rng([4, number])
        points, noise = int(rng.choice([60, 300, 2000])), 10 ** rng.uniform(-4, -2)
        time = np.linspace(0.0, 10 ** rng.uniform(2.5, 5), points)
        current = 1e-8 * (relaxation(kind, rng, time) + noise * rng.standard_normal(points))
        try:
            result = analyse(record(current, time), dataclasses.replace(SET, electrodes="ion-blocking"))
        except Refused:  # lost in the noise
            continue
        if result.bound == "value":
            values += 1
            assert kind != "power law alone"
            assert result.steady_ampere == pytest.approx(1e-8, rel=0.025 + 3 * noise / np.sqrt(points / 20))
        elif kind != "power law alone" and result.bound == "upper":
            assert result.steady_ampere > 1e-8 * (1 - 4 * noise / np.sqrt(points / 20))
    assert (values > 0) is (kind != "power law alone")


@pytest.mark.parametrize(("part", "steady"), [(0.001, True), (0.1, False), (1.25, False)])
def test_the_last_digit_of_the_current_counts(part: float, steady: bool) -> None:
    """An ammeter whose last digit is a part of the steady current: what is below it may still be lost.

    With a digit of 1.25 currents the reading stands still at one digit, 25 % too high, without any scatter.
    """
    own = dataclasses.replace(
        SLOW, initial_ratio=10, tau_second=300, beta=1.0, duration_second=7200, noise_percent=0.05
    )
    set_ = dataclasses.replace(SET, electrodes="ion-blocking", claimed="electronic")
    true = simulate(own, np.random.default_rng(1))
    digit = part * float(np.median(true["current_ampere"][-100:]))
    columns = {**true.columns, "current_ampere": np.round(true["current_ampere"] / digit) * digit}
    result = analyse(dataclasses.replace(true, columns=columns), set_)
    assert result.steady is steady
    assert result.bound == ("value" if steady else "upper")
    assert abs(result["conductivity"].value - 1e-8) < 2.0 * (result["conductivity"].std or 0.0)


def test_a_rising_current_is_no_upper_bound() -> None:
    time = np.arange(0.0, 3600.0, 5.0)
    result = analyse(record(1e-6 * (1 + time / 3600), time), SET)
    assert result.bound == "open"
    assert "it rises" in next(note.text for note in result.notes if note.code == "not_steady")


def test_a_series_is_what_its_weakest_member_is() -> None:
    """Three open records gave 2.8371(4)e-8 S/cm."""
    own = dataclasses.replace(SLOW, duration_second=3600.0)
    made = [simulate(dataclasses.replace(own, bias_mv=b), np.random.default_rng(int(b))) for b in (10.0, 30.0, 50.0)]
    results = analyse_series(made, dataclasses.replace(SET, series_resistance_ohm=None))
    for result in results:
        assert result.bound == "open"
        assert result["series.conductivity"].std is None
        assert "series_bound" in codes(result)


def test_uncertainty_holds_offset_geometry_and_what_is_left() -> None:
    """Zero of the instrument, thickness, diameter, transients that have nearly ended: 68 and 95 % as printed."""
    pulls = []
    for number in range(200):
        rng = np.random.default_rng([8, number])
        p = dataclasses.replace(
            PELLET,
            thickness_um=650 * (1 + 0.01 * rng.standard_normal()),
            diameter_mm=10 * (1 + 0.005 * rng.standard_normal()),
            tau_second=float(rng.uniform(20, 90)),
        )
        made = simulate(p, rng)
        offset = 2e-5 * rng.standard_normal()
        made = dataclasses.replace(made, columns={**made.columns, "current_ampere": made["current_ampere"] + offset})
        own = dataclasses.replace(SET, thickness_std_um=6.5, diameter_std_mm=0.05, leakage_std_ampere=2e-5)
        result = analyse(made, own)
        if result.bound == "value":
            sigma = result["conductivity"]
            pulls.append((sigma.value - 2e-3) / (sigma.std or 0))
    size = np.abs(pulls)
    assert len(size) > 150
    assert 0.60 < np.mean(size < 1) < 0.76
    assert 0.90 < np.mean(size < 1.96) < 0.98


def test_both_unknown_is_open() -> None:
    set_ = dataclasses.replace(SET, series_resistance_ohm=None)
    result = analyse(simulate(dataclasses.replace(SLOW, duration_second=3600), np.random.default_rng(0)), set_)
    assert result.bound == "open"


@pytest.mark.parametrize(("electrodes", "kind"), [("ion-blocking", "electronic"), ("electron-blocking", "ionic")])
def test_electrodes_decide_whose_conductivity_it_is(electrodes: Electrodes, kind: str) -> None:
    claims: tuple[Literal["electronic", "ionic"], ...] = ("electronic", "ionic")
    for claimed in claims:
        set_ = dataclasses.replace(SET, electrodes=electrodes, claimed=claimed)
        result = analyse(simulate(PELLET, np.random.default_rng(0)), set_)
        assert result.conduction == kind
        assert ("claim_contradicts_electrodes" in codes(result)) is (claimed != kind)


def test_biases_take_out_the_offset() -> None:
    measurements = []
    for bias in (10.0, 30.0, 50.0):
        made = simulate(dataclasses.replace(PELLET, bias_mv=bias), np.random.default_rng(int(bias)))
        shifted = {**made.columns, "current_ampere": made["current_ampere"] + 2e-5}
        measurements.append(dataclasses.replace(made, columns=shifted))
    results = analyse_series(measurements, SET)
    assert results[0]["conductivity"].value > 2.1e-3  # a single bias keeps the offset
    assert results[0]["series.conductivity"].value == pytest.approx(2e-3, rel=2e-3)


def test_record_before_the_step_is_cut_off() -> None:
    made = simulate(PELLET, np.random.default_rng(0))
    before = 40
    columns = {
        "test_time_second": np.concatenate([np.arange(before) * 5.0, made["test_time_second"] + before * 5.0]),
        "voltage_volt": np.concatenate([np.zeros(before), made["voltage_volt"]]),
        "current_ampere": np.concatenate([np.zeros(before), made["current_ampere"]]),
    }
    later, plain = analyse(dataclasses.replace(made, columns=columns), SET), analyse(made, SET)
    assert later["conductivity"].value == pytest.approx(plain["conductivity"].value, rel=1e-9)
    assert later["steady_slope"].value == pytest.approx(plain["steady_slope"].value, rel=1e-6)


def test_no_bias_no_number() -> None:
    made = simulate(PELLET, np.random.default_rng(0))
    bare = {name: made[name] for name in ("test_time_second", "current_ampere")}
    with pytest.raises(InputError, match="neither in the file nor set"):
        analyse(dataclasses.replace(made, columns=bare), SET)
    result = analyse(dataclasses.replace(made, columns=bare), dataclasses.replace(SET, bias_mv=50.0))
    assert result["conductivity"].value == pytest.approx(2e-3, rel=0.01)


def test_current_in_the_noise_is_refused() -> None:
    made = simulate(PELLET, np.random.default_rng(0))
    for current in (np.random.default_rng(1).normal(0, 1e-9, len(made)), np.zeros(len(made))):
        with pytest.raises(Refused, match="within its noise"):
            analyse(dataclasses.replace(made, columns={**made.columns, "current_ampere": current}), SET)


@given(scale=st.floats(1e-6, 1e3))
@hypothesis_settings(max_examples=15, deadline=None)
def test_a_conductivity_goes_with_the_current(scale: float) -> None:
    made = simulate(PELLET, np.random.default_rng(7))
    more = {**made.columns, "current_ampere": scale * made["current_ampere"]}
    result, plain = analyse(dataclasses.replace(made, columns=more), SET), analyse(made, SET)
    assert result["conductivity"].value == pytest.approx(scale * plain["conductivity"].value, rel=1e-9)
    assert result["steady_slope"].value == pytest.approx(plain["steady_slope"].value, abs=1e-9)


def salt(number: float, rng: np.random.Generator, bulk: float = 200.0, interface: float = 120.0) -> Measurement:
    """10 mV on Li | dilute binary salt | Li: U = I (R_b + R_i) at first, U = I (R_b/t + R_i) at rest.

    In the ideal dilute limit the concentration gradient adds R_b (1/t - 1) to the ohmic drop (M. Doyle, J. Newman,
    J. Electrochem. Soc. 142 (1995) 3465); diffusion builds it up as the sum of exp(-(2k+1)^2 t/tau)/(2k+1)^2.
    """
    time = np.arange(0.0, 7200.0, 2.0)
    odd = np.arange(1, 60, 2)[:, None]
    built = 1 - np.sum(np.exp(-(odd**2) * time / 600.0) / odd**2, axis=0) / (np.pi**2 / 8)
    current = 0.01 / (bulk * (1 + (1 / number - 1) * built) + interface)
    current = current * (1 + 5e-4 * rng.standard_normal(len(time)))
    columns = {"test_time_second": time, "voltage_volt": np.full(len(time), 0.01), "current_ampere": current}
    return Measurement(technique="polarisation", columns=columns)


@pytest.mark.parametrize("number", [0.2, 0.45, 0.9])
def test_transport_number_of_bruce_and_vincent(number: float) -> None:
    pulls = []
    for seed in range(60):
        rng = np.random.default_rng([2, seed])
        measured = [value + std * rng.standard_normal() for value, std in ((120.0, 2.0), (120.0, 2.0), (200.0, 2.0))]
        own = dataclasses.replace(
            SET,
            interface_before_ohm=measured[0],
            interface_after_ohm=measured[1],
            interface_std_ohm=2.0,
            bulk_resistance_ohm=measured[2],
            bulk_std_ohm=2.0,
        )
        found = analyse(salt(number, rng), own)["transport_number"]
        assert found.value == pytest.approx(number, rel=0.08)
        pulls.append((found.value - number) / (found.std or 0))
    size = np.abs(pulls)
    assert 0.53 < np.mean(size < 1) < 0.82
    assert np.mean(size < 1.96) > 0.88


def test_resistances_whose_uncertainty_is_not_stated_give_none_of_the_transport_number() -> None:
    own = dataclasses.replace(SET, interface_before_ohm=120.0, interface_after_ohm=120.0, bulk_resistance_ohm=200.0)
    result = analyse(salt(0.45, np.random.default_rng(1)), own)
    assert result["transport_number"].value == pytest.approx(0.45, rel=0.01)
    assert result["transport_number"].std is None
    assert "interface_uncertainty_not_stated" in codes(result)


def test_electrodes_that_differ_by_a_millivolt_are_told() -> None:
    """1 mV between the metals makes 11 mV of a bias of 10: the transport number would be 10 % too large."""
    own = dataclasses.replace(SET, interface_before_ohm=120.0, interface_after_ohm=120.0, bulk_resistance_ohm=200.0)
    made = salt(0.45, np.random.default_rng(1))
    assert "initial_current_large" not in codes(analyse(made, own))
    more = dataclasses.replace(made, columns={**made.columns, "current_ampere": 1.1 * made["current_ampere"]})
    assert "initial_current_large" in codes(analyse(more, own))


def test_no_transport_number_without_rest_or_beyond_one() -> None:
    own = dataclasses.replace(SET, interface_before_ohm=120.0, interface_after_ohm=120.0, bulk_resistance_ohm=200.0)
    made = salt(0.3, np.random.default_rng(1))
    early = dataclasses.replace(made, columns={name: values[:150] for name, values in made.columns.items()})
    assert "no_transport_number" in codes(analyse(early, own))
    wrong = dataclasses.replace(own, interface_after_ohm=700.0)
    result = analyse(made, wrong)
    assert "transport_number" not in result.quantities
    assert "no_transport_number" in codes(result)


def test_temperatures_give_an_activation_energy() -> None:
    """sigma T with 0.35 eV and 2 mS/cm at 25 degC; two biases at each temperature."""
    made = []
    for number, degc in enumerate((0.0, 0.0, 25.0, 25.0, 50.0, 50.0)):
        kelvin = degc + 273.15
        sigma = 2e-3 * 298.15 / kelvin * float(np.exp(-0.35 / 8.617333262e-5 * (1 / kelvin - 1 / 298.15)))
        one = simulate(dataclasses.replace(PELLET, conductivity_s_per_cm=sigma), np.random.default_rng(number))
        made.append(dataclasses.replace(one, meta={**one.meta, "tags": {"temperature": f"{degc:g}C"}}))
    for result in analyse_series(made, SET):
        energy, room = result["series.activation_energy"], result["series.conductivity_25degc"]
        assert abs(energy.value - 0.35) < 3 * (energy.std or 0)
        assert room.value == pytest.approx(2e-3, rel=5e-3)


def test_a_bound_is_not_in_the_arrhenius_line() -> None:
    made = []
    for number, degc in enumerate((0.0, 25.0, 50.0)):
        own = dataclasses.replace(SLOW, duration_second=3600.0) if degc == 0 else PELLET
        one = simulate(own, np.random.default_rng(number))
        made.append(dataclasses.replace(one, meta={**one.meta, "tags": {"temperature": f"{degc:g}C"}}))
    result = analyse_series(made, SET)[0]
    assert "series.activation_energy" not in result.quantities
    assert {"left_out_of_line", "no_activation_energy"} <= codes(result)


def test_a_zero_whose_uncertainty_is_not_stated_gives_none_of_the_current() -> None:
    """The noise of the mean is a thousandth of what an offset of the ammeter may be."""
    result = analyse(simulate(PELLET, np.random.default_rng(1)), dataclasses.replace(SET, leakage_std_ampere=None))
    assert {result[name].std for name in ("steady_current", "resistance", "conductivity")} == {None}
    assert "zero_uncertainty_not_stated" in codes(result)


@pytest.mark.parametrize("bias", [10.0, 50.0])
def test_the_row_tells_the_bias_in_millivolt_and_the_first_current_is_that_of_the_step(bias: float) -> None:
    own = dataclasses.replace(SLOW, bias_mv=bias, duration_second=24 * 3600, period_second=30)
    result = analyse(simulate(own, np.random.default_rng(1)), dataclasses.replace(SET, electrodes="ion-blocking"))
    (row,) = result.rows
    assert row["bias_mv"] == pytest.approx(bias)
    assert row["duration_s"] == pytest.approx(24 * 3600, rel=1e-3)
    ratio = result["initial_current"].value / result["steady_current"].value
    assert ratio == pytest.approx(SLOW.initial_ratio, rel=0.01)


@pytest.mark.parametrize(
    "limits", [{"drift_limit_percent": 1e-6}, {"remainder_limit_percent": 1e-6}, {"slope_limit": -1.0}]
)
def test_each_limit_alone_decides_whether_a_current_is_steady(limits: dict[str, float]) -> None:
    own = dataclasses.replace(SLOW, duration_second=24 * 3600, period_second=30)
    made = simulate(own, np.random.default_rng(1))
    blocked = dataclasses.replace(SET, electrodes="ion-blocking")
    assert analyse(made, blocked).steady
    assert not analyse(made, dataclasses.replace(blocked, **limits)).steady
