"""Simulated sweeps of pellets: resistance within its uncertainty, which is calibrated; bounds hold; faults are said."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques.conductivity import Parameters, Settings, analyse, analyse_series, simulate

SET = Settings(
    thickness_um=500,
    thickness_std_um=0.0,
    diameter_std_mm=0.0,
    diameter_mm=10,
    electrodes="ion-blocking",
    wires=4,
    pressure_mpa=75,
    temperature_degc=25,
)
PELLET = Parameters(conductivity_s_per_cm=0.01, contact_ohm=0.0, offset_volt=2e-4)
RESISTANCE = 500e-4 / (0.01 * np.pi * 0.25)


def codes(result: object) -> set[str]:
    return {note.code for note in result.notes}  # type: ignore[attr-defined]


def test_truth_is_recovered_and_the_uncertainty_is_calibrated() -> None:
    pulls = []
    for seed in range(200):
        found = analyse(simulate(PELLET, np.random.default_rng(seed)), SET)["resistance"]
        assert found.std is not None
        pulls.append((found.value - RESISTANCE) / found.std)
    assert 0.85 < np.std(pulls) < 1.2
    assert abs(np.mean(pulls)) < 4 / np.sqrt(200)


def test_geometry_enters_the_uncertainty() -> None:
    own = dataclasses.replace(SET, thickness_std_um=10.0, diameter_std_mm=0.05)
    sigma = analyse(simulate(PELLET, np.random.default_rng(0)), own)["conductivity"]
    assert sigma.value == pytest.approx(0.01, rel=0.01)
    assert (sigma.std or 0) / sigma.value == pytest.approx(np.hypot(0.02, 0.01), rel=0.01)


def test_offset_does_not_enter_the_resistance() -> None:
    """A line through zero would give 6 % more here."""
    off = dataclasses.replace(PELLET, offset_volt=5e-3, noise_percent=0.05)
    result = analyse(simulate(off, np.random.default_rng(1)), SET)
    assert result["resistance"].value == pytest.approx(RESISTANCE, rel=1e-3)
    assert result["voltage_offset"].value == pytest.approx(5.0, rel=0.02)
    assert "offset" in codes(result)


def test_two_probe_good_conductor_is_a_lower_bound() -> None:
    """0.1 ohm of contacts cap 100 S/cm at 0.63 S/cm (L = 0.5 mm, D = 10 mm)."""
    metal = dataclasses.replace(PELLET, conductivity_s_per_cm=100.0, contact_ohm=0.1, offset_volt=0.0)
    measurement = simulate(metal, np.random.default_rng(2))
    result = analyse(measurement, dataclasses.replace(SET, wires=2))
    assert result["conductivity"].value == pytest.approx(0.63, abs=0.005)
    assert result.bound == "lower"
    assert "two_probe" in codes(result)
    with pytest.raises(Refused, match="nothing is left for the pellet"):
        analyse(measurement, dataclasses.replace(SET, wires=2, contact_resistance_ohm=0.1, contact_std_ohm=0.001))


def test_a_blank_takes_the_contacts_out() -> None:
    own = dataclasses.replace(PELLET, conductivity_s_per_cm=0.3, contact_ohm=0.05, offset_volt=0.0)
    set_ = dataclasses.replace(SET, wires=2, contact_resistance_ohm=0.05, contact_std_ohm=0.002)
    result = analyse(simulate(own, np.random.default_rng(3)), set_)
    sigma = result["conductivity"]
    assert result.bound == "value"
    assert abs(sigma.value - 0.3) < 2 * (sigma.std or 0)


def test_thickness_series_tells_contacts_from_pellet() -> None:
    measurements = []
    for thickness in (300, 500, 800, 1200):
        p = dataclasses.replace(PELLET, conductivity_s_per_cm=0.35, thickness_um=thickness, contact_ohm=0.05)
        made = simulate(p, np.random.default_rng(thickness))
        measurements.append(dataclasses.replace(made, meta={**made.meta, "tags": {"thickness": f"{thickness} um"}}))
    results = analyse_series(measurements, dataclasses.replace(SET, wires=2))
    for result in results:
        sigma, contact = result["series.conductivity"], result["series.contact_resistance"]
        assert abs(sigma.value - 0.35) < 3 * (sigma.std or 0)
        assert abs(contact.value - 0.05) < 3 * (contact.std or 0)
        assert (sigma.std or 0) < 0.01
        own = result["conductivity"]  # the contacts, 9 to 27 % of the resistance, are taken out
        assert own.value == pytest.approx(0.35, abs=3 * (own.std or 0))
        assert result["resistivity"].value == pytest.approx(1 / own.value)
        assert result.bound == result.rows[0]["bound"] == "value"
        assert "two_probe" not in codes(result)
        assert "contacts_subtracted" in codes(result)


def test_contacts_below_zero_are_refused_and_not_taken_out() -> None:
    """Every thickness is stated 100 um too large: the line crosses the axis below zero."""
    made = []
    for stated in (300, 500, 800, 1200):
        p = dataclasses.replace(PELLET, conductivity_s_per_cm=0.35, thickness_um=stated - 100, contact_ohm=0.0)
        one = simulate(p, np.random.default_rng(stated))
        made.append(dataclasses.replace(one, meta={**one.meta, "tags": {"thickness": f"{stated} um"}}))
    for result, alone in zip(analyse_series(made, dataclasses.replace(SET, wires=2)), made, strict=True):
        assert "contact_negative" in codes(result)
        assert "series.contact_resistance" not in result.quantities
        assert result.bound == "lower"
        assert result["resistance"].value == pytest.approx(analyse(alone, SET)["resistance"].value)


def test_thickness_series_counts_the_geometry() -> None:
    """Thicknesses wrong by 10 um each: the truth lies within the stated uncertainty as often as it should."""
    rng, pulls = np.random.default_rng(11), []
    settings = dataclasses.replace(SET, wires=2, thickness_std_um=10.0, diameter_std_mm=0.05)
    for _ in range(100):
        diameter, sweeps = 10 + 0.05 * rng.standard_normal(), []
        for thickness in (300, 500, 800, 1200):
            true = thickness + 10 * rng.standard_normal()
            p = Parameters(conductivity_s_per_cm=0.35, thickness_um=true, diameter_mm=diameter, contact_ohm=0.05)
            made = simulate(p, rng)
            sweeps.append(dataclasses.replace(made, meta={**made.meta, "tags": {"thickness": f"{thickness} um"}}))
        sigma = analyse_series(sweeps, settings)[0]["series.conductivity"]
        pulls.append((sigma.value - 0.35) / (sigma.std or 0))
    assert 0.7 < np.std(pulls) < 1.2
    assert abs(np.mean(pulls)) < 0.4


def test_nonlinear_sweep_is_narrowed_and_said() -> None:
    """I (1 + 20 V^2): 80 % at 0.2 V, 2 % at 32 mV."""
    bent = dataclasses.replace(PELLET, cubic_per_volt2=20.0, largest_volt=0.2, offset_volt=0.0, points=401)
    result = analyse(simulate(bent, np.random.default_rng(4)), SET)
    assert "not_ohmic" in codes(result)
    assert result["resistance"].value == pytest.approx(RESISTANCE, rel=0.03)
    assert float(np.abs(result.voltage[result.used]).max()) < 0.08


def test_compliance_and_wild_points_are_left_out() -> None:
    made = simulate(dataclasses.replace(PELLET, points=201), np.random.default_rng(5))
    current = np.clip(made["current_ampere"], -0.012, 0.012)
    current[100:103] += 0.01
    columns = {**made.columns, "current_ampere": current}
    result = analyse(dataclasses.replace(made, columns=columns), SET)
    assert {"compliance", "outliers_dropped"} <= codes(result)
    assert result["resistance"].value == pytest.approx(RESISTANCE, rel=2e-3)


def test_capacitance_opens_a_loop_that_is_said() -> None:
    loop = dataclasses.replace(PELLET, conductivity_s_per_cm=1e-5, capacitance_farad=1e-4, offset_volt=0.0)
    result = analyse(simulate(loop, np.random.default_rng(6)), SET)
    assert "hysteresis" in codes(result)
    assert result["resistance"].value == pytest.approx(RESISTANCE * 1e3, rel=5e-3)


@pytest.mark.parametrize("farad", [2e-8, 2e-7, 2e-6, 2e-5])
def test_a_capacitance_does_not_hide_the_resistance(farad: float) -> None:
    """1 Mohm with 2 uF came as 1.0(1.2) Mohm or was refused; one slope, one intercept per direction."""
    pulls = []
    for seed in range(60):
        p = dataclasses.replace(PELLET, conductivity_s_per_cm=0.05 / (1e6 * np.pi * 0.25), capacitance_farad=farad)
        found = analyse(simulate(p, np.random.default_rng(seed)), SET)["resistance"]
        assert found.value == pytest.approx(1e6, rel=5e-3)
        pulls.append((found.value - 1e6) / (found.std or 0))
    assert 0.55 < np.mean(np.abs(pulls) < 1) < 0.82
    assert np.mean(np.abs(pulls) < 2) > 0.88


def test_hebb_wagner_slope() -> None:
    """Li | SE | steel: I = sigma_e A/L (U - U0) over a plateau of sigma_e; the offset is no fault of the instrument."""
    voltage = np.concatenate([np.linspace(2.5, 3.5, 60), np.linspace(3.5, 2.5, 60)])
    current = 1e-9 * np.pi * 0.25 / 0.05 * (voltage - 1.7)
    current = current * (1 + 1e-3 * np.random.default_rng(1).standard_normal(120))
    made = Measurement(technique="conductivity", columns={"voltage_volt": voltage, "current_ampere": current})
    result = analyse(made, dataclasses.replace(SET, electrodes="one reversible"))
    assert result["conductivity"].value == pytest.approx(1e-9, rel=3e-3)
    assert result.conduction == "electronic"
    assert "hebb_wagner" in codes(result)
    assert "offset" not in codes(result)


def test_missing_geometry_refuses_the_conductivity_alone() -> None:
    result = analyse(simulate(PELLET, np.random.default_rng(0)), Settings())
    assert "conductivity" not in result.quantities
    assert {"geometry_missing", "electrodes_not_stated"} <= codes(result)
    with pytest.raises(Refused, match="thickness_um and diameter_mm or area_cm2 is not known"):
        result["conductivity"]


def test_claim_is_held_against_the_electrodes() -> None:
    assert "claim_contradicts_electrodes" in codes(
        analyse(simulate(PELLET, np.random.default_rng(0)), dataclasses.replace(SET, claimed="ionic"))
    )


def test_no_contact_is_refused() -> None:
    made = simulate(PELLET, np.random.default_rng(0))
    for current in (np.random.default_rng(1).normal(0, 1e-9, len(made)), np.zeros(len(made))):
        with pytest.raises(Refused, match="does not depend on the voltage"):
            analyse(dataclasses.replace(made, columns={**made.columns, "current_ampere": current}), SET)


@given(scale=st.floats(1e-6, 1e3), sign=st.sampled_from([-1.0, 1.0]))
@hypothesis_settings(max_examples=20, deadline=None)
def test_scaling_and_sign(scale: float, sign: float) -> None:
    """Twice the current is half the resistance; the other sign is the same pellet, and said."""
    made = simulate(PELLET, np.random.default_rng(7))
    turned = Measurement(
        technique="conductivity",
        columns={**made.columns, "current_ampere": sign * scale * made["current_ampere"]},
    )
    result = analyse(turned, SET)
    plain = analyse(made, SET)
    assert result["resistance"].value == pytest.approx(plain["resistance"].value / scale, rel=1e-9)
    assert ("current_sign" in codes(result)) is (sign < 0)


def _sweep(
    ohm: float, *, tau_s: float = 0.0, farad: float = 0.0, cubic: float = 0.0, digit: float = 0.0
) -> Measurement:
    """One loop of +-50 mV at 1 mV/s; beside the conductor a branch of half the resistance that polarises within tau.

    The branch is a resistance in series with a capacitance (blocked ions), solved record by record.
    """
    up = np.arange(0.0, 0.05, 1e-3)
    voltage = np.concatenate((up, np.arange(0.05, -0.05, -1e-3), -0.05 + up))
    current = voltage / ohm * (1.0 + cubic * (voltage / 0.05) ** 2) + farad * np.gradient(voltage)
    if tau_s:
        held = np.zeros(len(voltage))
        for k in range(1, len(voltage)):
            held[k] = held[k - 1] + (voltage[k] - held[k - 1]) / tau_s
        current += 2.0 * (voltage - held) / ohm
    current += np.random.default_rng(1).normal(0.0, 1e-3 * 0.05 / ohm, len(voltage))
    current = np.round(current / digit) * digit if digit else current
    columns = {"test_time_second": np.arange(len(voltage), dtype=float), "voltage_volt": voltage}
    return Measurement(technique="conductivity", columns={**columns, "current_ampere": current})


BLOCKED = Settings(thickness_um=500, diameter_mm=10, electrodes="ion-blocking", claimed="electronic", wires=4)


@pytest.mark.parametrize("tau_s", [10.0, 20.0, 100.0, 300.0, 1000.0])
def test_ions_that_pile_up_during_the_sweep_make_an_upper_bound(tau_s: float) -> None:
    """The slope is that of electrons and ions together, up to three times that of the electrons."""
    result = analyse(_sweep(1e6, tau_s=tau_s), BLOCKED)
    assert result["resistance"].value < 0.9e6
    assert result.bound == "upper"
    assert result["conductivity"].std is None
    assert {note.code: note.level for note in result.notes}["polarises"] == "doubt"


@pytest.mark.parametrize("farad", [0.0, 2e-7, 2e-6, 2e-5])
def test_a_capacitance_is_no_polarisation(farad: float) -> None:
    result = analyse(_sweep(1e6, farad=farad), BLOCKED)
    assert result.bound == "value"
    assert result["resistance"].value == pytest.approx(1e6, rel=5e-3)


def test_a_cubic_part_that_is_left_is_in_the_error() -> None:
    found = analyse(_sweep(1e6, cubic=0.3), BLOCKED)["resistance"]
    assert found.std is not None
    assert abs(found.value - 1e6) < 2.0 * found.std


def test_branches_of_different_slopes_are_in_the_error() -> None:
    """The sweep down conducts 6 % better than the sweep up (heating): half the difference is in the uncertainty."""
    made = _sweep(1e6)
    falling = np.gradient(made["voltage_volt"]) < 0
    current = made["current_ampere"] * np.where(falling, 1.06, 1.0)
    found = analyse(dataclasses.replace(made, columns={**made.columns, "current_ampere": current}), BLOCKED)
    assert found["resistance"].value == pytest.approx(1e6 / 1.03, rel=3e-3)
    assert (found["resistance"].std or 0.0) / found["resistance"].value == pytest.approx(0.03, rel=0.15)


def test_the_last_digit_is_no_limit_of_the_current() -> None:
    """A digit of a tenth of the largest current stands still at the ends of the sweep, as a limit does."""
    result = analyse(_sweep(1e6, digit=5e-9), BLOCKED)
    assert "compliance" not in {note.code for note in result.notes}
    assert result["resistance"].value == pytest.approx(1e6, rel=0.01)


def test_a_geometry_whose_uncertainty_is_not_stated_gives_no_uncertainty() -> None:
    """The fit knows the resistance to 0.1 %, the thickness is known to 2 % at best."""
    made = simulate(PELLET, np.random.default_rng(1))
    bare = dataclasses.replace(SET, thickness_std_um=None)
    result = analyse(made, bare)
    assert result["resistance"].std is not None
    assert result["conductivity"].std is None
    assert result["resistivity"].std is None
    (note,) = [note for note in result.notes if note.code == "geometry_uncertainty_not_stated"]
    assert "thickness_std_um" in note.text
    area = dataclasses.replace(SET, diameter_mm=None, area_cm2=0.785, area_std_cm2=0.008)
    assert analyse(made, area)["conductivity"].std == pytest.approx(
        0.01 * analyse(made, area)["conductivity"].value, rel=0.1
    )
    assert analyse(made, dataclasses.replace(area, area_std_cm2=None))["conductivity"].std is None


def test_a_bound_by_polarisation_has_no_uncertainty() -> None:
    known = dataclasses.replace(BLOCKED, thickness_std_um=1.0, diameter_std_mm=0.01)
    assert analyse(_sweep(1e6), known)["conductivity"].std is not None
    result = analyse(_sweep(1e6, tau_s=100.0), known)
    assert result.bound == "upper"
    assert [result[name].std for name in ("resistance", "conductivity", "resistivity")] == [None] * 3


@pytest.mark.parametrize(("low", "high"), [(-0.05, 0.05), (0.01, 0.05)])
def test_the_range_of_the_fit_is_told_from_low_to_high(low: float, high: float) -> None:
    (row,) = analyse(_line(low, high, np.random.default_rng(1)), SET).rows
    assert (row["low_volt"], row["high_volt"]) == pytest.approx((low, high))


def _line(low: float, high: float, random: np.random.Generator, offset: float = 1e-3) -> Measurement:
    """I = (V + offset) / 10 ohm between two voltages, with a noise of 20 uA."""
    volt = np.linspace(low, high, 101)
    columns = {"voltage_volt": volt, "current_ampere": (volt + offset) / 10.0 + random.normal(0.0, 2e-5, 101)}
    return Measurement(technique="conductivity", columns=columns)


def test_the_error_of_the_offset_holds_that_of_the_slope() -> None:
    """A sweep on one side of zero: where the line meets zero hangs on its slope, too."""
    random = np.random.default_rng(5)
    found = [analyse(_line(0.02, 0.1, random, 0.05), SET)["voltage_offset"] for _ in range(120)]
    assert np.mean([one.value for one in found]) == pytest.approx(-50.0, abs=0.1)
    assert np.median([one.std or 0.0 for one in found]) == pytest.approx(np.std([one.value for one in found]), rel=0.2)
